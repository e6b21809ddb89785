// SPDX-License-Identifier: EUPL-1.2
// What became of somebody's work, in a sentence. Names stand in the nominative in Polish: how a name changes
// in other cases is nobody's guess.
#include "app/service/delivery.h"
#include "crypto/base/iso_time.h"

namespace teren::service {
namespace {

struct Phrases {
    std::string_view confirmed, of, last, none, unsent, since, sent, lost, onAll, notYet, notYetSince,
        unknown;
};

constexpr Phrases kEnglish{
    "Confirmed by the server: ",
    " of ",
    ", last ",
    "Nothing was written on this device",
    "; not confirmed: ",
    ", the oldest since ",
    ", of these handed over without a receipt so far: ",
    ", of these lost by the server after it had confirmed them: ",
    "; on the devices of ",
    "; not yet on ",
    ", since ",
    "a device without a name here"};

constexpr Phrases kPolish{
    "Potwierdzone przez serwer: ",
    " z ",
    ", ostatnio ",
    "Na tym urządzeniu niczego nie zapisano",
    "; niepotwierdzone: ",
    ", najstarsze od ",
    ", w tym przekazane i jeszcze bez potwierdzenia: ",
    ", w tym utracone przez serwer po potwierdzeniu: ",
    "; na urządzeniach: ",
    "; jeszcze nie na: ",
    ", od ",
    "urządzenie bez nazwy"};

std::string nameOf(const HolderView& holder, const Phrases& phrases)
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
        return std::string(phrases.none) + ".";
    std::string text = std::string(phrases.confirmed) + std::to_string(delivery.confirmed)
        + std::string(phrases.of) + std::to_string(delivery.total);
    if (delivery.confirmed > 0 && delivery.confirmedAt)
        text += std::string(phrases.last) + words.time(*delivery.confirmedAt);
    if (delivery.unsent > 0) {
        text += std::string(phrases.unsent) + std::to_string(delivery.unsent);
        if (delivery.unsentSince)
            text += std::string(phrases.since) + words.time(*delivery.unsentSince);
        if (delivery.sent > 0)
            text += std::string(phrases.sent) + std::to_string(delivery.sent);
        if (delivery.lost > 0)
            text += std::string(phrases.lost) + std::to_string(delivery.lost);
    }
    return text + holdersInWords(delivery, phrases, words) + ".";
}

}  // namespace teren::service
