// SPDX-License-Identifier: EUPL-1.2
// fuzz_corpus <vector folder> <corpus folder>: the golden files' bytes as files of their own.
#include "tests/support/vector_file.h"

#include <fstream>

int main(int argc, char** argv)
{
    if (argc != 3)
        return 1;
    const std::filesystem::path out(argv[2]);
    std::filesystem::create_directories(out);
    for (const auto& file : teren::test::vectorsIn(argv[1])) {
        std::ofstream stream(out / file.name, std::ios::binary);
        stream << teren::textOf(file.bytes);
    }
    return 0;
}
