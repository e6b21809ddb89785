// SPDX-License-Identifier: EUPL-1.2
#include "tests/sim/oracle.h"

#include <algorithm>

namespace teren::sim {

namespace {

std::string nameOf(const Oracle::Place& place)
{
    return place.record.hex().substr(0, 8) + "." + place.field;
}

std::set<Bytes> valuesIn(store::WorkspaceStore& store, const Oracle::Place& place)
{
    std::set<Bytes> values;
    const auto record = store.record(place.record);
    if (!record || !record->fields.contains(place.field))
        return values;
    for (const FieldValue& value : record->fields.at(place.field).values())
        values.insert(value.value);
    return values;
}

bool isListed(const std::vector<store::FieldConflict>& conflicts, const Oracle::Place& place)
{
    return std::ranges::any_of(conflicts, [&](const store::FieldConflict& conflict) {
        return conflict.record == place.record && conflict.field == place.field;
    });
}

}  // namespace

std::set<Dot> Oracle::inForce(store::WorkspaceStore& store, const Place& place) const
{
    std::set<Dot> dots;
    const auto record = store.record(place.record);
    if (!record || !record->fields.contains(place.field))
        return dots;
    for (const FieldValue& value : record->fields.at(place.field).values())
        dots.insert(value.dot);
    return dots;
}

void Oracle::saved(
    std::size_t device, Instant when, const Place& place, Bytes value, const std::set<Dot>& before,
    const std::set<Dot>& after)
{
    Save save{device, when, std::move(value), {}, before, true};
    for (const Dot& dot : after)
        if (!before.contains(dot))
            save.dot = dot;
    places_[place].push_back(saves_.size());
    saves_.push_back(std::move(save));
}

void Oracle::rolledBack(std::size_t device, Instant when)
{
    for (Save& save : saves_)
        if (save.device == device && save.when >= when)
            save.certain = false;
}

std::vector<std::string> Oracle::missingOfConfirmed(
    std::size_t device, store::WorkspaceStore& own, store::WorkspaceStore& other) const
{
    std::vector<std::string> problems;
    for (const auto& [place, saves] : places_) {
        const auto known = own.history(place.record);
        const auto shown = other.history(place.record);
        for (const std::size_t index : saves) {
            const Save& save = saves_[index];
            const auto isIt = [&](const store::HistoryEntry& entry) {
                return entry.field == place.field && entry.value.value == save.value;
            };
            const bool isConfirmed = save.device == device && known
                && std::ranges::any_of(*known,
                                       [&](const auto& entry) { return isIt(entry) && entry.confirmed; });
            if (isConfirmed && (!shown || std::ranges::none_of(*shown, isIt)))
                problems.push_back(nameOf(place) + " was called confirmed and is not everywhere");
        }
    }
    return problems;
}

std::vector<std::string> Oracle::check(store::WorkspaceStore& store, Dots dots) const
{
    std::vector<std::string> problems;
    for (const auto& [place, saves] : places_)
        std::ranges::move(checkPlace(store, place, saves, dots), std::back_inserter(problems));
    return problems;
}

std::vector<std::string> Oracle::checkPlace(
    store::WorkspaceStore& store, const Place& place, const std::vector<std::size_t>& saves, Dots dots) const
{
    const auto history = store.history(place.record);
    if (!history)
        return {nameOf(place) + " has no history: " + history.error().detail};
    std::vector<std::string> problems;
    std::set<Dot> expected;
    for (const std::size_t index : saves) {
        const Save& save = saves_[index];
        const bool isThere = std::ranges::any_of(*history, [&](const store::HistoryEntry& entry) {
            return entry.field == place.field && entry.value.value == save.value;
        });
        if (save.certain && !isThere)
            problems.push_back(nameOf(place) + " has lost a saved value");
        if (save.dot)
            expected.insert(*save.dot);
    }
    for (const std::size_t index : saves)
        for (const Dot& dot : saves_[index].replaced)
            expected.erase(dot);
    if (dots == Dots::Exact && inForce(store, place) != expected)
        problems.push_back(nameOf(place) + " shows other values than were written last");

    const auto conflicts = store.conflicts();
    const auto record = store.record(place.record);
    // A record whose deletion everyone had seen is not shown at all.
    const bool isShown = record && (!record->deleted || record->deletedButEdited);
    const bool isConcurrent = isShown && valuesIn(store, place).size() > 1;
    if (!conflicts || isListed(*conflicts, place) != isConcurrent)
        problems.push_back(
            nameOf(place)
            + (isConcurrent ? " is in conflict and not shown" : " is shown without a conflict"));
    return problems;
}

}  // namespace teren::sim
