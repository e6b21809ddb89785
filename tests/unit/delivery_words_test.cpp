// SPDX-License-Identifier: EUPL-1.2
#include "app/service/delivery.h"
#include "crypto/base/limits.h"
#include "tests/support/catch.h"
#include "tests/support/seeded.h"

namespace teren::service {
namespace {

const Instant kNow = test::ManualClock().now();

DeliveryView sample()
{
    DeliveryView view;
    view.total = 5;
    view.confirmed = 3;
    view.unsent = 2;
    view.sent = 1;
    view.confirmedAt = kNow;
    view.unsentSince = kNow - std::chrono::hours(1);
    view.holders
        = {{"1", "Anna Sowa", "AS-1", 5, 5, kNow, {}},
           {"2", "Jan Kot", "JK-1", 1, 5, {}, kNow - std::chrono::hours(48)}};
    return view;
}

const TimeWords kPlain{
    [](Instant) { return std::string("14:02"); }, [](Instant) { return std::string("3.11"); }};

}  // namespace

TEST_CASE("delivery words: work counts as overdue after a day without a receipt")
{
    CHECK_FALSE(isOverdue({}, kNow));
    CHECK_FALSE(isOverdue(kNow - limits::kUnsentAlarm + std::chrono::milliseconds(1), kNow));
    CHECK(isOverdue(kNow - limits::kUnsentAlarm, kNow));
    CHECK_FALSE(isOverdue(kNow + std::chrono::hours(1), kNow));  // The clock was put back.
}

TEST_CASE("delivery words: one sentence says what is where, in both languages")
{
    CHECK(
        inWords(sample(), Language::English, kPlain)
        == "Confirmed by the server: 3 of 5, last 14:02; not confirmed: 2, the oldest since 14:02, of these "
           "handed over without a receipt so far: 1; on the devices of Anna Sowa (AS-1); not yet on Jan Kot "
           "(JK-1), since 3.11.");
    CHECK(
        inWords(sample(), Language::Polish, kPlain)
        == "Potwierdzone przez serwer: 3 z 5, ostatnio 14:02; niepotwierdzone: 2, najstarsze od 14:02, w tym "
           "przekazane i jeszcze bez potwierdzenia: 1; na urządzeniach: Anna Sowa (AS-1); jeszcze nie na: "
           "Jan "
           "Kot (JK-1), od 3.11.");
    CHECK(inWords({}, Language::English, kPlain) == "Nothing was written on this device.");
    CHECK(utcWords().time(kNow).ends_with(" UTC"));
}

}  // namespace teren::service
