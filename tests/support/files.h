// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace teren::test {

inline Bytes readFile(const std::filesystem::path& path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

inline void writeFile(const std::filesystem::path& path, ByteView bytes)
{
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

/// Whether `word` stands anywhere in a file below `folder`.
inline bool anyFileHolds(const std::filesystem::path& folder, std::string_view word)
{
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file() && textOf(readFile(entry.path())).find(word) != std::string_view::npos)
            return true;
    }
    return false;
}

}  // namespace teren::test
