// SPDX-License-Identifier: EUPL-1.2
#include "tests/property/merge_history.h"

#include <algorithm>

namespace teren::test {
namespace {

const std::vector<std::string> kFields{"visit_date", "note", "risks"};
const std::vector<std::string> kValues{"", "2026-04-02", "2026-04-03", "alcohol"};

/// Deterministic and the same everywhere, unlike std::shuffle.
template <typename T>
void shuffle(std::vector<T>& items, SeededRandom& random)
{
    for (std::size_t i = items.size(); i > 1; --i)
        std::swap(items[i - 1], items[random.below(i)]);
}

Op randomOp(Script& script)
{
    const RecordId record = recordOf(static_cast<std::uint8_t>(1 + script.below(3)));
    const std::string& value = kValues[script.below(4)];
    switch (script.below(8)) {
    case 0:
        return insertRow(
            record, script.below(4) == 0 ? "contact" : "visit", "a0" + std::to_string(script.below(5)));
    case 1:
        return addTo(record, "risks", value);
    case 2:
        return takeFrom(record, "risks", value);
    case 3:
        return deleteRecord(record, "by mistake");
    default:
        return write(record, kFields[script.below(3)], value);
    }
}

}  // namespace

Office::Office(const std::vector<std::uint8_t>& bytes, OfficeRules rules) : rules_(rules)
{
    for (std::uint8_t device = 1; device <= rules.devices; ++device)
        desks.emplace_back(device, clock_);
    for (Script script(bytes); !script.atEnd();)
        act(script);
}

void Office::act(Script& script)
{
    Desk& desk = desks[script.below(rules_.devices)];
    clock_.advance(std::chrono::milliseconds(script.below(2)));
    const std::uint8_t choice = script.below(16);
    if (choice < 8)
        save(desk, script);
    else if (choice < 12 && !log.empty())
        desk.receive(log[script.below(255) % log.size()]);
    else if (choice == 12)
        deliverAll(desk, script.below(255));
    else if (choice == 13 && rules_.voids && !log.empty() && script.below(3) == 0)
        voidSome(desk, script);
    else if (choice == 14 && !voided.empty())
        desk.state().voidRange(voided[script.below(255) % voided.size()]);
    else if (choice == 15 && rules_.newLives)
        desk.startNewLife();
}

void Office::save(Desk& desk, Script& script)
{
    Change probe{{authorOf(1), 1}, {}, {}, {}, {}};
    for (int left = 1 + script.below(3); left > 0; --left) {
        probe.ops.push_back(randomOp(script));
        if (!validate(probe))
            probe.ops.pop_back();
    }
    std::set<Dot> seen;
    for (const Change& change : log)
        if (desk.state().seenBy(change.dot))
            seen.insert(change.dot);
    log.push_back(desk.save(probe.ops));
    known[log.back().dot] = seen;
}

void Office::voidSome(Desk& desk, Script& script)
{
    const Dot first = log[script.below(255) % log.size()].dot;
    voided.push_back({first.author, first.seq, first.seq + script.below(2)});
    desk.state().voidRange(voided.back());
}

void Office::deliverAll(Desk& desk, std::uint64_t seed)
{
    SeededRandom random(seed);
    std::vector<Change> batch = log;
    batch.insert(
        batch.end(), log.begin(), log.begin() + static_cast<std::ptrdiff_t>(random.below(log.size() + 1)));
    shuffle(batch, random);
    for (const Change& change : batch)
        desk.receive(change);
}

void Office::heal()
{
    SeededRandom random(7);
    for (std::size_t i = 0; i < desks.size(); ++i) {
        std::vector<VoidRange> ranges = voided;
        shuffle(ranges, random);
        // Some hear of the voids before the changes, some after.
        const bool voidsFirst = i % 2 == 0;
        if (!voidsFirst)
            deliverAll(desks[i], i);
        for (const VoidRange& range : ranges)
            desks[i].state().voidRange(range);
        if (voidsFirst)
            deliverAll(desks[i], i);
    }
}

Oracle::Oracle(const std::vector<Change>& log, const std::vector<VoidRange>& voided)
{
    for (const VoidRange& range : voided)
        for (std::uint64_t seq = range.from; seq <= range.to; ++seq)
            voided_.insert({range.author, seq});
    for (const Change& change : log)
        changes_.emplace(change.dot, change);
    for (const auto& [dot, change] : changes_)
        if (!voided_.contains(dot))
            pastOf(change);
}

const std::set<Dot>& Oracle::pastOf(const Change& change)
{
    if (const auto found = past_.find(change.dot); found != past_.end())
        return found->second;
    std::vector<Dot> direct = change.context;
    direct.push_back({change.dot.author, change.dot.seq - 1});
    std::set<Dot> past;
    for (Dot dot : direct) {
        while (dot.seq > 0 && voided_.contains(dot))
            --dot.seq;
        if (dot.seq == 0)
            continue;
        past.insert(dot);
        const std::set<Dot>& before = pastOf(changes_.at(dot));
        past.insert(before.begin(), before.end());
    }
    return past_.emplace(change.dot, std::move(past)).first->second;
}

bool Oracle::replaced(const Change& change, std::uint32_t index, const std::string& field) const
{
    const Op& op = change.ops[index];
    return std::ranges::any_of(past_, [&](const auto& later) {
        return later.second.contains(change.dot)
            && std::ranges::any_of(changes_.at(later.first).ops, [&](const Op& over) {
                   if (over.record != op.record)
                       return false;
                   if (over.kind == OpKind::Insert)
                       return field.front() == '@';
                   if (over.field != field)
                       return false;
                   const bool sameElement = op.kind == OpKind::SetAdd && over.value == op.value;
                   return over.kind == OpKind::Assign || (over.kind != OpKind::Delete && sameElement);
               });
    });
}

Oracle::Live Oracle::live() const
{
    Live live;
    const auto consider = [&](const Change& change, std::uint32_t index, const std::string& field) {
        if (!replaced(change, index, field))
            live[change.ops[index].record][field].insert({change.dot, index});
    };
    for (const auto& [dot, past] : past_) {
        const Change& change = changes_.at(dot);
        for (std::uint32_t index = 0; index < change.ops.size(); ++index) {
            const Op& op = change.ops[index];
            if (op.kind == OpKind::Insert) {
                consider(change, index, std::string(kTypeField));
                consider(change, index, std::string(kOrderField));
            } else if (op.kind == OpKind::Assign || op.kind == OpKind::SetAdd) {
                consider(change, index, op.field);
            }
        }
    }
    return live;
}

std::map<RecordId, std::set<Dot>> Oracle::tombstones() const
{
    std::map<RecordId, std::set<Dot>> stones;
    for (const auto& [dot, past] : past_)
        for (const Op& op : changes_.at(dot).ops) {
            const auto answers = [&](const auto& later) {
                return later.second.contains(dot)
                    && std::ranges::any_of(changes_.at(later.first).ops, [&](const Op& answer) {
                           return answer.record == op.record
                               && (answer.kind == OpKind::Insert || answer.kind == OpKind::Delete);
                       });
            };
            if (op.kind == OpKind::Delete && std::ranges::none_of(past_, answers))
                stones[op.record].insert(dot);
        }
    return stones;
}

std::map<RecordId, Presence> Oracle::presences() const
{
    std::map<RecordId, Presence> presences;
    const Live values = live();
    for (const auto& [record, fields] : values)
        presences[record] = Presence::Alive;
    for (const auto& [record, stones] : tombstones()) {
        Presence presence = Presence::Deleted;
        if (const auto fields = values.find(record); fields != values.end())
            for (const auto& [field, live] : fields->second)
                for (const Value& value : live)
                    if (std::ranges::none_of(
                            stones, [&](const Dot& stone) { return past(stone).contains(value.dot); }))
                        presence = Presence::DeletedButEdited;
        presences[record] = presence;
    }
    return presences;
}

std::vector<Conflict> Oracle::conflicts() const
{
    std::set<Conflict> found;
    const Live values = live();
    for (const auto& [record, presence] : presences()) {
        if (presence == Presence::Deleted)
            continue;
        if (presence == Presence::DeletedButEdited)
            found.insert({record, Conflict::Kind::DeletedHereEditedThere, {}});
        const auto fields = values.find(record);
        if (fields == values.end())
            continue;
        for (const auto& [field, live] : fields->second) {
            std::set<Bytes> different;
            for (const Value& value : live) {
                const Op& op = changes_.at(value.dot).ops[value.index];
                if (op.kind == OpKind::Insert)
                    different.insert(text(op.field));
                else if (op.kind == OpKind::Assign)
                    different.insert(op.value);
            }
            if (different.size() > 1 && field != kOrderField)
                found.insert({record, Conflict::Kind::EditedApart, field});
        }
    }
    return {found.begin(), found.end()};
}

}  // namespace teren::test
