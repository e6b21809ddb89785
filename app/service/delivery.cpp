// SPDX-License-Identifier: EUPL-1.2
#include "app/service/delivery.h"

#include "app/service/office_parts.h"
#include "app/service/server_state.h"
#include "crypto/base/limits.h"

#include <algorithm>

namespace teren::service {
namespace {

template <typename Time>
void keepEarlier(std::optional<Time>& kept, const std::optional<Time>& other)
{
    if (other && (!kept || *other < *kept))
        kept = other;
}

template <typename Time>
void keepLater(std::optional<Time>& kept, const std::optional<Time>& other)
{
    if (other && (!kept || *kept < *other))
        kept = other;
}

HolderView viewOf(const store::DeviceDelivery& on, std::uint64_t of, const People& people)
{
    HolderView view;
    view.id = on.device.hex();
    view.person = people.authorship({{on.device, 0}, 1}, {}).author;
    view.device = people.deviceLabel(on.device);
    view.applied = on.applied;
    view.of = of;
    view.stated = on.stated;
    view.lacksSince = on.lacksSince;
    return view;
}

void add(DeliveryView& all, const store::SpaceDelivery& one, const People& people)
{
    const std::uint64_t total = one.unsent + one.confirmed;
    all.total += total;
    all.unsent += one.unsent;
    all.sent += one.sent;
    all.lost += one.lost;
    all.confirmed += one.confirmed;
    keepLater(all.confirmedAt, one.confirmedAt);
    keepEarlier(all.unsentSince, one.oldestUnsent);
    keepLater(all.lastNumber, one.lastNumber);
    for (const store::DeviceDelivery& on : one.devices) {
        HolderView view = viewOf(on, total, people);
        const auto known = std::ranges::find(all.holders, view.id, &HolderView::id);
        if (known == all.holders.end()) {
            all.holders.push_back(std::move(view));
            continue;
        }
        known->applied += view.applied;
        known->of += view.of;
        keepLater(known->stated, view.stated);
        keepEarlier(known->lacksSince, view.lacksSince);
    }
}

/// What is in cases that were removed from here stays as confirmed as it is.
Status addAway(DeliveryView& all, Office& office)
{
    TEREN_TRY(const store::OutboxCounts counts, office.parts().store->outboxCounts());
    all.away = counts.confirmed - std::min(all.confirmed, counts.confirmed);
    all.confirmed += all.away;
    all.total += all.away;
    all.lostAway = evictedCases(office);
    std::erase_if(all.lostAway, [](const EvictedCase& evicted) { return evicted.lost == 0; });
    return {};
}

void finish(DeliveryView& view, Instant now)
{
    view.overdue = isOverdue(view.unsentSince, now);
    std::ranges::sort(view.holders, [](const HolderView& left, const HolderView& right) {
        return std::tie(left.person, left.device, left.id) < std::tie(right.person, right.device, right.id);
    });
}

}  // namespace

bool isOverdue(const std::optional<Instant>& unsentSince, Instant now)
{
    return unsentSince && now - *unsentSince >= limits::kUnsentAlarm;
}

Result<DeliveryView> deliveryOf(Office& office, const std::optional<CaseId>& caseId)
{
    Office::Parts& parts = office.parts();
    TEREN_TRY(store::WorkspaceStore * store, parts.workspace());
    DeliveryView view;
    if (caseId) {
        TEREN_TRY(const CaseSummary known, office.findCase(*caseId));
        view.caseId = caseId;
        view.number = known.number;
    }
    TEREN_TRY(const std::vector<store::SpaceDelivery> all, store->delivery(caseId));
    for (const store::SpaceDelivery& one : all)
        add(view, one, *parts.people);
    if (!caseId)
        TEREN_CHECK(addAway(view, office));
    TEREN_TRY(view.refusal, readServerRefusal(parts.settings));
    finish(view, parts.around.clock.now());
    return view;
}

Result<std::vector<DeliveryView>> deliveriesByCase(Office& office)
{
    const Office::Parts& parts = office.parts();
    TEREN_TRY(store::WorkspaceStore * store, parts.workspace());
    TEREN_TRY(const std::vector<store::SpaceDelivery> all, store->delivery());
    TEREN_TRY(const std::vector<CaseSummary> cases, office.cases());
    std::vector<DeliveryView> views;
    for (const CaseSummary& known : cases) {
        const auto one = std::ranges::find(all, known.id, &store::SpaceDelivery::space);
        if (one == all.end())
            continue;
        DeliveryView& view = views.emplace_back();
        view.caseId = known.id;
        view.number = known.number;
        add(view, *one, *parts.people);
        finish(view, parts.around.clock.now());
    }
    std::ranges::sort(views, [](const DeliveryView& left, const DeliveryView& right) {
        return std::tie(left.number, left.caseId) < std::tie(right.number, right.caseId);
    });
    return views;
}

}  // namespace teren::service
