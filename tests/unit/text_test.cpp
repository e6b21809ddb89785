// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/text.h"

#include "tests/support/catch.h"
#include "tests/support/seeded.h"

namespace teren::domain {

TEST_CASE("text: folding makes what people type and what is stored meet", "[domain]")
{
    CHECK(fold("Łódź") == "lodz");
    CHECK(fold("LODZ") == "lodz");
    CHECK(fold("Zażółć GĘŚLĄ jaźń") == "zazolc gesla jazn");
    CHECK(
        fold("Lo\xCC\x81"
             "dz\xCC\x81")
        == "lodz");
    CHECK(fold("Straße ﬁlia № 5") == "strasse filia no 5");
    CHECK(fold("Příliš Đorđe Øre") == "prilis dorde ore");
    CHECK(fold("Київ").size() == std::string("київ").size());
}

TEST_CASE("text: a folded text knows where its bytes came from", "[domain]")
{
    const FoldedText folded = foldWithOrigins("w Łodzi");
    CHECK(folded.text == "w lodzi");
    CHECK(folded.origins == std::vector<std::size_t>{0, 1, 2, 4, 5, 6, 7});
}

TEST_CASE("text: folding any bytes ends, and folding twice changes nothing", "[domain]")
{
    test::SeededRandom random(11);
    for (int round = 0; round < 2'000; ++round) {
        std::string text(random.below(24), '\0');
        for (char& c : text)
            c = static_cast<char>(random.chance(50) ? random.below(256) : 'a' + random.below(26));
        const FoldedText once = foldWithOrigins(text);
        REQUIRE(once.origins.size() == once.text.size());
        for (const std::size_t origin : once.origins)
            REQUIRE(origin < text.size());
    }
    for (const char* text : {"Łódź", "İstanbul", "ǅ", "ﬃ", "ẞ", "Ⅻ", "²"})
        CHECK(fold(fold(text)) == fold(text));
}

TEST_CASE("text: a line has nothing unseen that steers or turns what is read", "[domain]")
{
    const char* const unseen[]
        = {"\x01",         "\x1b",         "\x7f",         "\xC2\x80",     "\xC2\x9B",     "\xD8\x9C",
           "\xE2\x80\x8E", "\xE2\x80\x8F", "\xE2\x80\xAA", "\xE2\x80\xAE", "\xE2\x81\xA6", "\xE2\x81\xA9"};
    for (const std::string mark : unseen) {
        CHECK(tidyLine(mark + "Anna" + mark + " Sowa" + mark) == "Anna Sowa");
        CHECK(tidyLine(mark + " " + mark).empty());
    }
    CHECK(tidyLine("Rodzina\xE2\x80\xA8Próbna") == "Rodzina Próbna");
    CHECK(tidyLine("Łucja O’Hara – Київ 👩‍👧") == "Łucja O’Hara – Київ 👩‍👧");
}

TEST_CASE("text: words are runs of letters and digits", "[domain]")
{
    CHECK(
        words("ul. dluga 5a/7,  pcpr-ostrow")
        == std::vector<std::string_view>{"ul", "dluga", "5a", "7", "pcpr", "ostrow"});
    CHECK(words("...").empty());
    CHECK(words("").empty());
}

}  // namespace teren::domain
