// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/apart.h"

namespace teren::service {

/// How a case stands with the server.
struct CaseTraffic {
    CaseId caseId;
    std::string title;
    std::string number;
    std::uint64_t unsent = 0;
    std::uint64_t confirmed = 0;  ///< Made on this device, and the server has said that it has it.
    std::uint64_t waiting = 0;    ///< Of others, for what they build on.
    std::optional<Instant> oldestUnsent;
};

/// An attachment whose content is not on this device.
struct AwaitedFile {
    CaseId caseId;
    RecordId record;
    std::string name;
    std::string caseTitle;
    std::uint64_t size = 0;  ///< 0 where the record does not say.
    bool asked = false;      ///< A person waits for it: it comes with the next sync, whatever its size.
};

struct SyncOverview {
    std::vector<CaseTraffic> cases;    ///< Unsent first, the oldest first; as many as were asked for.
    std::uint64_t caseCount = 0;       ///< All with work of this device or with waiting work.
    std::uint64_t unsentCases = 0;     ///< Of these, with something unsent.
    std::vector<AwaitedFile> awaited;  ///< As many as were asked for.
    std::vector<WaitingView> missing;  ///< Whose work is missing that something here builds on.
};

/// @param limit  Of cases, and of files.
Result<SyncOverview> syncOverview(Office& office, std::size_t limit = 50);

/// Asks for the content of an attachment: the next sync brings it, if the server has it.
Status askForContent(Office& office, const CaseId& caseId, const RecordId& record);

}  // namespace teren::service
