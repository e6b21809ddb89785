// SPDX-License-Identifier: EUPL-1.2
// What people are told of how this device stands.
#include "app/service/apart.h"
#include "app/service/eviction.h"
#include "app/service/office_parts.h"
#include "crypto/base/limits.h"
#include "tests/support/seeded.h"
#include "tests/support/two_workers.h"

using namespace teren;
using namespace teren::service;
using teren::test::ServedOffice;
using teren::test::TwoWorkers;

namespace {

/// What the device of `office` has that the server lacks, sealed.
std::vector<ledger::Segment> unsentOf(Office& office)
{
    store::WorkspaceStore& store = *office.parts().store;
    REQUIRE(store.sealAll());
    const auto segments = store.segmentsToCarry(false, 1'000'000);
    REQUIRE(segments);
    return *segments;
}

}  // namespace

TEST_CASE("status: a clock that is off is told of, whichever way, and one that is right is not")
{
    ServedOffice served;
    served.founder("Anna").reset();
    for (const int way : {1, -1, 0}) {
        INFO("way " << way);
        test::ManualClock clock;
        clock.set(platform::SystemClock().now() + way * 2 * limits::kClockOffTold);
        Surroundings around = served.around();
        const auto anna = Office::open(
            served.folderOf("Anna"), ServedOffice::kPassphrase, {clock, around.random, around.schemas});
        REQUIRE(anna);
        REQUIRE((*anna)->newCase("Rodzina próbna", {}));  // The server tells its time with what it receives.
        ServedOffice::sync(**anna);
        const auto status = (*anna)->syncStatus();
        REQUIRE(status);
        CHECK(status->isClockWrong == (way != 0));
        REQUIRE(status->clockLead.has_value());
        CHECK((way == 0 || (status->clockLead > std::chrono::milliseconds(0)) == (way > 0)));
    }
}

TEST_CASE("status: a case with a field in two versions stays on the device")
{
    TwoWorkers two;
    REQUIRE(two.anna->setFields(two.card, {{"situation", "Anny"}}));
    REQUIRE(two.marta->setFields(two.card, {{"situation", "Marty"}}));
    const auto cases = two.anna->records(two.caseId, "case");
    REQUIRE((cases && cases->size() == 1));
    REQUIRE(two.anna->setFields(cases->front().id, {{"stage", "rezygnacja"}}));
    two.exchange();
    two.exchange();
    const auto refused = evictCase(*two.anna, two.caseId);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::Refused);
    CHECK(refused.error().detail.contains("1 field(s) with two versions"));
    CHECK(evictedCases(*two.anna).empty());
}

TEST_CASE("status: work that is waited for is overdue after seven days, and not called lost before")
{
    TwoWorkers two;
    const auto ewa = two.served.colleague(*two.anna, "Ewa");
    two.exchange();
    ServedOffice::sync(*ewa);
    two.anna.reset();
    test::ManualClock clock(platform::SystemClock().now());
    Surroundings around = two.served.around();
    const auto opened = Office::open(
        two.served.folderOf("Anna"), ServedOffice::kPassphrase, {clock, around.random, around.schemas});
    REQUIRE(opened);
    Office& anna = **opened;

    // Ewa goes on from what Marta gave her, and only what is Ewa's reaches Anna.
    REQUIRE(two.marta->setFields(two.card, {{"situation", "Marty"}}));
    const std::vector<ledger::Segment> gift = unsentOf(*two.marta);
    REQUIRE(ewa->parts().store->storeCarried(gift));
    REQUIRE(ewa->setFields(two.card, {{"expectations", "Ewy"}}));
    std::vector<ledger::Segment> hers = unsentOf(*ewa);
    const DeviceId marta = two.marta->parts().store->device();
    std::erase_if(hers, [&](const ledger::Segment& one) { return one.head.header.device == marta; });
    REQUIRE(anna.parts().store->storeCarried(hers));
    REQUIRE(anna.parts().store->askAgain());

    VoidWish wish;
    wish.caseId = two.caseId;
    wish.device = marta;
    wish.ground = VoidGround::Lost;
    clock.advance(std::chrono::days(7) - std::chrono::milliseconds(1));
    REQUIRE(waitingFor(anna)->size() == 1);
    CHECK_FALSE(waitingFor(anna)->front().overdue);
    CHECK(voidWork(anna, wish).error().detail.contains("less than 7 days"));
    clock.advance(std::chrono::milliseconds(1));
    CHECK(waitingFor(anna)->front().overdue);
    REQUIRE(voidWork(anna, wish));
    CHECK(waitingFor(anna)->empty());
}
