// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/result.h"

#include <string>
#include <string_view>

namespace teren::domain {

/// A file's name as it may be stored, shown and offered when the file is saved, on every system: the part
/// behind the last '/' or '\', one line of NFC without control characters; what a system forbids in a name
/// becomes '_', and a name that a system keeps for a device gets one in front. Long names keep their ending.
/// @return `Invalid` for bytes that are not UTF-8, or where nothing is left.
Result<std::string> safeFileName(std::string_view name);

/// The kind of file by its first bytes, as an RFC 6838 media type; "application/octet-stream" for kinds this
/// program does nothing special with. Never by its name, which anybody may have chosen.
enum class FileKind {
    Jpeg,
    Png,
    Pdf,
    /// Office files, archives and text.
    Document,
    /// All the rest. Pictures, films and recordings say when, where and by whom they were made, in more ways
    /// than this program can know, let alone take out: HEIC, TIFF, WebP, GIF, raw formats, MP4 and a hundred
    /// others.
    Telling,
};
FileKind kindOf(std::string_view firstBytes);
std::string_view mediaTypeOf(FileKind kind);

}  // namespace teren::domain
