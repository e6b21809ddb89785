// SPDX-License-Identifier: EUPL-1.2
#include "app/service/passphrase_strength.h"

#include "tests/support/catch.h"

#include <algorithm>
#include <array>

using namespace teren;
using namespace teren::service;

namespace {

const std::vector<std::string> kKnown{"Grażyna Sołtysik-Brzost", "GOPS Lipnica Dolna"};

bool helpsWith(const PassphraseStrength& strength, PassphraseHelp help)
{
    return std::ranges::find(strength.help, help) != strength.help.end();
}

}  // namespace

TEST_CASE("passphrase: what everybody tries is refused, whatever is added to it")
{
    constexpr std::array kWeak{
        "haslo123",         "password1",         "aaaaaaaaaaaa",  "Kowalska1970", "qwertyuiop123",
        "12345678901234",   "Polska2024!",       "polskapolska",  "Marysia1985",  "kochamcie123",
        "abcdefghijklmnop", "haslohaslohaslo",   "zaq12wsx",      "!QAZ2wsx3EDC", "Jan.Kowalski.1970",
        "marzec2026marzec", "P@ssw0rd!",         "iloveyou12",    "Hasło.2026",   "maria kowalska 2026",
        "Administrator1!",  "warszawa warszawa", "1q2w3e4r5t",    "moje haslo",   "31.12.1999",
        "anna maria kasia", "ĄĄĄĄĄĄĄĄĄĄĄĄ",      "Żabka Kotek 12"};
    for (const char* weak : kWeak) {
        INFO(weak);
        const PassphraseStrength strength = passphraseStrength(weak, kKnown);
        REQUIRE_FALSE(strength.accepted);
        CHECK(strength.score < 3);
        CHECK(strength.help.back() == PassphraseHelp::AddWords);
    }
}

TEST_CASE("passphrase: a few ordinary words that have nothing to do with one another are accepted")
{
    constexpr std::array kGood{
        "zielona-lipa-nad-stawem",
        "siedem-lip-przy-starym-moscie",
        "dwa-bociany-nad-mokra-laka",
        "correct horse battery staple",
        "zażółć gęślą jaźń",
        "trzymaj wode z dala",
        "hT7#kq2Lm9",
        "rower kasztan perkoz walizka",
        "Bociek na stodole gubi kalosz",
        "perkoz7walizka"};
    for (const char* good : kGood) {
        INFO(good);
        const PassphraseStrength strength = passphraseStrength(good, kKnown);
        CHECK(strength.accepted);
        CHECK(strength.score >= 3);
        CHECK(strength.help.empty());
    }
}

TEST_CASE("passphrase: names of the person and the office are known to whoever guesses")
{
    constexpr std::array kOfHers{
        "soltysikbrzost", "Grazyna.Soltysik!", "lipnica-dolna-gops", "SoltysikBrzost1970"};
    for (const char* hers : kOfHers) {
        INFO(hers);
        const PassphraseStrength strength = passphraseStrength(hers, kKnown);
        CHECK_FALSE(strength.accepted);
        CHECK(helpsWith(strength, PassphraseHelp::KnownWord));
    }
}

TEST_CASE("passphrase: an office and its place are known to whoever guesses, before there is an office")
{
    constexpr std::array kOffices{"gopslipowo2026",   "GOPS Lipowo 2026!", "mops-gdansk-1",
                                  "pcpr.krosno.2025", "Lipowo_GOPS_2026",  "ops w Lipnicy Dolnej",
                                  "Teren-Lipowo-7",   "gminaRzezawa#1",    "GOPSŁękawica2026",
                                  "2026mgopsbrzesko"};
    for (const char* office : kOffices) {
        INFO(office);
        const PassphraseStrength strength = passphraseStrength(office, {});
        CHECK_FALSE(strength.accepted);
        CHECK(helpsWith(strength, PassphraseHelp::KnownWord));
    }
    for (const char* good : {"gops ma dach z kasztanow i perkozow", "opsyda kalosz perkoz walizka rower"})
        CHECK(passphraseStrength(good, {}).accepted);
}

TEST_CASE("passphrase: the help says what is wrong")
{
    CHECK(helpsWith(passphraseStrength("kotek", {}), PassphraseHelp::TooShort));
    CHECK(helpsWith(passphraseStrength(std::string(1'025, 'x'), {}), PassphraseHelp::TooLong));
    CHECK(helpsWith(passphraseStrength("12345678\xff", {}), PassphraseHelp::NotText));
    CHECK(
        helpsWith(passphraseStrength(std::string("lipa\0lipa-nad-stawem", 20), {}), PassphraseHelp::NotText));
    CHECK(helpsWith(passphraseStrength("aaaaaaaaaaaa", {}), PassphraseHelp::Repeat));
    CHECK(helpsWith(passphraseStrength("abcdefghijkl", {}), PassphraseHelp::Sequence));
    CHECK(helpsWith(passphraseStrength("Kowalska1970", {}), PassphraseHelp::DateOrYear));
    CHECK(helpsWith(passphraseStrength("Kowalska1970", {}), PassphraseHelp::CommonWord));
    const Status refused = checkStrength("haslo123", {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::Invalid);
    // What was typed is in no message.
    CHECK(refused.error().detail.find("haslo") == std::string::npos);
    CHECK(refused.error().detail.find("four or more words") != std::string::npos);
}

TEST_CASE("passphrase: any bytes are judged without harm")
{
    std::string text;
    for (int i = 1; i < 256; ++i)
        text += static_cast<char>(i);
    CHECK_FALSE(passphraseStrength(text, {}).accepted);
    CHECK(passphraseStrength(std::string(1'024, 'x'), {}).accepted == false);
    std::string polish;
    for (int i = 0; i < 200; ++i)
        polish += "żółw ";
    CHECK_FALSE(passphraseStrength(polish, {polish, "\xff\xff\xff", ""}).accepted);
}
