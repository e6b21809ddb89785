// SPDX-License-Identifier: EUPL-1.2
// Writes pictures to begin with: picture_corpus <corpus folder>.
#include "tests/support/files.h"
#include "tests/support/sample_pictures.h"

using namespace teren;

int main(int argc, char* argv[])
{
    if (argc != 2) {
        std::fputs("usage: fuzz_picture_corpus <corpus folder>\n", stderr);
        return 1;
    }
    const std::filesystem::path folder(argv[1]);
    std::filesystem::create_directories(folder);
    for (unsigned orientation = 1; orientation <= 8; ++orientation) {
        const std::string name = std::to_string(orientation);
        const bool bigEndian = orientation % 2 == 0;
        const auto pixels = test::samplePixels(24 + orientation, 17, 1 + orientation % 4);
        test::writeFile(folder / (name + ".png"), test::talkingPng(pixels, orientation, "Kowalska"));
        test::writeFile(
            folder / (name + ".jpg"),
            test::phoneJpeg(test::samplePixels(17, 9), orientation, "Kowalska", bigEndian));
        test::writeFile(folder / (name + ".exif"), test::exifOf(orientation, "Kowalska", bigEndian));
    }
    return 0;
}
