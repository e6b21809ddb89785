// SPDX-License-Identifier: EUPL-1.2
#include "app/service/eviction.h"

#include "app/service/office_parts.h"

#include <algorithm>
#include <array>

namespace teren::service {
namespace {

/// Stages in which nobody works on a case any more, on this device.
constexpr std::array<std::string_view, 5> kEnded{
    "odmowa", "przekazanie", "cele_osiagniete", "rezygnacja", "cofniecie_zgody"};

/// Number and title in one, as they are kept; a number is one line.
std::string labelOf(const CaseSummary& found)
{
    return found.number + "\n" + found.title;
}

EvictedCase viewOf(const store::EvictedSpace& evicted)
{
    const std::size_t end = evicted.label.find('\n');
    EvictedCase view;
    view.id = evicted.space;
    view.number = evicted.label.substr(0, end);
    view.title = end == std::string::npos ? std::string() : evicted.label.substr(end + 1);
    view.at = evicted.at;
    view.changes = evicted.changes;
    view.bytes = evicted.bytes;
    view.returning = evicted.returning;
    return view;
}

}  // namespace

std::vector<EvictedCase> evictedCases(Office& office)
{
    std::vector<EvictedCase> cases;
    const Result<store::WorkspaceStore*> store = office.parts().workspace();
    if (!store)
        return cases;
    for (const store::EvictedSpace& evicted : (*store)->evicted())
        cases.push_back(viewOf(evicted));
    return cases;
}

Error whyNotHere(Office& office, const CaseId& caseId)
{
    for (const EvictedCase& evicted : evictedCases(office)) {
        if (evicted.id != caseId)
            continue;
        const std::string what = "case " + evicted.number + " was removed from this device to save room; ";
        return {
            Errc::NotFound,
            what
                + (evicted.returning ? "it was asked for again, and comes back with the next syncs"
                                     : "bring it back with `case fetch " + caseId.hex() + "`, then sync")};
    }
    return {Errc::NotFound, "case " + caseId.hex() + " has not arrived on this device yet"};
}

Result<EvictedCase> evictCase(Office& office, const CaseId& caseId)
{
    Office::Parts& parts = office.parts();
    TEREN_TRY(store::WorkspaceStore * store, parts.workspace());
    TEREN_TRY(const CaseSummary found, office.findCase(caseId));
    if (std::ranges::find(kEnded, found.stage) == kEnded.end())
        return fail(
            Errc::Refused,
            "case " + found.number
                + " is not closed and was not handed over; nothing was removed; set its stage first");
    if (found.conflicts > 0)
        return fail(
            Errc::Refused,
            "case " + found.number + " has " + std::to_string(found.conflicts)
                + " field(s) with two versions; nothing was removed; decide them first");
    TEREN_CHECK(store->evict(caseId, labelOf(found)));
    TEREN_CHECK(parts.received());
    for (const EvictedCase& view : evictedCases(office))
        if (view.id == caseId)
            return view;
    return fail(Errc::NotFound, "case: it is not among those that were removed");
}

Status fetchCase(Office& office, const CaseId& caseId)
{
    TEREN_TRY(store::WorkspaceStore * store, office.parts().workspace());
    return store->fetchEvicted(caseId);
}

}  // namespace teren::service
