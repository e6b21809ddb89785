// SPDX-License-Identifier: EUPL-1.2
#include "crypto/page/sealed_file.h"

#include <algorithm>

namespace teren::page {

bool isWellFormed(ByteView page, std::uint32_t pageNumber)
{
    const bool trailerIsFree
        = std::ranges::all_of(page.last(kTrailerSize), [](std::uint8_t byte) { return byte == 0; });
    // Offsets 16 and 20 of SQLite's file header: page size, reserved bytes.
    const bool geometryIsOurs = pageNumber != 1
        || (page[16] == (kPageSize >> 8) && page[17] == (kPageSize & 0xff) && page[20] == kTrailerSize);
    return trailerIsFree && geometryIsOurs;
}

}  // namespace teren::page
