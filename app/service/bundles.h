// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/office.h"
#include "app/service/segment_refusals.h"

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
/// @return `Refused` if there is something at `path` already, or this device is no member; `NotFound` if its
///         folder is not there; `DiskFull`, `Disk`, `Invalid`.
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
    RefusedByServer refused = {};  ///< Segments that a reply says the server did not take.
    std::uint64_t conflicts = 0;   ///< Open now.
};

/// What bringing a bundle to its server came to.
struct DeliveryReport {
    std::filesystem::path reply;
    std::uint64_t numbered = 0;    ///< Segments that the office's log holds.
    RefusedByServer refused = {};  ///< Segments that the server did not take.
    std::uint64_t bytes = 0;       ///< Of the reply.
};

/// Brings a bundle of any office to that office's server and writes what the server answers into a new file,
/// for the device that made the bundle. Needs no profile, and reads nothing of either.
/// @param server  "host:port"; empty for the one that the bundle names.
/// @return as `importBundle` and `net::deliver`; nothing is written then.
Result<DeliveryReport> deliverBundle(
    const std::filesystem::path& path, const std::filesystem::path& reply, const std::string& server,
    platform::Files& files, Instant now);

/// Takes in a bundle that a colleague's device has made, or a reply to one of this device's. Everything is
/// verified before anything changes, so a file that is wrong anywhere changes nothing; cut short by a crash,
/// the rest comes with the next import of the same file, and what is here already is not taken twice. Only a
/// reply confirms anything.
/// @return `Damaged`, `Malformed`, `Forged`, `LimitExceeded`, `TooNew` for a file that is not as it was made;
///         `Refused` for another office's, an expired one, or one of a device that is no member.
Result<ImportReport> importBundle(Office& office, const std::filesystem::path& path);

}  // namespace teren::service
