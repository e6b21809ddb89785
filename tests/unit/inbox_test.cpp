// SPDX-License-Identifier: EUPL-1.2
#include "app/service/attachments.h"
#include "app/service/conflict_inbox.h"
#include "app/service/sync_overview.h"
#include "tests/support/two_workers.h"

using namespace teren;
using namespace teren::service;
using teren::test::TwoWorkers;

namespace {

std::vector<OpenConflict> inbox(Office& office)
{
    const Result<std::vector<OpenConflict>> found = conflictInbox(office);
    REQUIRE(found);
    return *found;
}

SyncOverview overview(Office& office, std::size_t limit = 50)
{
    const Result<SyncOverview> found = syncOverview(office, limit);
    REQUIRE(found);
    return *found;
}

}  // namespace

TEST_CASE("inbox: a conflict waits for who wrote it, or for the family's key worker where one is named")
{
    TwoWorkers two;
    CHECK(inbox(*two.anna).empty());
    REQUIRE(two.anna->setFields(two.card, {{"expectations", "Anny"}}));
    REQUIRE(two.marta->setFields(two.card, {{"expectations", "Marty"}}));
    two.exchange();
    std::vector<OpenConflict> open = inbox(*two.anna);
    REQUIRE(open.size() == 1);
    CHECK(open[0].isMine);
    std::ranges::sort(open[0].owners);
    CHECK(open[0].owners == std::vector<std::string>{"Anna", "Marta"});
    // From when there were two versions, and not from when the first of them was written.
    REQUIRE(open[0].view.sides.size() == 2);
    CHECK(open[0].since == std::max(open[0].view.sides[0].by.at, open[0].view.sides[1].by.at));

    REQUIRE(two.anna->setFields(two.card, {{"key_worker", "Marta"}}));
    two.exchange();
    REQUIRE(inbox(*two.anna).size() == 1);
    CHECK_FALSE(inbox(*two.anna)[0].isMine);
    CHECK(inbox(*two.anna)[0].owners == std::vector<std::string>{"Marta"});
    CHECK(inbox(*two.marta)[0].isMine);
}

TEST_CASE("inbox: the one that waits longest comes first, whatever its case and name")
{
    TwoWorkers two;
    const auto conflict = [&](const char* field) {
        REQUIRE(two.anna->setFields(two.card, {{field, "Anny"}}));
        REQUIRE(two.marta->setFields(two.card, {{field, "Marty"}}));
    };
    conflict("strengths");
    conflict("expectations");
    two.exchange();
    const std::vector<OpenConflict> open = inbox(*two.marta);
    REQUIRE(open.size() == 2);
    CHECK(open[0].view.field == "strengths");
    CHECK(open[0].since <= open[1].since);
}

TEST_CASE("traffic: a case counts what is unsent and confirmed of it, the unsent ones first")
{
    TwoWorkers two;
    SyncOverview before = overview(*two.anna);
    REQUIRE(before.cases.size() == 1);
    CHECK(before.cases[0].unsent == 0);
    CHECK(before.cases[0].confirmed == 2);
    CHECK_FALSE(before.cases[0].oldestUnsent);
    CHECK(before.unsentCases == 0);

    const auto other = two.anna->newCase("Druga rodzina", "LIP/2");
    REQUIRE(other);
    const SyncOverview after = overview(*two.anna);
    REQUIRE(after.cases.size() == 2);
    CHECK(after.cases[0].caseId == other->id);
    CHECK(after.cases[0].title == "Druga rodzina");
    CHECK(after.cases[0].number == "LIP/2");
    CHECK(after.cases[0].unsent == 1);
    CHECK(after.cases[0].oldestUnsent);
    CHECK(after.unsentCases == 1);
    CHECK(after.missing.empty());
    const SyncOverview few = overview(*two.anna, 1);
    CHECK(few.cases.size() == 1);
    CHECK(few.caseCount == 2);
    // What others wrote is none of this device's work.
    CHECK(overview(*two.marta).cases.empty());
}

TEST_CASE("traffic: a profile without an office has nothing under way")
{
    test::ServedOffice served;
    const auto alone = served.profile("Zofia");
    CHECK(overview(*alone).cases.empty());
    CHECK_FALSE(askForContent(*alone, {}, {}));
}
