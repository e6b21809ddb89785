// SPDX-License-Identifier: EUPL-1.2
#include "sync/merge/reading.h"

#include "tests/support/catch.h"
#include "tests/unit/merge/desk.h"

#include <algorithm>

namespace teren::test {
namespace {

const RecordId kContact = recordOf(1);

/// Two people who write one field apart, after a first value that both have seen.
struct Apart {
    ManualClock clock;
    Desk anna{1, clock};
    Desk jan{2, clock};
    Change first;
    Change annas;
    Change jans;

    Apart(std::string_view before, std::string_view here, std::string_view there)
    {
        first = anna.save({write(kContact, "summary", before)});
        jan.receive(first);
        clock.advance(std::chrono::milliseconds(5));
        jans = jan.save({write(kContact, "summary", there)});
        clock.advance(std::chrono::milliseconds(5));
        annas = anna.save({write(kContact, "summary", here)});
        anna.receive(jans);
        jan.receive(annas);
    }
    const Register& field() const { return *anna.state().find(kContact)->find("summary"); }
    std::vector<HistoryEntry> history() const { return anna.state().history(kContact, "summary"); }
};

std::vector<std::string> texts(const std::vector<HistoryEntry>& entries)
{
    std::vector<std::string> all;
    for (const HistoryEntry& entry : entries)
        all.emplace_back(textOf(entry.value.value));
    return all;
}

std::vector<std::string> texts(const std::vector<FieldValue>& values)
{
    std::vector<std::string> all;
    for (const FieldValue& value : values)
        all.emplace_back(textOf(value.value));
    return all;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("reading: one value is in force and no conflict, under every policy for one value", "[merge]")
{
    Register field;
    field.assign({}, {{authorOf(1), 1}, 0, OpKind::Assign, stampAt(1), text("Łąkowa 3")});
    for (const ReadingPolicy policy :
         {ReadingPolicy::Register, ReadingPolicy::Latest, ReadingPolicy::Text, ReadingPolicy::Append}) {
        const Reading reading = read(policy, field);
        CHECK_FALSE(reading.inConflict);
        CHECK(reading.inForce == 0u);
    }
}

TEST_CASE("reading: a field that was never written shows nothing", "[merge]")
{
    for (const ReadingPolicy policy :
         {ReadingPolicy::Register, ReadingPolicy::Latest, ReadingPolicy::Text, ReadingPolicy::Set,
          ReadingPolicy::Append})
        CHECK(read(policy, {}) == Reading{});
}

TEST_CASE("reading: edits made apart are a conflict for `register`, `text` and `append`", "[merge]")
{
    const Apart apart("umówiona", "odbyta", "odwołana");
    for (const ReadingPolicy policy : {ReadingPolicy::Register, ReadingPolicy::Text, ReadingPolicy::Append}) {
        const Reading reading = read(policy, apart.field());
        CHECK(reading.inConflict);
        CHECK_FALSE(reading.inForce.has_value());
        REQUIRE(reading.values.size() == 2);
        CHECK(reading.values[0].value == text("odwołana"));  // Written first.
    }
}

TEST_CASE("reading: `latest` takes the later one silently, and keeps both", "[merge]")
{
    const Apart apart("tab 1", "tab 2", "tab 3");
    const Reading reading = read(ReadingPolicy::Latest, apart.field());
    CHECK_FALSE(reading.inConflict);
    REQUIRE(reading.values.size() == 2);
    CHECK(reading.values[*reading.inForce].value == text("tab 2"));
}

TEST_CASE("reading: `latest` counts a value written twice by its last writing", "[merge]")
{
    Register field;
    field.assign({}, {{authorOf(1), 1}, 0, OpKind::Assign, stampAt(1), text("a")});
    field.assign({}, {{authorOf(2), 1}, 0, OpKind::Assign, stampAt(2), text("b")});
    field.assign({}, {{authorOf(3), 1}, 0, OpKind::Assign, stampAt(3), text("a")});
    const Reading reading = read(ReadingPolicy::Latest, field);
    CHECK(reading.values[*reading.inForce].value == text("a"));
}

TEST_CASE("reading: a set shows all its elements and never a conflict", "[merge]")
{
    Register risks;
    risks.setAdd({}, {{authorOf(1), 1}, 0, OpKind::SetAdd, stampAt(1), text("dog")});
    risks.setAdd({}, {{authorOf(2), 1}, 0, OpKind::SetAdd, stampAt(2), text("alcohol")});
    risks.setAdd({}, {{authorOf(3), 1}, 0, OpKind::SetAdd, stampAt(3), text("dog")});
    risks.assign({}, {{authorOf(4), 1}, 0, OpKind::Assign, stampAt(4), text("")});
    const Reading reading = read(ReadingPolicy::Set, risks);
    CHECK_FALSE(reading.inConflict);
    REQUIRE(reading.values.size() == 2);
    CHECK(reading.values[0].value == text("dog"));
    CHECK(reading.values[1].value == text("alcohol"));
}

TEST_CASE("reading: elements of a field that has become a single value are a conflict to settle", "[merge]")
{
    Register field;
    field.setAdd({}, {{authorOf(1), 1}, 0, OpKind::SetAdd, stampAt(1), text("phone")});
    field.setAdd({}, {{authorOf(1), 1}, 1, OpKind::SetAdd, stampAt(1), text("visit")});
    CHECK(read(ReadingPolicy::Register, field).inConflict);
}

TEST_CASE("reading: of states set apart the safest counts until somebody has decided", "[merge]")
{
    const std::vector<std::string> safestFirst{"withdrawn", "asked", "given"};
    const auto counts = [&](const Register& field) {
        const Reading reading = read(ReadingPolicy::State, field, safestFirst);
        return reading.inForce ? std::string(textOf(reading.values[*reading.inForce].value)) : "none";
    };
    for (const auto& [here, there] :
         {std::pair("given", "withdrawn"), std::pair("withdrawn", "given"), std::pair("withdrawn", "asked"),
          std::pair("", "withdrawn")}) {
        Apart apart("asked", here, there);
        CHECK(counts(apart.field()) == "withdrawn");
        CHECK(read(ReadingPolicy::State, apart.field(), safestFirst).inConflict);
        apart.anna.save({write(kContact, "summary", "given")});
        CHECK(counts(apart.field()) == "given");
        CHECK_FALSE(read(ReadingPolicy::State, apart.field(), safestFirst).inConflict);
    }
    CHECK(counts(Apart("asked", "", "given").field()) == "given");
    CHECK(counts(Register()) == "none");
}

TEST_CASE("reading: a state of a later build counts before all that this one knows", "[merge]")
{
    const std::vector<std::string> safestFirst{"withdrawn", "given"};
    const Apart apart("given", "withdrawn", "forbidden by a court");
    const Reading reading = read(ReadingPolicy::State, apart.field(), safestFirst);
    CHECK(reading.values[*reading.inForce].value == text("forbidden by a court"));
    CHECK(reading.inConflict);
}

TEST_CASE("once: what is written over it, or beside it, or over the record, does not count", "[merge]")
{
    ManualClock clock;
    Desk anna(1, clock);
    Desk jan(2, clock);
    const Change original = anna.save({write(kContact, "summary", "signed")});
    jan.save({addTo(kContact, "summary", "beside")});
    jan.receive(original);
    jan.save({write(kContact, "summary", "over")});
    jan.save({deleteRecord(kContact)});
    const WrittenOnce once = readOnce(jan.state().history(kContact, "summary"));
    CHECK(texts(once.writings) == Texts{"signed"});
    CHECK(texts(once.attempts) == Texts{"beside", "over"});
    CHECK_FALSE(read(ReadingPolicy::Once, *jan.state().find(kContact)->find("summary")).inConflict);
    CHECK_FALSE(read(ReadingPolicy::Once, *jan.state().find(kContact)->find("summary")).inForce.has_value());
}

TEST_CASE("once: a clock that goes wrong wins nothing where only one value can be accepted", "[merge]")
{
    const HistoryEntry early{{{authorOf(2), 1}, 0, OpKind::Assign, stampAt(1), text("false")}, {}};
    const HistoryEntry late{{{authorOf(1), 1}, 0, OpKind::Assign, stampAt(900), text("true")}, {}};
    const WrittenOnce once = readOnce({late, early}, [](ByteView value) { return textOf(value) == "true"; });
    CHECK(texts(once.writings) == Texts{"true"});
    CHECK(texts(once.attempts) == Texts{"false"});
    CHECK(texts(readOnce({late, early}).writings) == Texts{"false"});
    CHECK(readOnce({late}, [](ByteView) { return false; }).writings.empty());
}

TEST_CASE("append: a note corrected later shows who corrected it, in order", "[merge]")
{
    ManualClock clock;
    Desk anna(1, clock);
    Desk jan(2, clock);
    jan.receive(anna.save({write(kContact, "summary", "rozmowa z matką")}));
    const Change correction = jan.save({write(kContact, "summary", "rozmowa z babcią")});
    anna.receive(correction);
    anna.save({write(kContact, "summary", "rozmowa z babcią i dziadkiem")});

    std::vector<HistoryEntry> history = anna.state().history(kContact, "summary");
    std::ranges::reverse(history);
    const Amendments amendments = amendmentsOf(history);
    CHECK(texts(amendments.originals) == Texts{"rozmowa z matką"});
    CHECK(texts(amendments.amendments) == Texts{"rozmowa z babcią", "rozmowa z babcią i dziadkiem"});
    CHECK(amendments.amendments.front().value.dot.author == jan.author());
    CHECK_FALSE(read(ReadingPolicy::Append, *anna.state().find(kContact)->find("summary")).inConflict);
}

TEST_CASE("append: causes come before effects even where a clock was wrong", "[merge]")
{
    VersionVector seen;
    seen.add({authorOf(1), 1});
    const HistoryEntry original{{{authorOf(1), 1}, 0, OpKind::Assign, stampAt(900), text("first")}, {}};
    const HistoryEntry amendment{{{authorOf(2), 1}, 0, OpKind::Assign, stampAt(100), text("then")}, seen};
    std::vector<HistoryEntry> history{amendment, original};
    sortCausally(history);
    CHECK(texts(history) == Texts{"first", "then"});
    CHECK(texts(amendmentsOf({amendment, original}).originals) == Texts{"first"});
}

TEST_CASE("append: a withdrawn entry says why, and by whom last", "[merge]")
{
    ManualClock clock;
    Desk anna(1, clock);
    Desk jan(2, clock);
    const Change note = anna.save({write(kContact, "summary", "pomyłka")});
    jan.receive(note);
    CHECK_FALSE(withdrawalOf(*anna.state().find(kContact)).has_value());
    clock.advance(std::chrono::milliseconds(9));
    const Change annas = anna.save({deleteRecord(kContact, "inna rodzina")});
    clock.advance(std::chrono::milliseconds(9));
    const Change jans = jan.save({deleteRecord(kContact, "nie ta sprawa")});
    anna.receive(jans);
    CHECK(withdrawalOf(*anna.state().find(kContact))->reason == text("nie ta sprawa"));

    const Change ewas{{authorOf(3), 1}, {}, {}, {note.dot}, {write(kContact, "summary", "jednak ta")}};
    anna.receive(ewas);
    CHECK_FALSE(withdrawalOf(*anna.state().find(kContact)).has_value());
}

TEST_CASE("common base: what both sides had before them", "[merge]")
{
    const Apart apart("dla matki", "dla matki na pół etatu", "dla ojca");
    const std::vector<Dot> sides{apart.annas.dot, apart.jans.dot};
    CHECK(texts(commonBase(apart.history(), sides)) == Texts{"dla matki"});
}

TEST_CASE("common base: not a value that only one side had seen", "[merge]")
{
    Apart apart("a", "b", "c");
    // Anna, who has not met Jan since, writes on over her own.
    ManualClock clock;
    Desk ewa(3, clock);
    ewa.receive(apart.first);
    ewa.receive(apart.annas);
    const Change ewas = ewa.save({write(kContact, "summary", "d")});
    apart.anna.receive(ewas);
    CHECK(texts(commonBase(apart.history(), std::vector{ewas.dot, apart.jans.dot})) == Texts{"a"});
    CHECK(texts(commonBase(apart.history(), std::vector{ewas.dot, apart.annas.dot})) == Texts{"a"});
}

TEST_CASE("common base: two values if both sides began from a conflict", "[merge]")
{
    Apart apart("a", "b", "c");
    const Change annas = apart.anna.save({write(kContact, "summary", "d")});
    const Change jans = apart.jan.save({write(kContact, "summary", "e")});
    apart.anna.receive(jans);
    CHECK(texts(commonBase(apart.history(), std::vector{annas.dot, jans.dot})) == Texts{"c", "b"});
}

TEST_CASE("common base: none if both sides began from nothing, or are unknown", "[merge]")
{
    ManualClock clock;
    Desk anna(1, clock);
    Desk jan(2, clock);
    const Change annas = anna.save({write(kContact, "summary", "x")});
    const Change jans = jan.save({write(kContact, "summary", "y")});
    anna.receive(jans);
    const std::vector<HistoryEntry> history = anna.state().history(kContact, "summary");
    CHECK(commonBase(history, std::vector{annas.dot, jans.dot}).empty());
    CHECK(commonBase(history, std::vector<Dot>{}).empty());
}

}  // namespace teren::test
