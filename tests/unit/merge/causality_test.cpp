// SPDX-License-Identifier: EUPL-1.2
#include "sync/merge/causal_buffer.h"

#include "tests/support/catch.h"
#include "tests/unit/merge/desk.h"

namespace teren::test {
namespace {

const RecordId kNote = recordOf(1);

Change bare(Dot dot, std::vector<Dot> context = {}, std::string_view value = "")
{
    return {dot, {}, {}, std::move(context), {write(kNote, "text", value)}};
}

VersionVector having(std::initializer_list<Dot> dots)
{
    VersionVector seen;
    for (const Dot& dot : dots)
        seen.add(dot);
    return seen;
}

const Author kAnna = authorOf(1);
const Author kJan = authorOf(2);
const Author kEwa = authorOf(3);

}  // namespace

TEST_CASE("void set: ranges join, and lead on to the next number", "[merge]")
{
    VoidSet voids;
    voids.add({kJan, 5, 6});
    voids.add({kJan, 8, 9});
    voids.add({kJan, 0, 0});
    CHECK(voids.ranges() == std::vector<VoidRange>{{kJan, 5, 6}, {kJan, 8, 9}});
    CHECK(voids.advance(kJan, 3) == 3);
    CHECK(voids.advance(kJan, 4) == 6);
    voids.add({kJan, 7, 7});
    voids.add({kJan, 6, 8});
    CHECK(voids.ranges() == std::vector<VoidRange>{{kJan, 5, 9}});
    CHECK(voids.advance(kJan, 4) == 9);
    CHECK(voids.contains({kJan, 7}));
    CHECK_FALSE(voids.contains({kJan, 10}));
    CHECK_FALSE(voids.contains({kAnna, 7}));
}

TEST_CASE("void set: the last kept change before a voided run", "[merge]")
{
    VoidSet voids;
    voids.add({kJan, 3, 4});
    voids.add({kAnna, 1, 2});
    CHECK(voids.lastKept({kJan, 4}) == Dot{kJan, 2});
    CHECK(voids.lastKept({kJan, 5}) == Dot{kJan, 5});
    CHECK(voids.lastKept({kAnna, 2}) == std::nullopt);
}

TEST_CASE("void set: a range to the end of time is cut off at the limit", "[merge]")
{
    VoidSet voids;
    voids.add({kJan, 1, ~std::uint64_t{0}});
    CHECK(voids.advance(kJan, 0) == limits::kSeqMax);
    CHECK(voids.lastKept({kJan, limits::kSeqMax}) == std::nullopt);
}

TEST_CASE("context: cites only the ends of what was seen apart", "[merge]")
{
    ManualClock clock;
    Desk anna(1, clock);
    Desk jan(2, clock);
    Desk ewa(3, clock);
    const Change annas = anna.save({});
    jan.receive(annas);
    const Change jans = jan.save({});
    const Change ewas = ewa.save({});
    anna.receive(jans);
    anna.receive(ewas);
    CHECK(anna.state().nextContext(anna.author()) == std::vector{jans.dot, ewas.dot});
    CHECK(anna.state().nextContext(authorOf(9)) == std::vector{jans.dot, ewas.dot});
    CHECK(jan.state().nextContext(jan.author()).empty());
}

TEST_CASE(
    "context: a voided citation stands for what its author had written before, not for what it had seen",
    "[merge]")
{
    ManualClock clock;
    Desk anna(1, clock);
    Desk jan(2, clock);
    Desk ewa(3, clock);
    const Change jans1 = jan.save({});
    const Change annas = anna.save({});
    jan.receive(annas);
    const Change jans2 = jan.save({});
    for (const Change& change : {jans1, annas, jans2})
        ewa.receive(change);
    const Change ewas = ewa.save({});
    CHECK(ewas.context == std::vector{jans2.dot});

    ewa.state().voidRange({jans2.dot.author, 2, 2});
    const VersionVector seen = *ewa.state().seenBy(ewas.dot);
    CHECK(seen.contains(jans1.dot));
    CHECK(seen.contains(jans2.dot));
    CHECK_FALSE(seen.contains(annas.dot));
    CHECK(ewa.state().nextContext(ewa.author()) == std::vector{annas.dot});
}

TEST_CASE("causal buffer: releases what is ready, whichever way it comes", "[merge]")
{
    CausalBuffer buffer;
    VersionVector applied;
    CHECK(
        buffer.offer(bare({kEwa, 1}, {{kAnna, 2}, {kJan, 1}}), applied) == CausalBuffer::Admission::Admitted);
    CHECK(buffer.offer(bare({kAnna, 2}), applied) == CausalBuffer::Admission::Admitted);
    CHECK_FALSE(buffer.takeReady(applied).has_value());
    CHECK(buffer.missing(applied) == std::vector<Dot>{{kAnna, 1}, {kJan, 1}});
    applied = having({{kAnna, 1}});
    CHECK(buffer.takeReady(applied)->dot == Dot{kAnna, 2});
    applied.add({kAnna, 2});
    CHECK_FALSE(buffer.takeReady(applied).has_value());
    applied.add({kJan, 1});
    CHECK(buffer.takeReady(applied)->dot == Dot{kEwa, 1});
    CHECK(buffer.size() == 0);
    CHECK(buffer.bytes() == 0);
}

TEST_CASE("causal buffer: what waits is bounded, and nothing is dropped", "[merge]")
{
    const Change waiting = bare({kAnna, 2}, {}, "x");
    CausalBuffer buffer(heldBytes(waiting));
    VersionVector applied;
    CHECK(buffer.offer(waiting, applied) == CausalBuffer::Admission::Admitted);
    CHECK(buffer.offer(bare({kAnna, 3}, {}, "y"), applied) == CausalBuffer::Admission::Full);
    CHECK(buffer.find({kAnna, 3}) == nullptr);
    // What can be applied at once always gets in: it is what makes room.
    CHECK(buffer.offer(bare({kAnna, 1}, {}, "z"), applied) == CausalBuffer::Admission::Admitted);
    CHECK(buffer.takeReady(applied)->dot.seq == 1);
    applied.add({kAnna, 1});
    CHECK(buffer.takeReady(applied)->dot.seq == 2);
    applied.add({kAnna, 2});
    CHECK(buffer.offer(bare({kAnna, 3}, {}, "y"), applied) == CausalBuffer::Admission::Admitted);
}

TEST_CASE("causal buffer: tells a duplicate from a fork", "[merge]")
{
    CausalBuffer buffer;
    CHECK(buffer.offer(bare({kAnna, 2}, {}, "x"), {}) == CausalBuffer::Admission::Admitted);
    CHECK(buffer.offer(bare({kAnna, 2}, {}, "x"), {}) == CausalBuffer::Admission::Duplicate);
    CHECK(buffer.offer(bare({kAnna, 2}, {}, "y"), {}) == CausalBuffer::Admission::Fork);
    CHECK(buffer.find({kAnna, 2})->ops.front().value == text("x"));
}

TEST_CASE("causal buffer: voided changes leave it, with their claim on the room", "[merge]")
{
    CausalBuffer buffer;
    VoidSet voids;
    voids.add({kAnna, 2, 2});
    buffer.offer(bare({kAnna, 2}), {});
    buffer.offer(bare({kAnna, 3}), {});
    const std::vector<Change> voided = buffer.takeVoided(voids);
    REQUIRE(voided.size() == 1);
    CHECK(voided.front().dot == Dot{kAnna, 2});
    CHECK(buffer.size() == 1);
    CHECK(buffer.bytes() == heldBytes(bare({kAnna, 3})));
}

}  // namespace teren::test
