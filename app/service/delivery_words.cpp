// SPDX-License-Identifier: EUPL-1.2
// What became of somebody's work, in a sentence. Names stand in the nominative in Polish: how a name changes
// in other cases is nobody's guess.
#include "app/service/delivery.h"
#include "crypto/base/iso_time.h"

namespace teren::service {
namespace {

struct Phrases {
    std::string_view confirmed, of, last, none, unsent, since, overdue, sent, lost, onAll, notYet,
        notYetSince, unknown, away, refused, refusedThen, full, nowhere, lostAway, missing, mayHave, lostEnd;
};

constexpr Phrases kEnglish{
    "Confirmed by the server: ",
    " of ",
    ", last ",
    "Nothing was written on this device",
    "; not confirmed: ",
    ", the oldest since ",
    ", for more than 24 hours",
    ", of these handed over without a receipt so far: ",
    ", of these lost by the server after it had confirmed them: ",
    "; received and applied by the devices of ",
    "; not yet by ",
    ", since ",
    "a device without a name here",
    ", of these in cases removed from this device to save room: ",
    "; at the last contact, ",
    ", the server refused this device: it was put back to an older state, and may have lost what it "
    "confirmed, or this device was removed",
    ", the server took nothing: ",
    "Nothing that was written on this device is here or at the server",
    "; the server was put back and no longer holds all of cases removed from this device: ",
    " changes missing there",
    "; may still be on the devices of ",
    "; do not call them lost: a newer backup of the server, or a sync of those who have the case, brings "
    "them "
    "back"};

constexpr Phrases kPolish{
    "Potwierdzone przez serwer: ",
    " z ",
    ", ostatnio ",
    "Na tym urządzeniu niczego nie zapisano",
    "; niepotwierdzone: ",
    ", najstarsze od ",
    ", od ponad doby",
    ", w tym przekazane i jeszcze bez potwierdzenia: ",
    ", w tym utracone przez serwer po potwierdzeniu: ",
    "; przyjęły urządzenia: ",
    "; jeszcze nie przyjęły: ",
    ", od ",
    "urządzenie bez nazwy",
    ", w tym w sprawach usuniętych z tego urządzenia dla oszczędności miejsca: ",
    "; przy ostatnim kontakcie, ",
    ", serwer odrzucił to urządzenie: cofnięto go do starszego stanu i mógł utracić to, co potwierdził, albo "
    "usunięto to urządzenie",
    ", serwer niczego nie przyjął: ",
    "Niczego, co zapisano na tym urządzeniu, nie ma tu ani na serwerze",
    "; serwer cofnięto i nie ma on już w całości spraw usuniętych z tego urządzenia: ",
    " zmian tam brakuje",
    "; mogą je mieć urządzenia: ",
    "; nie uznawaj ich za stracone: przywróci je nowsza kopia zapasowa serwera albo synchronizacja tych, "
    "którzy mają sprawę"};

/// Of a `HolderView` or a `CaseReader`.
std::string nameOf(const auto& holder, const Phrases& phrases)
{
    return (holder.person.empty() ? std::string(phrases.unknown) : holder.person) + " (" + holder.device
        + ")";
}

std::string holdersInWords(const DeliveryView& delivery, const Phrases& phrases, const TimeWords& words)
{
    std::string with;
    std::string without;
    for (const HolderView& holder : delivery.holders) {
        std::string& list = holder.hasAll() ? with : without;
        list += (list.empty() ? "" : ", ") + nameOf(holder, phrases);
        if (!holder.hasAll() && holder.lacksSince)
            list += std::string(phrases.notYetSince) + words.day(*holder.lacksSince);
    }
    return (with.empty() ? "" : std::string(phrases.onAll) + with)
        + (without.empty() ? "" : std::string(phrases.notYet) + without);
}

/// Of cases that were removed from here: what is neither here nor at the server.
std::string lostAwayInWords(const DeliveryView& delivery, const Phrases& phrases)
{
    std::string cases;
    for (const EvictedCase& away : delivery.lostAway) {
        std::string readers;
        for (const CaseReader& reader : away.mayHave)
            readers += (readers.empty() ? "" : ", ") + nameOf(reader, phrases);
        cases += (cases.empty() ? "" : ", ") + away.number + " (" + std::to_string(away.lost)
            + std::string(phrases.of) + std::to_string(away.changes) + std::string(phrases.missing)
            + (readers.empty() ? "" : std::string(phrases.mayHave) + readers) + ")";
    }
    return cases.empty() ? cases : std::string(phrases.lostAway) + cases + std::string(phrases.lostEnd);
}

std::string refusalInWords(const DeliveryView& delivery, Language language, const TimeWords& words)
{
    if (!delivery.refusal)
        return {};
    const bool isPolish = language == Language::Polish;
    const Phrases& phrases = isPolish ? kPolish : kEnglish;
    const std::string at = std::string(phrases.refused) + words.time(delivery.refusal->at);
    if (delivery.refusal->isOfDevice())
        return at + std::string(phrases.refusedThen);
    std::string why = delivery.refusal->why;
    if (why == "no-room")
        why = isPolish ? "jego dysk jest pełny" : "its disk is full";
    return at + std::string(phrases.full) + why;
}

}  // namespace

TimeWords utcWords()
{
    return {
        [](Instant at) {
            const std::string iso = isoUtc(at);
            return iso.substr(0, 10) + " " + iso.substr(11, 5) + " UTC";
        },
        [](Instant at) { return isoUtc(at).substr(0, 10); }};
}

std::string inWords(const DeliveryView& delivery, Language language, const TimeWords& words)
{
    const Phrases& phrases = language == Language::Polish ? kPolish : kEnglish;
    if (delivery.total == 0)
        return std::string(delivery.lostAway.empty() ? phrases.none : phrases.nowhere)
            + lostAwayInWords(delivery, phrases) + refusalInWords(delivery, language, words) + ".";
    std::string text = std::string(phrases.confirmed) + std::to_string(delivery.confirmed)
        + std::string(phrases.of) + std::to_string(delivery.total);
    if (delivery.confirmed > 0 && delivery.confirmedAt)
        text += std::string(phrases.last) + words.time(*delivery.confirmedAt);
    if (delivery.away > 0)
        text += std::string(phrases.away) + std::to_string(delivery.away);
    if (delivery.unsent > 0) {
        text += std::string(phrases.unsent) + std::to_string(delivery.unsent);
        if (delivery.unsentSince)
            text += std::string(phrases.since) + words.time(*delivery.unsentSince);
        if (delivery.overdue)
            text += phrases.overdue;
        if (delivery.sent > 0)
            text += std::string(phrases.sent) + std::to_string(delivery.sent);
        if (delivery.lost > 0)
            text += std::string(phrases.lost) + std::to_string(delivery.lost);
    }
    return text + lostAwayInWords(delivery, phrases) + holdersInWords(delivery, phrases, words)
        + refusalInWords(delivery, language, words) + ".";
}

}  // namespace teren::service
