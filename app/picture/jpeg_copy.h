// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"

#include <optional>

namespace teren::picture {

/// A JPEG of nothing but what its picture is decoded from (ITU-T T.81, annex B), piece by piece as the file
/// has it: tables, one frame, its only scan, the end. Of JFIF the density stays, of Adobe's segment the
/// colour transform, on which the colours depend. All else is left away.
///
/// Takes no memory but the copy's and a mebibyte. The scan holds the codes of the picture and not a byte
/// more: `isExactScan`.
/// @return nothing for a file of another structure: progressive, several scans, cut, damaged, not sequential,
///         with something left over.
std::optional<Bytes> copyOfPicture(ByteView jpeg);

/// Whether it has that structure, whatever else its scan may hold: it is decoded row by row then.
bool isInOneScan(ByteView jpeg);

}  // namespace teren::picture
