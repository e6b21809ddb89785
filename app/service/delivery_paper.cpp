// SPDX-License-Identifier: EUPL-1.2
#include "app/service/delivery_paper.h"

#include "app/service/delivery.h"
#include "crypto/base/base32.h"
#include "crypto/base/hex.h"
#include "sync/net/tls.h"

#include <algorithm>

namespace teren::service {
namespace {

constexpr std::string_view kBegin = "-----BEGIN TEREN DELIVERY-----\n";
constexpr std::string_view kEnd = "-----END TEREN DELIVERY-----\n";
constexpr std::size_t kLine = 64;
constexpr std::size_t kCode = 20;
constexpr std::size_t kGroup = 5;

struct Phrases {
    std::string_view title, caseNumber, person, device, made, office, server, code;
    std::string_view confirmed, confirmedHow, entry, changes, recorded, to, byThen;
    std::string_view rest, seen, unsent, since, sent, lost, nothing;
    std::string_view refused, refusedHow;
    std::string_view holders, holdersBefore, holdersHow, of, said, saidNothing, lacksSince, nobody, nameless;
    std::string_view check, howTo;
};

constexpr Phrases kEnglish{
    "STATEMENT OF DELIVERY",
    "Case: ",
    "Recorded by: ",
    "On the device: ",
    "Made: ",
    "Office: ",
    "Server: ",
    "Code of this statement: ",
    "1. Confirmed by the office's server. Changes: ",
    "The server has signed that its log held these by the time that stands last in each.\n",
    "Entry ",
    ". Changes: ",
    ". Recorded ",
    " to ",
    "On the server by ",
    "2. Not proven here. Changes: ",
    "Found in the server's log by the device itself, without a receipt to show: ",
    "Not confirmed: ",
    ", the oldest recorded ",
    "    handed over, and without a receipt so far: ",
    "    lost by the server after it had confirmed them: ",
    "Nothing: all that was recorded is confirmed.\n",
    "The server refused this device at their last contact: ",
    "It was put back to an older state, or this device was removed. What stands in part 1 it\n"
    "confirmed before that, and may have lost since.\n",
    "3. Whose devices have received and applied it\n",
    "3. On whose devices it is\n",
    "As these devices have told this one; each may read the changes counted behind the stroke.\n",
    " / ",
    ", said ",
    ", has said nothing",
    ", lacks what was recorded ",
    "Nobody else may read this case.\n",
    "a device without a name here",
    "4. How to check it\n",
    "Give the file, not the print, to anybody who has Teren:\n"
    "    terenctl delivery check FILE --fingerprint FINGERPRINT\n"
    "with the fingerprint that the operator of the office's server reads out. No account is\n"
    "needed, and what was written in the case is not in the file.\n"
    "Proven by the server's signatures: which entries of this device it had by when, and how\n"
    "many changes each holds. The word of this device, by its signature: names, kinds, times of\n"
    "recording, and parts 2 and 3.\n"
    "A print belongs to a file if the code on it is the one that the check shows.\n"};

constexpr Phrases kPolish{
    "POTWIERDZENIE DORĘCZENIA",
    "Sprawa: ",
    "Zapisał(a): ",
    "Na urządzeniu: ",
    "Sporządzono: ",
    "Ośrodek: ",
    "Serwer: ",
    "Kod tego dokumentu: ",
    "1. Potwierdzone przez serwer ośrodka. Zmiany: ",
    "Serwer podpisał, że jego dziennik zawierał je najpóźniej w chwili podanej na końcu wpisu.\n",
    "Wpis ",
    ". Zmiany: ",
    ". Zapisano ",
    " do ",
    "Na serwerze najpóźniej ",
    "2. Bez dowodu w tym dokumencie. Zmiany: ",
    "Odnalezione przez samo urządzenie w dzienniku serwera, bez potwierdzenia do okazania: ",
    "Niepotwierdzone: ",
    ", najstarsza zapisana ",
    "    przekazane i jeszcze bez potwierdzenia: ",
    "    utracone przez serwer po potwierdzeniu: ",
    "Nic: wszystko, co zapisano, jest potwierdzone.\n",
    "Serwer odrzucił to urządzenie przy ostatnim kontakcie: ",
    "Cofnięto go do starszego stanu albo usunięto to urządzenie. To, co stoi w części 1,\n"
    "potwierdził przedtem i od tego czasu mógł utracić.\n",
    "3. Czyje urządzenia to przyjęły\n",
    "3. Na czyich urządzeniach to jest\n",
    "Jak podały te urządzenia; każde może czytać tyle zmian, ile stoi za kreską.\n",
    " / ",
    ", podano ",
    ", nic jeszcze nie podano",
    ", brak tego, co zapisano ",
    "Nikt inny nie może czytać tej sprawy.\n",
    "urządzenie bez nazwy",
    "4. Jak to sprawdzić\n",
    "Plik, nie wydruk, może sprawdzić każdy, kto ma Teren:\n"
    "    terenctl delivery check PLIK --fingerprint ODCISK\n"
    "z odciskiem klucza, który poda osoba prowadząca serwer ośrodka. Konto nie jest potrzebne,\n"
    "a tego, co napisano w sprawie, w pliku nie ma.\n"
    "Dowiedzione podpisami serwera: które wpisy tego urządzenia i do kiedy miał oraz ile zmian\n"
    "zawiera każdy z nich. Oświadczenie urządzenia, z jego podpisem: nazwiska, rodzaje, czas\n"
    "zapisania oraz części 2 i 3.\n"
    "Wydruk należy do pliku, jeśli ma ten kod, który pokazuje sprawdzenie.\n"};

/// Lines, each begun by what it is about.
class Page {
public:
    template <typename... Parts>
    Page& line(const Parts&... parts)
    {
        ((text_ += parts), ...);
        text_ += '\n';
        return *this;
    }
    Page& text(std::string_view text)
    {
        text_ += text;
        return *this;
    }
    std::string take() { return std::move(text_); }

private:
    std::string text_;
};

std::string number(std::uint64_t value)
{
    return std::to_string(value);
}

std::string orUnnamed(const std::string& name, const Phrases& phrases)
{
    return name.empty() ? std::string(phrases.nameless) : name;
}

void addHead(
    Page& page, const carrier::DeliveryTold& told, const carrier::Delivered& delivered, ByteView block,
    const Phrases& phrases, const TimeWords& words)
{
    page.line(phrases.title).line();
    page.line(phrases.caseNumber, told.number);
    page.line(phrases.person, orUnnamed(told.person, phrases));
    page.line(phrases.device, told.device, " (", delivered.device.hex(), ")");
    page.line(phrases.made, words.time(told.made));
    page.line(phrases.office, delivered.workspace.hex());
    for (const ledger::ServerKeyPair& keys : delivered.keys)
        page.line(phrases.server, fingerprintText(keys));
    page.line(phrases.code, codeOf(block)).line();
}

void addProven(
    Page& page, const carrier::DeliveryTold& told, const carrier::Delivered& delivered,
    const Phrases& phrases, const TimeWords& words)
{
    const std::uint64_t proven = delivered.changes();
    page.line(phrases.confirmed, number(proven), " / ", number(proven + told.seen + told.unsent));
    page.text(phrases.confirmedHow);
    for (std::size_t i = 0; i < delivered.runs.size(); ++i) {
        const carrier::DeliveredRun& run = delivered.runs[i];
        const carrier::DeliveryTold::Run& said = told.runs[i];
        page.line(
            phrases.entry, number(run.number), phrases.changes, number(run.count), phrases.recorded,
            words.time(said.first), phrases.to, words.time(said.last), ".");
        if (!said.what.empty())
            page.line("    ", said.what, ".");
        page.line("    ", phrases.byThen, words.time(run.confirmed), ".");
    }
    page.line();
}

void addRest(Page& page, const carrier::DeliveryTold& told, const Phrases& phrases, const TimeWords& words)
{
    page.line(phrases.rest, number(told.seen + told.unsent));
    if (told.seen > 0)
        page.line(phrases.seen, number(told.seen));
    if (told.unsent > 0) {
        page.line(
            phrases.unsent, number(told.unsent),
            told.unsentSince ? std::string(phrases.since) + words.time(*told.unsentSince) : std::string());
        page.line(phrases.sent, number(told.sent)).line(phrases.lost, number(told.lost));
    }
    if (told.seen + told.unsent == 0)
        page.text(phrases.nothing);
    if (told.refused)
        page.line(phrases.refused, words.time(*told.refused)).text(phrases.refusedHow);
    page.line();
}

void addHolders(Page& page, const carrier::DeliveryTold& told, const Phrases& phrases, const TimeWords& words)
{
    page.text(told.wording == 0 ? phrases.holdersBefore : phrases.holders);
    page.text(told.holders.empty() ? phrases.nobody : phrases.holdersHow);
    for (const carrier::DeliveryTold::Holder& holder : told.holders) {
        std::string said(phrases.saidNothing);
        if (holder.stated)
            said = std::string(phrases.said) + words.time(*holder.stated);
        if (holder.applied < holder.of && holder.lacksSince)
            said += std::string(phrases.lacksSince) + words.time(*holder.lacksSince);
        page.line(
            orUnnamed(holder.person, phrases), " (", holder.device, "): ", number(holder.applied), phrases.of,
            number(holder.of), said);
    }
    page.line();
}

}  // namespace

std::string codeOf(ByteView block)
{
    const std::string all = toBase32(carrier::deliveryCode(block)).substr(0, kCode);
    std::string code;
    for (std::size_t i = 0; i < all.size(); i += kGroup)
        code += (i == 0 ? "" : "-") + all.substr(i, kGroup);
    return code;
}

std::string fingerprintText(const ledger::ServerKeyPair& keys)
{
    return toHex(net::serverFingerprint(keys.tls, keys.receipt));
}

std::string paperOf(const carrier::DeliveryTold& told, const carrier::Delivered& delivered, ByteView block)
{
    const Phrases& phrases = told.language == carrier::DeliveryTold::Language::Polish ? kPolish : kEnglish;
    const TimeWords words = utcWords();
    Page page;
    addHead(page, told, delivered, block, phrases, words);
    addProven(page, told, delivered, phrases, words);
    addRest(page, told, phrases, words);
    addHolders(page, told, phrases, words);
    page.text(phrases.check).text(phrases.howTo).line();
    page.text(kBegin);
    const std::string base32 = toBase32(block);
    for (std::size_t i = 0; i < base32.size(); i += kLine)
        page.line(base32.substr(i, kLine));
    page.text(kEnd);
    return page.take();
}

Result<Bytes> blockIn(std::string_view text)
{
    const std::size_t begin = text.find(kBegin);
    const std::size_t end = text.rfind(kEnd);
    if (begin == std::string_view::npos || end == std::string_view::npos || end < begin + kBegin.size())
        return fail(Errc::Malformed, "there is no statement of delivery in this file");
    std::string base32(text.substr(begin + kBegin.size(), end - begin - kBegin.size()));
    std::erase(base32, '\n');
    return fromBase32(base32);
}

}  // namespace teren::service
