// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace teren::test {

/// A golden file: "key: value" lines, an empty line, then bytes in hex.
struct VectorFile {
    std::string name;
    std::map<std::string, std::string> header;
    Bytes bytes;

    const std::string& at(const std::string& key) const { return header.at(key); }
};

/// Every *.vector in tests/vectors/`folder`, sorted by name.
std::vector<VectorFile> vectorsIn(const std::string& folder);

}  // namespace teren::test
