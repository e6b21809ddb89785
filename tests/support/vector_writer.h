// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/hex.h"
#include "tests/support/vector_file.h"

#include <fstream>

namespace teren::test {

/// Writes tests/vectors/`folder`/<name>.vector unless there is one: golden files are added, never changed.
inline void addVector(const std::string& folder, const VectorFile& file)
{
    const auto path = std::filesystem::path(TEREN_VECTOR_DIR) / folder / (file.name + ".vector");
    if (std::filesystem::exists(path))
        return;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream out(path);
    for (const auto& [key, value] : file.header)
        out << key << ": " << value << '\n';
    for (std::size_t i = 0; i < file.bytes.size(); ++i)
        out << (i % 32 == 0 ? "\n" : " ") << toHex(ByteView(file.bytes).subspan(i, 1));
    out << '\n';
}

/// What a vector says of reading it: "ok" or the name of an error.
template <typename T>
std::string outcomeOf(const Result<T>& result)
{
    return result ? "ok" : std::string(toString(result.error().code));
}

}  // namespace teren::test
