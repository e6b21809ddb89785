// SPDX-License-Identifier: EUPL-1.2
//
// Goal: devices that have heard of the same changes and voids show the same, and it is what the definition
// in sync.md section 2 says.
//
// Methodology: RapidCheck generates a script for a small office (merge_history.h) whose devices edit the
// same few fields apart, and hear of each other in any order, in batches, twice, or only at the end. What
// they hold is compared with each other and with an oracle that works on plain sets of dots.
#include "tests/property/merge_history.h"
#include "tests/support/property.h"

#include <algorithm>

namespace teren::test {
namespace {

using Bytes8 = std::vector<std::uint8_t>;

Bytes8 script()
{
    return *rc::gen::resize(1500, rc::gen::arbitrary<Bytes8>());
}

Oracle::Live liveIn(const SpaceState& state)
{
    Oracle::Live live;
    for (const auto& [id, record] : state.records())
        for (const auto& [field, values] : record.fields)
            for (const FieldValue& value : values.values())
                live[id][field].insert({value.dot, value.index});
    return live;
}

std::map<RecordId, std::set<Dot>> tombstonesIn(const SpaceState& state)
{
    std::map<RecordId, std::set<Dot>> stones;
    for (const auto& [id, record] : state.records())
        for (const Tombstone& tombstone : record.tombstones)
            stones[id].insert(tombstone.dot);
    return stones;
}

std::map<RecordId, Presence> presencesIn(const SpaceState& state)
{
    std::map<RecordId, Presence> presences;
    for (const auto& [id, record] : state.records())
        presences[id] = record.presence();
    return presences;
}

}  // namespace

TEST_CASE(
    "merge law: the same changes in any order, batching and repetition end in the same state", "[merge]")
{
    checkLaw([] {
        Office office(script(), {});
        office.heal();
        const SpaceState& first = office.desks.front().state();
        for (const Desk& desk : office.desks) {
            RC_ASSERT(desk.state().pending().size() == 0u);
            RC_ASSERT(desk.state().applied() == first.applied());
            RC_ASSERT(desk.state().records() == first.records());
            RC_ASSERT(desk.state().digest() == first.digest());
            RC_ASSERT(desk.state().conflicts() == first.conflicts());
        }
    });
}

TEST_CASE("merge law: what is in force is what no change that had seen it has replaced", "[merge]")
{
    checkLaw([] {
        Office office(script(), {});
        office.heal();
        const Oracle oracle(office.log, office.voided);
        const SpaceState& state = office.desks.front().state();
        RC_ASSERT((liveIn(state) == oracle.live()));
        RC_ASSERT((tombstonesIn(state) == oracle.tombstones()));
        RC_ASSERT((presencesIn(state) == oracle.presences()));
        for (const Change& change : office.log)
            RC_ASSERT(state.seenBy(change.dot).has_value() == oracle.isKept(change.dot));
    });
}

TEST_CASE(
    "merge law: a conflict is shown if and only if people wrote differently without having seen it",
    "[merge]")
{
    checkLaw([] {
        Office office(script(), {});
        office.heal();
        const Oracle oracle(office.log, office.voided);
        const bool same = office.desks.front().state().conflicts() == oracle.conflicts();
        RC_ASSERT(same);
        RC_CLASSIFY(!oracle.conflicts().empty(), "with a conflict");
    });
}

TEST_CASE("merge law: a deletion against an edit is decided by saying so and by nothing else", "[merge]")
{
    checkLaw([] {
        Office office(script(), {});
        office.heal();
        const Desk& before = office.desks.front();
        bool isOpen = false;
        for (const auto& [id, presence] : presencesIn(before.state())) {
            if (presence != Presence::DeletedButEdited)
                continue;
            isOpen = true;
            const std::vector<Op> edits{
                write(id, "note", "late"), addTo(id, "risks", "dog"), takeFrom(id, "risks", "alcohol"),
                write(id, std::string(kOrderField), "a5")};
            for (const Op& edit : edits) {
                Desk desk = before;
                desk.save({edit});
                RC_ASSERT(desk.presence(id) == Presence::DeletedButEdited);
            }
            Desk kept = before;
            kept.save({insertRow(id, "visit", "a0")});
            RC_ASSERT(kept.presence(id) == Presence::Alive);
            Desk gone = before;
            gone.save({deleteRecord(id)});
            RC_ASSERT(gone.presence(id) == Presence::Deleted);
            gone.save({write(id, "note", "wanted after all")});
            RC_ASSERT(gone.presence(id) == Presence::Alive);
        }
        RC_CLASSIFY(isOpen, "with one open");
    });
}

TEST_CASE("merge law: one person working alone never gets a conflict", "[merge]")
{
    checkLaw([] {
        Office office(script(), {.devices = 1, .voids = false});
        RC_ASSERT(office.desks.front().state().conflicts().empty());
    });
}

TEST_CASE("merge law: people who always hear of each other first never get a conflict", "[merge]")
{
    checkLaw([] {
        const Bytes8 bytes = script();
        ManualClock clock;
        std::vector<Desk> desks{Desk(1, clock), Desk(2, clock), Desk(3, clock)};
        for (Script turns(bytes); !turns.atEnd();) {
            const Change change = desks[turns.below(3)].save(
                {write(recordOf(1), turns.below(2) ? "note" : "date", std::to_string(turns.below(9)))});
            for (Desk& desk : desks)
                desk.receive(change);
        }
        for (const Desk& desk : desks)
            RC_ASSERT(desk.state().conflicts().empty());
    });
}

TEST_CASE("merge law: no value goes without a change that had seen it", "[merge]")
{
    checkLaw([] {
        Office office(script(), {.voids = false});
        SpaceState replica;
        std::vector<Change> delivery = office.log;
        std::ranges::reverse(delivery);
        for (const Change& change : delivery) {
            const Oracle::Live before = liveIn(replica);
            const ApplyReport report = replica.apply(change);
            const Oracle::Live after = liveIn(replica);
            for (const auto& [record, fields] : before)
                for (const auto& [field, values] : fields)
                    for (const Oracle::Value& value : values) {
                        const auto sawIt
                            = [&](const Dot& dot) { return replica.seenBy(dot)->contains(value.dot); };
                        const bool stays = after.contains(record) && after.at(record).contains(field)
                            && after.at(record).at(field).contains(value);
                        RC_ASSERT(stays || std::ranges::any_of(report.applied, sawIt));
                    }
        }
    });
}

TEST_CASE("merge law: a change takes effect after everything its author had seen", "[merge]")
{
    checkLaw([] {
        Office office(script(), {.voids = false});
        SpaceState replica;
        std::set<Dot> applied;
        std::vector<Change> delivery = office.log;
        std::ranges::reverse(delivery);
        for (const Change& change : delivery)
            for (const Dot& dot : replica.apply(change).applied) {
                RC_ASSERT(std::ranges::includes(applied, office.known.at(dot)));
                applied.insert(dot);
            }
        RC_ASSERT(applied.size() == office.log.size());
    });
}

TEST_CASE("merge law: the context of a change rebuilds exactly what its author had seen", "[merge]")
{
    checkLaw([] {
        Office office(script(), {.voids = false});
        office.heal();
        for (const Desk& desk : office.desks)
            for (const Change& change : office.log) {
                const VersionVector seen = *desk.state().seenBy(change.dot);
                std::set<Dot> rebuilt;
                for (const Change& other : office.log)
                    if (seen.contains(other.dot))
                        rebuilt.insert(other.dot);
                RC_ASSERT((rebuilt == office.known.at(change.dot)));
            }
    });
}

TEST_CASE("merge law: a context cites only what nothing else in it implies", "[merge]")
{
    checkLaw([] {
        Office office(script(), {.voids = false});
        const Oracle oracle(office.log, {});
        for (const Change& change : office.log)
            for (const Dot& cited : change.context) {
                for (const Dot& other : change.context)
                    RC_ASSERT(!oracle.past(other).contains(cited));
                if (change.dot.seq > 1)
                    RC_ASSERT(!oracle.past({change.dot.author, change.dot.seq - 1}).contains(cited));
            }
    });
}

TEST_CASE("merge law: what is voided is as if it had never been applied", "[merge]")
{
    checkLaw([] {
        Office office(script(), {});
        office.heal();
        SpaceState neverHadThem;
        for (const VoidRange& range : office.voided)
            neverHadThem.voidRange(range);
        const Oracle oracle(office.log, office.voided);
        for (const Change& change : office.log)
            if (oracle.isKept(change.dot))
                neverHadThem.apply(change);
        RC_ASSERT(neverHadThem.digest() == office.desks.front().state().digest());
        RC_ASSERT((neverHadThem.records() == office.desks.front().state().records()));
    });
}

TEST_CASE(
    "merge law: of two different changes with one number everybody keeps one and reports the other",
    "[merge]")
{
    checkLaw([] {
        Office office(script(), {.voids = false});
        RC_PRE(!office.log.empty());
        Change other = office.log[*rc::gen::inRange<std::size_t>(0, office.log.size())];
        other.ops.push_back({OpKind::Assign, recordOf(9), "forged", text("twice")});
        for (Desk& desk : office.desks)
            if (desk.state().change(other.dot)) {
                const Hash before = desk.state().digest();
                RC_ASSERT((desk.receive(other).outcome == ApplyReport::Outcome::Fork));
                RC_ASSERT(desk.state().digest() == before);
            }
    });
}

}  // namespace teren::test
