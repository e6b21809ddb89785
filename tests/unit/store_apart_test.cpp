// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/store_office.h"

#include "app/store/schema_sql.h"

#include <algorithm>

using namespace teren;
using namespace teren::test;

namespace {

/// Ewa's work reached Jan in one room; Jan went on with it, and Anna has Jan's work only.
struct MissingColleague {
    MissingColleague() : jan(office.join()), ewa(office.join()), space(anna.openCase())
    {
        note = anna.add(space, "note", "text", "raz");
        for (int round = 0; round < 2; ++round)
            for (StoreDevice* device : {&anna, jan.get(), ewa.get()})
                office.sync(*device);
        ewa->save(space, {assignOp(note, "text", "od Ewy")});
        must((*ewa)->sealAll());
        const auto hers = must((*ewa)->segmentsToCarry(false, 1'000'000));
        must((*jan)->storeCarried(hers));
        jan->save(space, {assignOp(note, "date", "2026-11-23")});
        must((*jan)->sealAll());
        auto his = must((*jan)->segmentsToCarry(false, 1'000'000));
        std::erase_if(his, [this](const ledger::Segment& segment) {
            return segment.head.header.device != (*jan)->device();
        });
        must(anna->storeCarried(his));
        must(anna->askAgain());
    }
    void voidEwas(ledger::VoidReason reason)
    {
        const store::AwaitedWork work = must(anna->awaited()).at(0);
        must(anna->queueAct(
            ledger::Void{work.space, work.author.device, work.author.life, work.from, work.to, reason}));
        office.sync(anna);
    }

    StoreOffice office;
    StoreDevice& anna = office.founder();
    std::unique_ptr<StoreDevice> jan;
    std::unique_ptr<StoreDevice> ewa;
    SpaceId space;
    RecordId note;
};

}  // namespace

TEST_CASE_METHOD(
    MissingColleague, "store apart: what waits names the device, and people are told after 7 days", "[store]")
{
    const auto awaited = must(anna->awaited());
    REQUIRE(awaited.size() == 1);
    CHECK(awaited.front().space == space);
    CHECK(awaited.front().author == Author{(*ewa)->device(), (*ewa)->keys().life});
    CHECK(awaited.front().from == 1);
    CHECK(awaited.front().to == 1);
    CHECK(awaited.front().waiting == 1);
    CHECK_FALSE(awaited.front().isHere);
    const auto told = [&] {
        return std::ranges::count_if(must(anna->notices()), [&](const store::Notice& notice) {
            return notice.text.find((*ewa)->device().hex()) != std::string::npos;
        });
    };
    CHECK(told() == 0);
    anna.clock.advance(std::chrono::hours(24 * 6));
    must(anna->askAgain());
    CHECK(told() == 0);
    anna.clock.advance(std::chrono::hours(24));
    anna.reopen();
    must(anna->askAgain());
    must(anna->askAgain());
    CHECK(told() == 1);
    CHECK(must(anna->awaited()).front().since == awaited.front().since);

    // It comes after all: nothing waits, and nothing was lost.
    office.sync(*ewa);
    office.sync(anna);
    CHECK(must(anna->awaited()).empty());
    must(anna->askAgain());
    CHECK(anna.values(note, "text") == std::vector<std::string>{"od Ewy"});
    CHECK(anna.values(note, "date") == std::vector<std::string>{"2026-11-23"});
}

TEST_CASE_METHOD(
    MissingColleague, "store apart: after a void the rest goes on, and the voided work can be adopted",
    "[store]")
{
    CHECK(anna.values(note, "date").empty());
    voidEwas(ledger::VoidReason::Lost);
    CHECK(must(anna->awaited()).empty());
    CHECK(anna.values(note, "date") == std::vector<std::string>{"2026-11-23"});
    CHECK(anna.values(note, "text") == std::vector<std::string>{"raz"});

    // Ewa's device turns up: what it wrote has no effect on any of them, and stays readable.
    for (int round = 0; round < 3; ++round)
        for (StoreDevice* device : {ewa.get(), jan.get(), &anna})
            office.sync(*device);
    for (StoreDevice* device : {ewa.get(), jan.get(), &anna}) {
        CHECK(device->values(note, "text") == std::vector<std::string>{"raz"});
        const auto apart = must((*device)->apart(space));
        REQUIRE(apart.size() == 1);
        CHECK(apart.front().why == store::ApartWork::Why::Voided);
        CHECK(apart.front().reason == store::VoidReason::Lost);
        REQUIRE(apart.front().changes.size() == 1);
        CHECK(textOf(apart.front().changes.front().ops.front().value) == "od Ewy");
        checkSound(*device);
    }

    const Dot hers{{(*ewa)->device(), (*ewa)->keys().life}, 1};
    SECTION("nobody has written there since: it takes its place")
    {
        must(anna->adopt(space, hers));
        CHECK(anna.values(note, "text") == std::vector<std::string>{"od Ewy"});
    }
    SECTION("somebody has: both stand side by side, and a person decides")
    {
        jan->save(space, {assignOp(note, "text", "od Jana")});
        office.sync(*jan);
        office.sync(anna);
        must(anna->adopt(space, hers));
        CHECK(anna.values(note, "text").size() == 2);
    }
    CHECK(
        anna.values(note, std::string(store::kAdoptedField))
        == std::vector<std::string>{
            (*ewa)->device().hex() + ":" + std::to_string((*ewa)->keys().life) + ":1"});
    CHECK(anna->adopt(space, {{(*ewa)->device(), (*ewa)->keys().life}, 2}).error().code == Errc::NotFound);
    for (int round = 0; round < 2; ++round)
        for (StoreDevice* device : {&anna, jan.get(), ewa.get()})
            office.sync(*device);
    CHECK(must(anna->digest(space)) == must((*jan)->digest(space)));
    CHECK(must(anna->digest(space)) == must((*ewa)->digest(space)));
    checkSound(anna);
}

TEST_CASE_METHOD(MissingColleague, "store apart: quarantined work is shown with what it says", "[store]")
{
    office.sync(*ewa);
    const engine::Incoming refused{
        office.log.size(), office.log.back(), ledger::Membership::Verdict::Removed};
    office.fetchStatements(anna);
    must(anna->storePage(std::span(&refused, 1), office.log.size()));
    const auto apart = must(anna->apart(space));
    REQUIRE(apart.size() == 1);
    CHECK(apart.front().why == store::ApartWork::Why::Quarantined);
    CHECK(apart.front().verdict == static_cast<int>(ledger::Membership::Verdict::Removed));
    REQUIRE(apart.front().changes.size() == 1);
    CHECK(must(anna->awaited()).front().isHere);
    must(anna->adopt(space, apart.front().changes.front().dot));
    CHECK(anna.values(note, "text") == std::vector<std::string>{"od Ewy"});
    voidEwas(ledger::VoidReason::Refused);
    CHECK(anna.values(note, "date") == std::vector<std::string>{"2026-11-23"});
    checkSound(anna);
}
