// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/office.h"

namespace teren::service {

/// What holds work of one case up.
struct WaitingView {
    CaseId caseId;
    std::string caseTitle;   ///< Empty if it has not arrived here.
    std::string caseNumber;  ///< Likewise.
    DeviceId device;
    Authorship by;  ///< Person and label of the device; `at` is not set.
    std::uint64_t life = 0;
    std::uint64_t from = 0;  ///< Missing changes, by their numbers in that life.
    std::uint64_t to = 0;
    std::uint64_t waiting = 0;  ///< Changes of the case that do not go on.
    Instant since{};
    bool overdue = false;  ///< Since 7 days or more.
    bool isHere = false;   ///< It is on this device and does not count: see `apart`.
};
Result<std::vector<WaitingView>> waitingFor(Office& office);

enum class VoidGround : std::uint8_t { Refused, Lost, Forged };

struct VoidWish {
    DeviceId device;
    CaseId caseId;
    VoidGround ground = VoidGround::Lost;
    /// Which changes; without them, those that are waited for and those that stand apart here.
    std::optional<std::uint64_t> life = {};
    std::uint64_t from = 0;
    std::uint64_t to = 0;
    bool early = false;  ///< Also where they have been waited for less than 7 days.
};
struct VoidReport {
    std::uint64_t changes = 0;  ///< Numbers that have no effect from then on.
    bool published = false;     ///< The members' log has it; else it goes there with the next sync.
};
/// Says that work of a device will not come, or does not count: what waited for it goes on without it, on all
/// devices. @return `Refused` without the right to supervise, or where nothing is waited for; `NotFound`.
Result<VoidReport> voidWork(Office& office, const VoidWish& wish);

/// One thing that a change which does not count would have written.
struct ApartEntry {
    std::uint64_t seq = 0;
    RecordId record;
    std::string field;  ///< "@created" with the type as value, "@deleted" with the reason.
    std::string value;
    Instant at{};
};
/// Work that is kept here and does not count.
struct ApartView {
    CaseId caseId;
    DeviceId device;
    Authorship by;
    std::uint64_t life = 0;
    std::uint64_t from = 0;
    std::uint64_t to = 0;
    std::string why;  ///< "refused", "lost", "forged", "erased", "quarantined", "replaced".
    bool readable = false;
    std::vector<ApartEntry> entries;
};
/// Shown to whoever wrote it, and to who supervises.
Result<std::vector<ApartView>> apart(Office& office, const std::optional<CaseId>& caseId = {});

/// Enters a change that does not count again, as this person's, marked "adopted from". What others have
/// written since stands beside it as a conflict. @return `NotFound`, `Refused`.
Status adopt(
    Office& office, const CaseId& caseId, const DeviceId& device, std::uint64_t life, std::uint64_t seq);

}  // namespace teren::service
