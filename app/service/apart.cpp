// SPDX-License-Identifier: EUPL-1.2
#include "app/service/apart.h"

#include "app/service/office_parts.h"
#include "app/service/sync_service.h"

#include <algorithm>

namespace teren::service {
namespace {

constexpr std::chrono::hours kOverdue{24 * 7};

ledger::VoidReason reasonOf(VoidGround ground)
{
    switch (ground) {
    case VoidGround::Refused:
        return ledger::VoidReason::Refused;
    case VoidGround::Lost:
        return ledger::VoidReason::Lost;
    case VoidGround::Forged:
        break;
    }
    return ledger::VoidReason::Forged;
}

std::string wordFor(const store::ApartWork& work)
{
    using enum store::ApartWork::Why;
    if (work.why == Quarantined)
        return "quarantined";
    if (work.why == Replaced)
        return "replaced";
    switch (work.reason) {
    case ledger::VoidReason::Refused:
        return "refused";
    case ledger::VoidReason::Lost:
        return "lost";
    case ledger::VoidReason::Forged:
        return "forged";
    case ledger::VoidReason::Erased:
        break;
    }
    return "erased";
}

ApartEntry entryOf(const Change& change, const Op& op)
{
    ApartEntry entry{change.dot.seq, op.record, op.field, std::string(textOf(op.value)), change.stamp.wall};
    if (op.kind == OpKind::Insert) {
        entry.field = "@created";
        entry.value = op.field;
    }
    if (op.kind == OpKind::Delete)
        entry.field = "@deleted";
    return entry;
}

/// What a colleague's device lost together with the server is nowhere else: whoever holds it may save it.
/// What was held against its author is for who supervises.
bool mayEnter(const Office::Parts& parts, const store::ApartWork& work)
{
    const ledger::Membership::Device* self = parts.store->membership().find(parts.store->device());
    const bool supervises = self != nullptr && self->isMember() && (self->rights & ledger::Supervise) != 0;
    return supervises || work.author.device == parts.store->device()
        || work.why == store::ApartWork::Why::Replaced;
}

/// Of one device in one case: what others wait for, and what stands apart.
Result<std::vector<ledger::Void>> rangesOf(store::WorkspaceStore& store, const VoidWish& wish, Instant now)
{
    const ledger::VoidReason reason = reasonOf(wish.ground);
    if (wish.life)
        return std::vector{ledger::Void{wish.caseId, wish.device, *wish.life, wish.from, wish.to, reason}};
    std::vector<ledger::Void> ranges;
    TEREN_TRY(const std::vector<store::AwaitedWork> awaited, store.awaited());
    for (const store::AwaitedWork& work : awaited) {
        if (work.space != wish.caseId || work.author.device != wish.device)
            continue;
        if (now - work.since < kOverdue && wish.ground == VoidGround::Lost && !wish.early)
            return fail(
                Errc::Refused,
                "this work has been waited for less than 7 days: the device may only be without a network; "
                "nothing was changed; ask its owner, and if the device is gone for good, say --early");
        ranges.push_back({work.space, wish.device, work.author.life, work.from, work.to, reason});
    }
    if (wish.ground == VoidGround::Lost)
        return ranges;
    TEREN_TRY(const std::vector<store::ApartWork> apart, store.apart(wish.caseId));
    for (const store::ApartWork& work : apart)
        if (work.author.device == wish.device && work.why == store::ApartWork::Why::Quarantined)
            ranges.push_back(
                {work.space, wish.device, work.author.life, work.firstSeq, work.firstSeq + work.count - 1,
                 reason});
    return ranges;
}

}  // namespace

Result<std::vector<WaitingView>> waitingFor(Office& office)
{
    Office::Parts& parts = office.parts();
    TEREN_TRY(store::WorkspaceStore * store, parts.workspace());
    TEREN_TRY(const std::vector<store::AwaitedWork> awaited, store->awaited());
    std::vector<WaitingView> views;
    for (const store::AwaitedWork& work : awaited) {
        WaitingView view;
        view.caseId = work.space;
        if (const Result<CaseSummary> found = office.findCase(work.space)) {
            view.caseTitle = found->title;
            view.caseNumber = found->number;
        }
        view.device = work.author.device;
        view.by = parts.people->authorship({work.author, work.from}, {});
        view.life = work.author.life;
        view.from = work.from;
        view.to = work.to;
        view.waiting = work.waiting;
        view.since = work.since;
        view.overdue = parts.around.clock.now() - work.since >= kOverdue;
        view.isHere = work.isHere;
        views.push_back(std::move(view));
    }
    return views;
}

Result<VoidReport> voidWork(Office& office, const VoidWish& wish)
{
    const Office::Parts& parts = office.parts();
    TEREN_TRY(store::WorkspaceStore * store, parts.workspace());
    TEREN_CHECK(parts.checkRight(
        ledger::Supervise, "your role does not let you decide this; ask the head of the centre"));
    if (store->membership().find(wish.device) == nullptr)
        return fail(Errc::NotFound, "device: the office has never had this device");
    if (store->membership().find(wish.caseId) == nullptr)
        return fail(Errc::NotFound, "case: the office does not know this case yet");
    if (wish.life && (wish.from == 0 || wish.from > wish.to))
        return fail(Errc::Invalid, "from, to: have to be the first and the last of the changes, from 1 on");
    TEREN_TRY(const auto ranges, rangesOf(*store, wish, parts.around.clock.now()));
    if (ranges.empty())
        return fail(
            Errc::Refused,
            "nothing in this case waits for work of this device; nothing was changed; to void work that "
            "counts, name it by --life, --from and --to");
    VoidReport report;
    const std::size_t before = store->membership().find(wish.caseId)->voids.size();
    TEREN_CHECK(store->together([&]() -> Status {
        for (const ledger::Void& range : ranges) {
            report.changes += range.to - range.from + 1;
            TEREN_CHECK(store->queueAct(range));
        }
        return {};
    }));
    (void)syncOnce(office);
    report.published = store->membership().find(wish.caseId)->voids.size() > before;
    return report;
}

Result<std::vector<ApartView>> apart(Office& office, const std::optional<CaseId>& caseId)
{
    Office::Parts& parts = office.parts();
    TEREN_TRY(store::WorkspaceStore * store, parts.workspace());
    std::vector<SpaceId> spaces = store->spaces(ledger::SpaceKind::CaseInternal);
    if (caseId)
        spaces = {*caseId};
    std::vector<ApartView> views;
    for (const SpaceId& space : spaces) {
        TEREN_TRY(const std::vector<store::ApartWork> found, store->apart(space));
        for (const store::ApartWork& work : found) {
            if (!mayEnter(parts, work))
                continue;
            const HybridStamp stamp = work.changes.empty() ? HybridStamp{} : work.changes.front().stamp;
            ApartView view;
            view.caseId = space;
            view.device = work.author.device;
            view.by = parts.people->authorship({work.author, work.firstSeq}, stamp);
            view.life = work.author.life;
            view.from = work.firstSeq;
            view.to = work.firstSeq + work.count - 1;
            view.why = wordFor(work);
            view.readable = !work.changes.empty();
            for (const Change& change : work.changes)
                for (const Op& op : change.ops)
                    view.entries.push_back(entryOf(change, op));
            views.push_back(std::move(view));
        }
    }
    return views;
}

Status adopt(
    Office& office, const CaseId& caseId, const DeviceId& device, std::uint64_t life, std::uint64_t seq)
{
    const Office::Parts& parts = office.parts();
    TEREN_TRY(store::WorkspaceStore * store, parts.workspace());
    TEREN_TRY(const std::vector<store::ApartWork> apart, store->apart(caseId));
    const Author author{device, life};
    const auto holds = [&](const store::ApartWork& work) {
        return work.author == author && seq >= work.firstSeq && seq - work.firstSeq < work.count;
    };
    const auto found = std::ranges::find_if(apart, holds);
    if (found != apart.end() && !mayEnter(parts, *found))
        return fail(
            Errc::Refused, "work of others that does not count is for its author and for who supervises");
    TEREN_CHECK(store->adopt(caseId, {{device, life}, seq}));
    return {};
}

}  // namespace teren::service
