// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/vector_file.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

namespace teren::test {
namespace {

VectorFile parse(const std::filesystem::path& path)
{
    std::ifstream in(path);
    VectorFile file{path.stem().string(), {}, {}};
    for (std::string line; std::getline(in, line) && !line.empty();) {
        const std::size_t colon = line.find(": ");
        file.header.emplace(line.substr(0, colon), line.substr(colon + 2));
    }
    for (std::string byte; in >> byte;)
        file.bytes.push_back(static_cast<std::uint8_t>(std::stoul(byte, nullptr, 16)));
    return file;
}

}  // namespace

std::vector<VectorFile> vectorsIn(const std::string& folder)
{
    std::vector<VectorFile> files;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::filesystem::path(TEREN_VECTOR_DIR) / folder))
        if (entry.path().extension() == ".vector")
            files.push_back(parse(entry.path()));
    std::ranges::sort(files, {}, &VectorFile::name);
    return files;
}

}  // namespace teren::test
