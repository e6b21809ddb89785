// SPDX-License-Identifier: EUPL-1.2
#include "sync/merge/text_merge.h"

#include "tests/support/catch.h"

namespace teren::test {
namespace {

using Kind = TextSpan::Kind;

constexpr const char* kBase = "Rodzina oczekuje pomocy w znalezieniu pracy i zajęć dla dzieci po szkole.";
constexpr const char* kMother
    = "Rodzina oczekuje pomocy w znalezieniu pracy dla matki na pół etatu i zajęć dla dzieci po szkole.";
constexpr const char* kClub
    = "Rodzina oczekuje pomocy w znalezieniu pracy i dojazdu dzieci do świetlicy w Lipowie.";

}  // namespace

TEST_CASE("text merge: two people change different parts of one sentence", "[merge]")
{
    CHECK(
        mergeTexts(kBase, kMother, kClub)
        == "Rodzina oczekuje pomocy w znalezieniu pracy dla matki na pół etatu i dojazdu dzieci do świetlicy "
           "w "
           "Lipowie.");
}

TEST_CASE("word diff: an addition and a replacement, as the conflict page marks them", "[merge]")
{
    const std::vector<TextSpan> mother{
        {Kind::Equal, "Rodzina oczekuje pomocy w znalezieniu pracy "},
        {Kind::Added, "dla matki na pół etatu "},
        {Kind::Equal, "i zajęć dla dzieci po szkole."},
    };
    CHECK(wordDiff(kBase, kMother) == mother);
    const std::vector<TextSpan> club{
        {Kind::Equal, "Rodzina oczekuje pomocy w znalezieniu pracy i "},
        {Kind::Removed, "zajęć dla dzieci po szkole"},
        {Kind::Added, "dojazdu dzieci do świetlicy w Lipowie"},
        {Kind::Equal, "."},
    };
    CHECK(wordDiff(kBase, kClub) == club);
}

TEST_CASE("word diff: from nothing, to nothing, and none", "[merge]")
{
    CHECK(wordDiff("", "Praca") == std::vector<TextSpan>{{Kind::Added, "Praca"}});
    CHECK(wordDiff("Praca", "") == std::vector<TextSpan>{{Kind::Removed, "Praca"}});
    CHECK(wordDiff("Praca", "Praca") == std::vector<TextSpan>{{Kind::Equal, "Praca"}});
    CHECK(wordDiff("", "").empty());
}

TEST_CASE("word diff: one common word amid changes does not tear a change apart", "[merge]")
{
    const std::vector<TextSpan> spans{
        {Kind::Removed, "Matka nie pracuje"},
        {Kind::Added, "Ojciec nie pije"},
        {Kind::Equal, "."},
    };
    CHECK(wordDiff("Matka nie pracuje.", "Ojciec nie pije.") == spans);
}

TEST_CASE("text merge: the same words changed differently are for a person to decide", "[merge]")
{
    CHECK_FALSE(mergeTexts("Troje dzieci.", "Czworo dzieci.", "Pięcioro dzieci.").has_value());
    CHECK_FALSE(mergeTexts("dwoje dzieci", "troje dzieci", "dwoje dorosłych").has_value());
    CHECK_FALSE(mergeTexts("", "Anna pisze", "Jan pisze").has_value());
    CHECK_FALSE(mergeTexts("Notatka.", "", "Notatka z wizyty.").has_value());
}

TEST_CASE("text merge: the same change on both sides counts once", "[merge]")
{
    CHECK(mergeTexts("Troje dzieci.", "Czworo dzieci.", "Czworo dzieci.") == "Czworo dzieci.");
    CHECK(mergeTexts("", "to samo", "to samo") == "to samo");
}

TEST_CASE("text merge: neighbouring paragraphs are changed by each", "[merge]")
{
    CHECK(
        mergeTexts("Matka.\n\nOjciec.\n", "Matka pracuje.\n\nOjciec.\n", "Matka.\n\nOjciec chory.\n")
        == "Matka pracuje.\n\nOjciec chory.\n");
}

TEST_CASE("text merge: a paragraph added by one, another changed by the other", "[merge]")
{
    CHECK(
        mergeTexts("Jeden.\nDwa.\nTrzy.\n", "Jeden.\nPółtora.\nDwa.\nTrzy.\n", "Jeden.\nDwa.\nTrzy i pół.\n")
        == "Jeden.\nPółtora.\nDwa.\nTrzy i pół.\n");
}

TEST_CASE("text merge: two paragraphs put in at one place have no order of their own", "[merge]")
{
    CHECK_FALSE(mergeTexts("Jeden.\nDwa.\n", "Jeden.\nAnna.\nDwa.\n", "Jeden.\nJan.\nDwa.\n").has_value());
    // One puts a paragraph in where the other rewrites the next one.
    CHECK_FALSE(mergeTexts("Jeden.\nDwa.\n", "Jeden.\nAnna.\nDwa.\n", "Jeden.\nDwie.\n").has_value());
}

TEST_CASE("text merge: a paragraph deleted by one and untouched by the other is gone", "[merge]")
{
    CHECK(
        mergeTexts("Jeden.\nDwa.\nTrzy.\n", "Jeden.\nTrzy.\n", "Jeden!\nDwa.\nTrzy.\n") == "Jeden!\nTrzy.\n");
}

TEST_CASE("text merge: dashes, quotes and hard spaces are not letters", "[merge]")
{
    const std::vector<TextSpan> spans{
        {Kind::Equal, "„"},
        {Kind::Removed, "Dom"},
        {Kind::Added, "Las"},
        {Kind::Equal, "”\xC2\xA0– 5\xC2\xA0km"},
    };
    CHECK(wordDiff("„Dom”\xC2\xA0– 5\xC2\xA0km", "„Las”\xC2\xA0– 5\xC2\xA0km") == spans);
}

}  // namespace teren::test
