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
           "handed over without a receipt so far: 1; received and applied by the devices of Anna "
           "Sowa (AS-1); not yet by Jan Kot "
           "(JK-1), since 3.11.");
    CHECK(
        inWords(sample(), Language::Polish, kPlain)
        == "Potwierdzone przez serwer: 3 z 5, ostatnio 14:02; niepotwierdzone: 2, najstarsze od 14:02, w tym "
           "przekazane i jeszcze bez potwierdzenia: 1; przyjęły urządzenia: Anna Sowa (AS-1); jeszcze nie "
           "przyjęły: "
           "Jan "
           "Kot (JK-1), od 3.11.");
    CHECK(inWords({}, Language::English, kPlain) == "Nothing was written on this device.");
    CHECK(utcWords().time(kNow).ends_with(" UTC"));
}

TEST_CASE("delivery words: overdue work, work that was removed from here, and a refusal are said")
{
    DeliveryView view;
    view.total = 4;
    view.confirmed = 3;
    view.away = 2;
    view.unsent = 1;
    view.unsentSince = kNow;
    view.overdue = true;
    view.refusal = ServerRefusal{"not-a-member", kNow};
    CHECK(
        inWords(view, Language::English, kPlain)
        == "Confirmed by the server: 3 of 4, of these in cases removed from this device to save room: 2; not "
           "confirmed: 1, the oldest since 14:02, for more than 24 hours; at the last contact, 14:02, the "
           "server refused this device: it was put back to an older state, and may have lost what it "
           "confirmed, or this device was removed.");
    CHECK(
        inWords(view, Language::Polish, kPlain)
        == "Potwierdzone przez serwer: 3 z 4, w tym w sprawach usuniętych z tego urządzenia dla oszczędności "
           "miejsca: 2; niepotwierdzone: 1, najstarsze od 14:02, od ponad doby; przy ostatnim kontakcie, "
           "14:02, serwer odrzucił to urządzenie: cofnięto go do starszego stanu i mógł utracić to, co "
           "potwierdził, albo usunięto to urządzenie.");
    view = {};
    view.refusal = ServerRefusal{"no-room", kNow};
    CHECK(
        inWords(view, Language::English, kPlain)
        == "Nothing was written on this device; at the last contact, 14:02, the server took nothing: its "
           "disk "
           "is full.");
}

TEST_CASE("delivery words: what neither the server nor this device holds is said, and who may have it")
{
    EvictedCase away;
    away.number = "AS-1/2026/001";
    away.changes = 5;
    away.lost = 2;
    away.mayHave = {{"2", "Jan Kot", "JK-1"}, {"3", "", "0123abcd"}};
    DeliveryView view;
    view.total = view.confirmed = 3;
    view.lostAway = {away};
    const std::string english
        = "; the server was put back and no longer holds all of cases removed from this "
          "device: AS-1/2026/001 (2 of 5 changes missing there; may still be on the "
          "devices of Jan Kot (JK-1), a device without a name here (0123abcd)); do not "
          "call them lost: a newer backup of the server, or a sync of those who have "
          "the case, brings them back.";
    CHECK(inWords(view, Language::English, kPlain) == "Confirmed by the server: 3 of 3" + english);
    CHECK(
        inWords(view, Language::Polish, kPlain)
        == "Potwierdzone przez serwer: 3 z 3; serwer cofnięto i nie ma on już w całości spraw usuniętych z "
           "tego urządzenia: AS-1/2026/001 (2 z 5 zmian tam brakuje; mogą je mieć urządzenia: Jan Kot "
           "(JK-1), "
           "urządzenie bez nazwy (0123abcd)); nie uznawaj ich za stracone: przywróci je nowsza kopia "
           "zapasowa "
           "serwera albo synchronizacja tych, którzy mają sprawę.");
    // All that was written here was in that case.
    view.total = view.confirmed = 0;
    CHECK(
        inWords(view, Language::English, kPlain)
        == "Nothing that was written on this device is here or at the server" + english);
}

}  // namespace teren::service
