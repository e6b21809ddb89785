// SPDX-License-Identifier: EUPL-1.2
#include "app/service/changes.h"
#include "tests/support/served_office.h"

using namespace teren;
using namespace teren::service;
using teren::test::ServedOffice;

namespace {

/// Anna and Marta of one office; a case with a note that both have and that both have looked at.
struct TwoPeople {
    TwoPeople() : anna(served.founder("Anna")), marta(served.colleague(*anna, "Marta"))
    {
        const auto made = anna->newCase("Rodzina próbna", {});
        REQUIRE(made);
        caseId = made->id;
        const auto added = anna->addRecord(caseId, "note", {{"text", "pierwsza"}});
        REQUIRE(added);
        note = *added;
        exchange();
        lookAll(*anna);
        lookAll(*marta);
    }
    void exchange()
    {
        ServedOffice::sync(*anna);
        ServedOffice::sync(*marta);
        ServedOffice::sync(*anna);
    }
    static NewsOverview overview(Office& office)
    {
        const Result<NewsOverview> found = Changes(office).overview();
        REQUIRE(found);
        return *found;
    }
    static ChangeList unseen(Office& office, std::size_t limit = Changes::kPage)
    {
        const Result<ChangeList> found = Changes(office).unseen({}, limit);
        REQUIRE(found);
        return *found;
    }
    static void lookAll(Office& office) { REQUIRE(Changes(office).markSeen(overview(office).seen)); }
    std::vector<HistoryItem> history(Office& office) const
    {
        const auto found = office.history(note);
        REQUIRE(found);
        return *found;
    }

    ServedOffice served;
    std::unique_ptr<Office> anna;
    std::unique_ptr<Office> marta;
    CaseId caseId;
    RecordId note;
};

}  // namespace

TEST_CASE("changes: what a colleague did is news until it was looked at, and one's own is none")
{
    TwoPeople two;
    CHECK(TwoPeople::overview(*two.anna).cases.empty());
    REQUIRE(two.anna->setFields(two.note, {{"text", "poprawiona"}}));
    REQUIRE(two.anna->addRecord(two.caseId, "task", {{"title", "Zadzwonić do szkoły"}}));
    CHECK(TwoPeople::overview(*two.anna).cases.empty());
    two.exchange();
    CHECK(TwoPeople::overview(*two.anna).cases.empty());

    const NewsOverview news = TwoPeople::overview(*two.marta);
    REQUIRE(news.cases.size() == 1);
    CHECK(news.caseCount == 1);
    CHECK(news.newCases == 0);
    CHECK(news.changes == 2);
    CHECK(news.cases.front().title == "Rodzina próbna");
    CHECK(news.cases.front().changes == 2);
    CHECK(news.cases.front().authors == std::vector<std::string>{"Anna"});

    const ChangeList list = TwoPeople::unseen(*two.marta);
    REQUIRE(list.items.size() == 2);
    CHECK(list.items[0].kind == ChangeKind::Created);
    CHECK(list.items[0].type == "task");
    CHECK(list.items[0].recordTitle == "Zadzwonić do szkoły");
    CHECK(list.items[0].fields == std::vector<std::string>{"title"});
    CHECK(list.items[1].kind == ChangeKind::Edited);
    CHECK(list.items[1].record == two.note);
    CHECK(list.items[1].by.author == "Anna");
    CHECK_FALSE(list.items[1].by.mine);
    CHECK_FALSE(list.more);

    // What comes while the list is read is not looked at with it.
    REQUIRE(two.anna->setFields(two.note, {{"text", "znów"}}));
    two.exchange();
    REQUIRE(Changes(*two.marta).markSeen(list.seen));
    REQUIRE(TwoPeople::unseen(*two.marta).items.size() == 1);
    TwoPeople::lookAll(*two.marta);
    CHECK(TwoPeople::unseen(*two.marta).items.empty());
    // An older list that is closed later takes nothing back.
    REQUIRE(Changes(*two.marta).markSeen(list.seen));
    CHECK(TwoPeople::unseen(*two.marta).items.empty());
}

TEST_CASE("changes: a case that came for the first time is new, deletions and returns say what they are")
{
    TwoPeople two;
    const auto other = two.anna->newCase("Druga rodzina", {});
    REQUIRE(other);
    two.exchange();
    const NewsOverview news = TwoPeople::overview(*two.marta);
    REQUIRE(news.cases.size() == 1);
    CHECK(news.newCases == 1);
    CHECK(news.cases.front().isNew);
    TwoPeople::lookAll(*two.marta);

    REQUIRE(two.anna->deleteRecord(two.note, "pomyłka"));
    two.exchange();
    ChangeList list = TwoPeople::unseen(*two.marta);
    REQUIRE(list.items.size() == 1);
    CHECK(list.items.front().kind == ChangeKind::Deleted);
    CHECK(list.items.front().deleted);
    CHECK(list.items.front().recordTitle == "pierwsza");
}

