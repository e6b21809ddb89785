// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/office.h"

namespace teren::service {

struct EvidenceReport {
    std::uint64_t heads = 0;  ///< Pairs of heads of the server.
    std::uint64_t twins = 0;  ///< Pairs of segments of one device.
};
/// Writes what this device holds of a server, or of devices, that have signed two things of which one takes
/// the other back, into a new file that anybody can check.
/// @return `NotFound` if there is nothing, `Refused` if `path` exists, `Disk`, `DiskFull`.
Result<EvidenceReport> exportEvidence(Office& office, const std::filesystem::path& path);

struct EvidenceFinding {
    std::string kind;  ///< "server-forked", "server-went-back", "server-moved", "device-twice".
    bool proves = false;
    std::string text;  ///< An English sentence.
};
struct EvidenceCheck {
    std::string workspace;  ///< 64 hex digits, to be compared with the one that is known.
    std::vector<EvidenceFinding> found;
};
/// Verifies such a file. Needs no profile and believes nothing but signatures.
/// @return `Forged` if it shows nothing, or anything in it is not signed as it says; `Damaged`, `Malformed`.
Result<EvidenceCheck> checkEvidenceFile(const std::filesystem::path& path, platform::Files& files);

}  // namespace teren::service
