// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/catch.h"
#include "tests/unit/merge/desk.h"

namespace teren::test {
namespace {

using Outcome = ApplyReport::Outcome;

const RecordId kVisit = recordOf(1);
const RecordId kGoal = recordOf(2);

/// Anna and Jan, each with a laptop; both hold the visit that Anna planned.
struct TwoDesks {
    ManualClock clock;
    Desk anna{1, clock};
    Desk jan{2, clock};
    Change planned = anna.save({insertRow(kVisit, "visit", "a0"), write(kVisit, "date", "2026-04-02")});

    TwoDesks() { jan.receive(planned); }
    void meet(const std::vector<Change>& annas, const std::vector<Change>& jans)
    {
        for (const Change& change : annas)
            jan.receive(change);
        for (const Change& change : jans)
            anna.receive(change);
        CHECK(anna.state().digest() == jan.state().digest());
    }
};

std::vector<Conflict> oneConflict(std::string field)
{
    return {{kVisit, Conflict::Kind::EditedApart, std::move(field)}};
}

}  // namespace

TEST_CASE("two people plan one visit differently: both dates stay until somebody decides", "[merge]")
{
    TwoDesks desks;
    const Change annas = desks.anna.save({write(kVisit, "date", "2026-04-09")});
    const Change jans = desks.jan.save({write(kVisit, "date", "2026-04-10")});
    desks.meet({annas}, {jans});
    CHECK(desks.anna.values(kVisit, "date") == std::vector<std::string>{"2026-04-09", "2026-04-10"});
    CHECK(desks.jan.state().conflicts() == oneConflict("date"));

    const Change decision = desks.jan.save({write(kVisit, "date", "2026-04-09")});
    desks.meet({}, {decision});
    CHECK(desks.anna.values(kVisit, "date") == std::vector<std::string>{"2026-04-09"});
    CHECK(desks.anna.state().conflicts().empty());
}

TEST_CASE("two people fill in different fields of one visit: no conflict", "[merge]")
{
    TwoDesks desks;
    desks.meet(
        {desks.anna.save({write(kVisit, "place", "Łąkowa 3")})},
        {desks.jan.save({write(kVisit, "note", "Dziecko chore")})});
    CHECK(desks.anna.state().conflicts().empty());
    CHECK(desks.anna.values(kVisit, "note") == std::vector<std::string>{"Dziecko chore"});
}

TEST_CASE("two people decide one conflict apart and alike: settled", "[merge]")
{
    TwoDesks desks;
    desks.meet(
        {desks.anna.save({write(kVisit, "date", "2026-04-09")})},
        {desks.jan.save({write(kVisit, "date", "2026-04-10")})});
    const Change annas = desks.anna.save({write(kVisit, "date", "2026-04-10")});
    const Change jans = desks.jan.save({write(kVisit, "date", "2026-04-10")});
    desks.meet({annas}, {jans});
    CHECK(desks.anna.state().conflicts().empty());
    CHECK(desks.anna.state().find(kVisit)->find("date")->values().size() == 2);
}

TEST_CASE("one deletes a visit that another edits: it stays, marked, until somebody decides", "[merge]")
{
    TwoDesks desks;
    desks.meet(
        {desks.anna.save({deleteRecord(kVisit, "planned twice")})},
        {desks.jan.save({write(kVisit, "note", "Byłem, nikogo nie zastałem")})});
    const std::vector<Conflict> deletedAndEdited{{kVisit, Conflict::Kind::DeletedHereEditedThere, {}}};
    CHECK(desks.anna.presence(kVisit) == Presence::DeletedButEdited);
    CHECK(desks.jan.state().conflicts() == deletedAndEdited);

    SECTION("a deletion that has seen the edit settles it as deleted")
    {
        desks.meet({desks.anna.save({deleteRecord(kVisit, "agreed with Jan")})}, {});
        CHECK(desks.jan.presence(kVisit) == Presence::Deleted);
        CHECK(desks.jan.state().find(kVisit)->tombstones.size() == 1);
    }
    SECTION("inserting it again, having seen the deletion, settles it as kept")
    {
        desks.meet({}, {desks.jan.save({insertRow(kVisit, "visit", "a0")})});
        CHECK(desks.anna.presence(kVisit) == Presence::Alive);
        CHECK(desks.anna.values(kVisit, "date") == std::vector<std::string>{"2026-04-02"});
    }
    SECTION("what is edited meanwhile, by somebody who saw it, leaves it open")
    {
        const Change elsewhere = desks.jan.save({write(kVisit, "place", "Łąkowa 3")});
        const Change there = desks.jan.save({write(kVisit, "note", "Byłem dwa razy")});
        desks.meet({}, {elsewhere, there});
        CHECK(desks.anna.state().conflicts() == deletedAndEdited);
        CHECK(desks.jan.state().conflicts() == deletedAndEdited);
        desks.meet({desks.anna.save({deleteRecord(kVisit, "agreed")})}, {});
    }
    SECTION("taking out the one thing that had been added does not let the deletion win")
    {
        TwoDesks others;
        others.meet(
            {others.anna.save({deleteRecord(kVisit)})}, {others.jan.save({addTo(kVisit, "risks", "dog")})});
        others.meet({}, {others.jan.save({takeFrom(kVisit, "risks", "dog")})});
        CHECK(others.anna.state().conflicts() == deletedAndEdited);
        desks.meet({desks.anna.save({deleteRecord(kVisit, "agreed")})}, {});
    }
    CHECK(desks.anna.state().conflicts().empty());
}

TEST_CASE("a deleted visit is hidden with its conflicts, and edited it comes back with them", "[merge]")
{
    TwoDesks desks;
    desks.meet(
        {desks.anna.save({write(kVisit, "date", "2026-04-09")})},
        {desks.jan.save({write(kVisit, "date", "2026-04-10")})});
    desks.meet({desks.anna.save({deleteRecord(kVisit)})}, {});
    CHECK(desks.jan.presence(kVisit) == Presence::Deleted);
    CHECK(desks.jan.state().conflicts().empty());
    desks.meet({}, {desks.jan.save({addTo(kVisit, "risks", "dog")})});
    CHECK(desks.anna.presence(kVisit) == Presence::Alive);
    CHECK(desks.anna.state().conflicts() == oneConflict("date"));
}

TEST_CASE("two people delete one visit apart: deleted, no conflict", "[merge]")
{
    TwoDesks desks;
    desks.meet(
        {desks.anna.save({deleteRecord(kVisit, "cancelled")})},
        {desks.jan.save({deleteRecord(kVisit, "family moved")})});
    CHECK(desks.anna.presence(kVisit) == Presence::Deleted);
    CHECK(desks.anna.state().find(kVisit)->tombstones.size() == 2);
}

TEST_CASE("two people move one row apart: no conflict to decide", "[merge]")
{
    TwoDesks desks;
    desks.meet(
        {desks.anna.save({write(kVisit, std::string(kOrderField), "a1x")})},
        {desks.jan.save({write(kVisit, std::string(kOrderField), "a2x")})});
    CHECK(desks.anna.state().find(kVisit)->find(kOrderField)->inConflict());
    CHECK(desks.anna.state().conflicts().empty());
}

TEST_CASE("a change waits for what it builds on", "[merge]")
{
    ManualClock clock;
    Desk anna(1, clock);
    Desk jan(2, clock);
    Desk ewa(3, clock);
    const Change first = anna.save({write(kGoal, "title", "Praca")});
    jan.receive(first);
    const Change second = jan.save({write(kGoal, "title", "Praca na pół etatu")});

    CHECK(ewa.receive(second).outcome == Outcome::Waiting);
    CHECK(ewa.state().records().empty());
    CHECK(ewa.state().pending().missing(ewa.state().applied()) == std::vector{first.dot});
    CHECK(ewa.receive(second).outcome == Outcome::Duplicate);

    const ApplyReport report = ewa.receive(first);
    CHECK(report.outcome == Outcome::Applied);
    CHECK(report.applied == std::vector{first.dot, second.dot});
    CHECK(ewa.receive(first).outcome == Outcome::Duplicate);
    CHECK(ewa.state().digest() == jan.state().digest());
}

TEST_CASE("an invalid change has no effect and is reported with its reason", "[merge]")
{
    TwoDesks desks;
    const Hash before = desks.anna.state().digest();
    const Change change{{authorOf(2), 1}, {}, {}, {}, {write(kVisit, "data wizyty", "x")}};
    const ApplyReport report = desks.anna.receive(change);
    CHECK(report.outcome == Outcome::Invalid);
    CHECK(report.reason.code == Errc::Invalid);
    CHECK(desks.anna.state().digest() == before);
}

TEST_CASE("an operation of a later version is kept and has no effect", "[merge]")
{
    TwoDesks desks;
    const Change change{
        {authorOf(2), 1},
        {},
        {},
        {desks.planned.dot},
        {{static_cast<OpKind>(77), kVisit, "date", text("2027")}, write(kVisit, "note", "x")}};
    CHECK(desks.anna.receive(change).outcome == Outcome::Applied);
    CHECK(desks.anna.values(kVisit, "date") == std::vector<std::string>{"2026-04-02"});
    CHECK(desks.anna.values(kVisit, "note") == std::vector<std::string>{"x"});
    CHECK(*desks.anna.state().change(change.dot) == change);
}

TEST_CASE(
    "a device restored from an image makes two changes with one number: the second is a fork", "[merge]")
{
    TwoDesks desks;
    const Change first = desks.jan.save({write(kVisit, "note", "before the restore")});
    Change second = first;
    second.ops = {write(kVisit, "note", "after the restore")};
    desks.anna.receive(first);
    CHECK(desks.anna.receive(second).outcome == Outcome::Fork);
    CHECK(desks.anna.values(kVisit, "note") == std::vector<std::string>{"before the restore"});
}

TEST_CASE("voiding takes an edit back, and what it had replaced is in force again", "[merge]")
{
    TwoDesks desks;
    const Change forged = desks.jan.save({write(kVisit, "date", "2026-12-24")});
    const Change after = desks.jan.save({write(kVisit, "note", "z głowy")});
    desks.meet({}, {forged, after});
    const VoidRange range{desks.jan.author(), 1, 1};
    CHECK(desks.anna.state().voidRange(range).empty());
    CHECK(desks.anna.values(kVisit, "date") == std::vector<std::string>{"2026-04-02"});
    CHECK(desks.anna.values(kVisit, "note") == std::vector<std::string>{"z głowy"});
    CHECK(desks.anna.receive(forged).outcome == Outcome::Duplicate);
    CHECK(*desks.anna.state().change(forged.dot) == forged);
    desks.jan.state().voidRange(range);
    CHECK(desks.anna.state().digest() == desks.jan.state().digest());
}

TEST_CASE("nothing waits for a lost change once it is voided", "[merge]")
{
    TwoDesks desks;
    const Change lost = desks.jan.save({write(kVisit, "place", "Polna 1")});
    const Change next = desks.jan.save({write(kVisit, "note", "Pies na podwórku")});
    CHECK(desks.anna.receive(next).outcome == Outcome::Waiting);
    CHECK(desks.anna.state().voidRange({lost.dot.author, 1, 1}) == std::vector{next.dot});
    CHECK(desks.anna.values(kVisit, "note") == std::vector<std::string>{"Pies na podwórku"});
    CHECK(desks.anna.receive(lost).outcome == Outcome::Voided);
    CHECK(desks.anna.values(kVisit, "place").empty());
}

TEST_CASE("voiding the decision of a conflict opens it again", "[merge]")
{
    TwoDesks desks;
    desks.meet(
        {desks.anna.save({write(kVisit, "date", "2026-04-09")})},
        {desks.jan.save({write(kVisit, "date", "2026-04-10")})});
    const Change decision = desks.jan.save({write(kVisit, "date", "2026-04-10")});
    desks.meet({}, {decision});
    CHECK(desks.anna.state().conflicts().empty());
    desks.anna.state().voidRange({decision.dot.author, decision.dot.seq, decision.dot.seq});
    CHECK(desks.anna.state().conflicts() == oneConflict("date"));
}

TEST_CASE("history holds every value a field had, with what its author had seen", "[merge]")
{
    TwoDesks desks;
    const Change jans = desks.jan.save({write(kVisit, "date", "2026-04-10")});
    desks.meet({}, {jans});
    const std::vector<HistoryEntry> history = desks.anna.state().history(kVisit, "date");
    REQUIRE(history.size() == 2);
    CHECK(history[0].value.value == text("2026-04-02"));
    CHECK(history[1].value.value == text("2026-04-10"));
    CHECK(history[1].seen.contains(history[0].value.dot));
    CHECK(desks.anna.state().history(kVisit, kTypeField).front().value.value == text("visit"));
}

}  // namespace teren::test