TEST_CASE("changes: a long absence is told in pages, and by case")
{
    TwoPeople two;
    for (int i = 0; i < 5; ++i)
        REQUIRE(two.anna->setFields(two.note, {{"text", "wersja " + std::to_string(i)}}));
    const auto other = two.anna->newCase("Druga rodzina", {});
    REQUIRE(other);
    two.exchange();
    const ChangeList page = TwoPeople::unseen(*two.marta, 3);
    CHECK(page.items.size() == 3);
    CHECK(page.more);
    CHECK(page.items.front().caseTitle == "Druga rodzina");
    const Result<NewsOverview> one = Changes(*two.marta).overview(1);
    REQUIRE(one);
    CHECK(one->cases.size() == 1);
    CHECK(one->caseCount == 2);
    const auto ofCase = Changes(*two.marta).unseen(two.caseId);
    REQUIRE(ofCase);
    CHECK(ofCase->items.size() == 5);
    CHECK(std::ranges::all_of(ofCase->items, [&](const auto& item) { return item.caseId == two.caseId; }));
}

TEST_CASE("changes: since a time everybody's are told, one's own as such")
{
    TwoPeople two;
    REQUIRE(two.marta->setFields(two.note, {{"text", "Marty"}}));
    two.exchange();
    const auto all = Changes(*two.anna).since({}, two.caseId);
    REQUIRE(all);
    REQUIRE(all->items.size() == 3);
    CHECK(all->items[0].by.author == "Marta");
    CHECK(all->items[2].kind == ChangeKind::Created);
    CHECK(all->items[2].type == "case");
    CHECK(all->items[2].by.mine);
    const auto late = Changes(*two.anna).since(all->items[0].by.at, {});
    REQUIRE(late);
    CHECK(late->items.size() == 1);
    const auto few = Changes(*two.anna).since({}, {}, 1);
    REQUIRE(few);
    CHECK(few->items.size() == 1);
    CHECK(few->more);
}

TEST_CASE("history: a field that is only corrected says by whom, and what counts")
{
    TwoPeople two;
    REQUIRE(two.marta->setFields(two.note, {{"text", "poprawka Marty"}}));
    two.exchange();
    const std::vector<HistoryItem> items = two.history(*two.anna);
    REQUIRE(items.size() == 3);
    CHECK(items[0].kind == HistoryKind::Created);
    CHECK(items[1].kind == HistoryKind::Written);
    CHECK_FALSE(items[1].inForce);
    REQUIRE(items[1].amendedBy);
    CHECK(items[1].amendedBy->author == "Marta");
    CHECK(items[2].kind == HistoryKind::Amended);
    CHECK(items[2].oldValue == "pierwsza");
    CHECK(items[2].inForce);
    CHECK_FALSE(items[2].amendedBy);
}

TEST_CASE("history: a decision is told with what it was about, on every device")
{
    TwoPeople two;
    REQUIRE(two.anna->setFields(two.note, {{"text", "Anny"}}));
    REQUIRE(two.marta->setFields(two.note, {{"text", "Marty"}}));
    two.exchange();
    const auto conflicts = two.anna->conflicts();
    REQUIRE(conflicts);
    REQUIRE(conflicts->size() == 1);
    Decision third;
    third.kind = Decision::Kind::WriteValue;
    third.value = "trzecia";
    REQUIRE(two.anna->decide(two.note, "text", third));
    two.exchange();
    for (Office* office : {two.anna.get(), two.marta.get()}) {
        const std::vector<HistoryItem> items = two.history(*office);
        REQUIRE(items.size() == 5);
        CHECK(items[4].kind == HistoryKind::Decided);
        CHECK(items[4].decidedOver == std::vector<std::string>{"Anny", "Marty"});
        CHECK(items[4].newValue == "trzecia");
        CHECK(std::ranges::count_if(items, [](const auto& item) { return item.inForce; }) == 2);
    }
}

TEST_CASE(
    "history: two people who decide apart have both decided, and a record kept against a deletion is back")
{
    TwoPeople two;
    REQUIRE(two.anna->setFields(two.note, {{"text", "Anny"}}));
    REQUIRE(two.marta->setFields(two.note, {{"text", "Marty"}}));
    two.exchange();
    Decision third;
    third.kind = Decision::Kind::WriteValue;
    third.value = "trzecia";
    REQUIRE(two.anna->decide(two.note, "text", third));
    third.value = "czwarta";
    REQUIRE(two.marta->decide(two.note, "text", third));
    two.exchange();
    const std::vector<HistoryItem> items = two.history(*two.anna);
    CHECK(std::ranges::count(items, HistoryKind::Decided, &HistoryItem::kind) == 2);

    REQUIRE(two.anna->deleteRecord(two.note, "podwójna"));
    REQUIRE(two.anna->setFields(two.note, {{"text", "jednak"}}));
    const auto history = two.anna->recordHistory(two.note);
    REQUIRE(history);
    CHECK(history->presence == Presence::Alive);
    CHECK(history->caseTitle == "Rodzina próbna");
    const auto deleted = std::ranges::find(history->items, HistoryKind::Deleted, &HistoryItem::kind);
    REQUIRE(deleted != history->items.end());
    CHECK(deleted->newValue == "podwójna");
}
