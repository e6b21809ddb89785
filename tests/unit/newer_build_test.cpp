// SPDX-License-Identifier: EUPL-1.2
#include "app/service/office_parts.h"
#include "app/service/operations.h"
#include "tests/support/two_workers.h"

using namespace teren;
using namespace teren::service;
using teren::test::ServedOffice;
using teren::test::TwoWorkers;

namespace {

/// What a build writes whose schemas and operations this one does not know.
void saveAsNewer(Office& office, const SpaceId& space, std::vector<Op> ops)
{
    const store::SpaceOps save{space, std::move(ops)};
    REQUIRE(office.parts().store->save({&save, 1}));
}

std::string digestOf(Office& office)
{
    const auto digests = office.digests();
    REQUIRE(digests);
    return digests->digest;
}

}  // namespace

TEST_CASE("newer build: a type, a field and a choice that this one lacks survive its edits and its sync")
{
    TwoWorkers two;
    const RecordId plan = RecordId{{1, 2, 3}};
    saveAsNewer(
        *two.anna, two.caseId,
        {insertOp(plan, "plan_of_tomorrow", "m"), assignOp(plan, "aim", "mieszkanie"),
         assignOp(two.card, "field_of_tomorrow", "zostaje")});
    const RecordId head = two.anna->records(two.caseId, "case")->front().id;
    saveAsNewer(*two.anna, two.caseId, {assignOp(head, "referrer_kind", "choice_of_tomorrow")});
    two.exchange();
    REQUIRE(two.marta->setFields(two.card, {{"needs", "szafa"}}));
    REQUIRE(two.marta->setFields(head, {{"place", "Lipowo"}}));
    two.exchange();
    for (Office* office : {two.anna.get(), two.marta.get()}) {
        const auto kept = office->record(plan);
        REQUIRE(kept);
        CHECK(kept->type == "plan_of_tomorrow");
        CHECK(kept->fields.at("aim").text() == "mieszkanie");
        const auto card = office->record(two.card);
        CHECK(card->fields.at("field_of_tomorrow").text() == "zostaje");
        CHECK(card->fields.at("needs").text() == "szafa");
        CHECK(office->record(head)->fields.at("referrer_kind").text() == "choice_of_tomorrow");
        CHECK(office->selfCheck()->ok);
    }
    CHECK(digestOf(*two.anna) == digestOf(*two.marta));
}

TEST_CASE("newer build: a kind of operation that this one lacks is carried on and stops nothing")
{
    TwoWorkers two;
    const auto kindOfTomorrow = static_cast<OpKind>(77);
    saveAsNewer(
        *two.anna, two.caseId,
        {{kindOfTomorrow, two.card, "situation", toBytes(viewOf("?"))},
         assignOp(two.card, "needs", "łóżko")});
    two.exchange();
    const auto jan = two.served.colleague(*two.anna, "Jan");
    for (Office* office : {two.anna.get(), two.marta.get(), jan.get()}) {
        CHECK(office->record(two.card)->fields.at("situation").text() == "base");
        CHECK(office->record(two.card)->fields.at("needs").text() == "łóżko");
        CHECK(office->syncStatus()->waiting == 0);
        CHECK(office->selfCheck()->ok);
    }
    REQUIRE(two.marta->setFields(two.card, {{"situation", "dalej"}}));
    two.exchange();
    CHECK(two.anna->record(two.card)->fields.at("situation").text() == "dalej");
    CHECK(digestOf(*two.anna) == digestOf(*two.marta));
}

TEST_CASE("newer build: states that this one lacks count as the safest, and a deciding person can go on")
{
    TwoWorkers two;
    const RecordId head = two.anna->records(two.caseId, "case")->front().id;
    saveAsNewer(*two.anna, two.caseId, {assignOp(head, "stage", "stage_of_tomorrow")});
    REQUIRE(two.marta->setFields(head, {{"stage", "cofniecie_zgody"}}));
    two.exchange();
    CHECK(two.marta->cases()->front().stage == "stage_of_tomorrow");
    const auto open = two.marta->conflicts();
    REQUIRE(open->size() == 1);
    CHECK(open->front().inForce == "stage_of_tomorrow");
    REQUIRE(two.marta->decide(head, "stage", {.kind = Decision::Kind::KeepSide, .side = 0}));
    two.exchange();
    CHECK(two.anna->cases()->front().stage == "cofniecie_zgody");
}
