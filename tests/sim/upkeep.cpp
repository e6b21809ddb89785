// SPDX-License-Identifier: EUPL-1.2
#include "tests/sim/upkeep.h"

#include <algorithm>

namespace teren::sim {

using namespace std::chrono_literals;

std::vector<SpaceId> casesHere(store::WorkspaceStore& store)
{
    std::vector<SpaceId> cases = store.spaces(ledger::SpaceKind::CaseInternal);
    for (const store::EvictedSpace& away : store.evicted())
        std::erase(cases, away.space);
    return cases;
}

bool Upkeep::failedForRoom(const Status& status) const
{
    return !status && status.error().code == Errc::DiskFull && stage_.server.isFull();
}

// ---- cases that go and come back -----------------------------------------------------------------------

void Upkeep::backUp()
{
    server::ServerStore& store = stage_.server.store();
    const WorkspaceId workspace = store.workspaces().value().front();
    const Status raised = store.raiseSafe(workspace, store.state(workspace)->tree.size);
    stage_.trace.note(stage_.scheduler.now(), "server", raised ? "is backed up" : "cannot be backed up");
    if (!raised && !failedForRoom(raised))
        stage_.problems.push_back("the server cannot be backed up: " + raised.error().detail);
}

void Upkeep::evict()
{
    SimDevice& device = *stage_.devices[stage_.someone()];
    if (!device.isOn() || device.isFull())
        return;
    const std::vector<SpaceId> cases = casesHere(device.store());
    if (cases.empty())
        return;
    const SpaceId space = cases[static_cast<std::size_t>(stage_.random.below(cases.size()))];
    const Result<Hash> before = device.store().digest(space);
    const Status evicted = device.store().evict(space, "a case");
    stage_.trace.note(
        stage_.scheduler.now(), device.name(),
        (evicted ? "evicts " : "cannot evict ") + space.hex().substr(0, 8));
    if (!evicted) {
        if (evicted.error().code != Errc::Refused)
            device.check(evicted, "evicting");
        return;
    }
    ++evictions_;
    if (!device.store().records(space)->empty())
        stage_.problems.push_back(device.name() + " shows records of a case that it has evicted");
    if (device.store().digest(space).value_or(Hash{}) != before.value_or(Hash{1}))
        stage_.problems.push_back(device.name() + " has forgotten what it has evicted");
    if (stage_.random.chance(60))
        scheduleFetch(device, space);
}

void Upkeep::scheduleFetch(SimDevice& device, const SpaceId& space)
{
    stage_.scheduler.in(1s + stage_.within(15min), [this, &device, space] {
        if (device.isOn() && !device.isFull())
            fetch(device, space);
    });
}

void Upkeep::fetch(SimDevice& device, const SpaceId& space)
{
    const auto away = device.store().evicted();
    const auto found = std::ranges::find(away, space, &store::EvictedSpace::space);
    if (found == away.end() || found->returning)
        return;
    stage_.trace.note(stage_.scheduler.now(), device.name(), "wants " + space.hex().substr(0, 8) + " back");
    device.check(device.store().fetchEvicted(space), "fetching");
    device.touched();
}

void Upkeep::fetchAll()
{
    for (const auto& device : stage_.devices)
        if (device->isOn())
            for (const store::EvictedSpace& away : device->store().evicted())
                fetch(*device, away.space);
}

// ---- other keys of the server --------------------------------------------------------------------------

void Upkeep::changeKeys()
{
    SimDevice& administrator = *stage_.devices.front();
    if (!stage_.server.isRunning() || stage_.server.isFull() || !administrator.isOn()
        || administrator.isFull()) {
        stage_.scheduler.in(kLooksEvery, [this] { changeKeys(); });
        return;
    }
    const Instant now = stage_.scheduler.now();
    const auto offer = stage_.server.beginKeyChange(stage_.random, now + stage_.within(10min));
    if (!offer) {
        stage_.problems.push_back("the server makes no keys: " + offer.error().detail);
        return;
    }
    offer_ = *offer;
    stage_.trace.note(now, "server", "has made other keys");
    administrator.check(
        administrator.store().queueAct(ledger::ServerKeys{offer->next, offer->from, offer->consent}),
        "accepting the server's keys");
    administrator.touched();
    stage_.scheduler.in(kLooksEvery, [this] { switchWhenKnown(); });
}

/// As the operator's own command says before it switches.
bool Upkeep::isKnown(const ledger::ServerKeyPair& keys) const
{
    SimDevice& founder = *stage_.devices.front();
    if (!founder.isOn())
        return false;
    return std::ranges::all_of(stage_.devices, [&](const std::unique_ptr<SimDevice>& device) {
        if (!device->isOn())
            return false;
        const ledger::Membership& membership = founder.store().membership();
        if (membership.find(device->id()) == nullptr)
            return false;  // Invited, and told the keys of then.
        return !device->isMemberOf(membership)
            || device->store().membership().serverKeys().back().keys == keys;
    });
}

void Upkeep::switchWhenKnown()
{
    stage_.scheduler.in(kLooksEvery, [this] { switchWhenKnown(); });
    if (!stage_.server.isRunning() || stage_.server.isFull() || !stage_.server.hasNextKeys()
        || !isKnown(offer_->next))
        return;
    stage_.server.stop();
    const Status switched = stage_.server.switchKeys();
    stage_.server.start();
    if (!switched)
        stage_.problems.push_back("the server does not switch keys: " + switched.error().detail);
    ++switches_;
    stage_.trace.note(stage_.scheduler.now(), "server", "goes on with other keys");
}

std::string Upkeep::unrest() const
{
    return offer_ && stage_.server.hasNextKeys() ? "the server has not switched to its other keys" : "";
}

std::vector<std::string> Upkeep::check(const std::vector<SimDevice*>& members)
{
    std::vector<std::string> problems;
    const ledger::ServerKeyPair keys = stage_.server.store().identity().keys();
    for (SimDevice* device : members) {
        const auto& periods = device->store().membership().serverKeys();
        if (periods != stage_.devices.front()->store().membership().serverKeys())
            problems.push_back(device->name() + " trusts other keys of the server than device 1");
        if (offer_ && periods.back().keys != offer_->next)
            problems.push_back(device->name() + " does not trust the keys that were accepted");
        if (!device->trusts(keys))
            problems.push_back(device->name() + " does not trust the server's keys");
    }
    return problems;
}

}  // namespace teren::sim
