// SPDX-License-Identifier: EUPL-1.2
#include "app/picture/orientation.h"
#include "app/picture/picture.h"
#include "tests/fuzz/fuzz.h"

using namespace teren;

/// A file that a stranger calls a photo. What comes out of it must be readable again, and say nothing.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const ByteView file(data, size);
    (void)picture::orientationOfExif(file);
    for (const picture::Format format : {picture::Format::Jpeg, picture::Format::Png}) {
        if (const auto freed = picture::withoutMetadata(format, file)) {
            TEREN_FUZZ_EXPECT(format == picture::Format::Png || picture::saysNothing(*freed));
            const auto again = picture::withoutMetadata(format, *freed);
            // Coefficients that no encoder makes may be coded otherwise the second time.
            TEREN_FUZZ_EXPECT(again.has_value());
        }
        if (const auto small = picture::thumbnail(format, file))
            TEREN_FUZZ_EXPECT(picture::saysNothing(*small));
    }
    return 0;
}
