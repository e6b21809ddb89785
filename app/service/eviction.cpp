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

/// Colleagues' devices that may read it, by person.
std::vector<CaseReader> readersOf(const Office::Parts& parts, const SpaceId& space)
{
    std::vector<CaseReader> readers;
    const ledger::Membership& members = parts.store->membership();
    for (const auto& [device, known] : members.devices())
        if (device != parts.store->device() && members.canRead(device, space))
            readers.push_back(
                {device.hex(), parts.people->authorship({{device, 0}, 1}, {}).author,
                 parts.people->deviceLabel(device)});
    std::ranges::sort(readers, {}, [](const CaseReader& one) { return std::tie(one.person, one.id); });
    return readers;
}

/// What a person can do about what the server has lost.
std::string lostInWords(const EvictedCase& away)
{
    std::string who;
    for (const CaseReader& reader : away.mayHave)
        who += (who.empty() ? "" : ", ") + (reader.person.empty() ? std::string() : reader.person + " ") + "("
            + reader.device + ")";
    return "the server was put back to an older state and no longer holds " + std::to_string(away.lost)
        + " of its " + std::to_string(away.changes)
        + " changes; do not call them lost: have the operator restore the newer backup that holds them"
        + (who.empty() ? std::string() : ", and let those sync who may still have the case: " + who)
        + "; then sync here";
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
    view.lost = evicted.lost;
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
    for (const store::EvictedSpace& evicted : (*store)->evicted()) {
        EvictedCase& view = cases.emplace_back(viewOf(evicted));
        if (view.lost > 0)
            view.mayHave = readersOf(office.parts(), view.id);
    }
    return cases;
}

Error whyNotHere(Office& office, const CaseId& caseId)
{
    for (const EvictedCase& evicted : evictedCases(office)) {
        if (evicted.id != caseId)
            continue;
        const std::string what = "case " + evicted.number + " was removed from this device to save room; ";
        if (evicted.lost > 0)
            return {Errc::NotFound, what + lostInWords(evicted)};
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
    for (const EvictedCase& away : evictedCases(office))
        if (away.id == caseId && away.lost > 0)
            return fail(
                Errc::Refused,
                "case " + away.number + " cannot be fetched yet, and nothing was changed: "
                    + lostInWords(away) + ", and fetch it again");
    return store->fetchEvicted(caseId);
}

}  // namespace teren::service
