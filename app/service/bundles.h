// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/office.h"

#include <filesystem>

namespace teren::service {

/// What a bundle that was made holds.
struct BundleReport {
    std::filesystem::path file;
    std::string workspace;  ///< 64 hex digits.
    std::uint64_t bytes = 0;
    std::uint64_t statements = 0;  ///< Of the members' log.
    std::uint64_t segments = 0;
    std::uint64_t changes = 0;
    std::uint64_t unsent = 0;  ///< Changes of this device that the server has not confirmed; all are in it,
                               ///< but those of cases that no server knows of yet.
    Instant expires{};         ///< From then on nobody takes it.
};

struct BundleOptions {
    /// 64 hex digits: refused unless it is this profile's. Empty for that.
    std::string workspace = {};
    /// Only what the server has not confirmed: enough for the server, and for colleagues who have the rest.
    bool unsentOnly = false;
    std::chrono::hours life{24 * 30};
};

/// Writes what this device holds, sealed as it is, with the members' log and a ticket, into a new file at
/// `path`: for colleagues' devices and for the server. Seals what is not sealed yet.
/// @return `Refused` if there is something at `path` already, or this device is no member; `DiskFull`,
///         `Disk`, `Invalid`.
Result<BundleReport> exportBundle(
    Office& office, const std::filesystem::path& path, const BundleOptions& options = {});

/// What came of a file.
struct ImportReport {
    std::string from;              ///< Device that made the bundle, hex.
    std::uint64_t statements = 0;  ///< Of the members' log, new here.
    std::uint64_t segments = 0;    ///< New here.
    std::uint64_t changes = 0;     ///< New here.
    std::uint64_t known = 0;       ///< Segments that were here.
    std::uint64_t notOurs = 0;     ///< Segments of cases that this device may not read.
    std::uint64_t early = 0;       ///< Segments that rest on what is missing here.
    std::uint64_t apart = 0;       ///< Segments that do not count.
    std::uint64_t confirmed = 0;   ///< Changes of this device that the server confirms by a reply.
    std::uint64_t conflicts = 0;   ///< Open now.
};

/// Takes in a bundle that a colleague's device has made. Everything is verified before anything changes, so a
/// file that is wrong anywhere changes nothing; cut short by a crash, the rest comes with the next import of
/// the same file, and what is here already is not taken twice. Nothing is confirmed by it.
/// @return `Damaged`, `Malformed`, `Forged`, `LimitExceeded`, `TooNew` for a file that is not as it was made;
///         `Refused` for another office's, an expired one, or one of a device that is no member.
Result<ImportReport> importBundle(Office& office, const std::filesystem::path& path);

}  // namespace teren::service
