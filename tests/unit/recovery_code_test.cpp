// SPDX-License-Identifier: EUPL-1.2
#include "crypto/recovery_code.h"

#include "tests/support/catch.h"
#include "tests/support/seeded.h"

#include <algorithm>

namespace teren {
namespace {

using Kind = CodeProblem::Kind;

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

std::string sampleText(std::uint64_t seed)
{
    test::SeededRandom random(seed);
    return RecoveryCode::generate(random).text();
}

/// Without the dashes.
std::string plain(std::string text)
{
    std::erase(text, '-');
    return text;
}

}  // namespace

TEST_CASE("recovery code: seven groups of five, without letters that look alike, other each time", "[vault]")
{
    test::SeededRandom random(7);
    const RecoveryCode code = RecoveryCode::generate(random);
    const std::string text = code.text();
    REQUIRE(text.size() == 7 * 5 + 6);
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (at % 6 == 5)
            CHECK(text[at] == '-');
        else
            CHECK(kAlphabet.find(text[at]) != std::string_view::npos);
    }
    CHECK(code.secret().size() * 5 == 130);
    CHECK(RecoveryCode::generate(random).text() != text);
    // Golden: a printed code has to be readable for ever.
    CHECK(sampleText(1) == "D1799-N3HRP-96T0N-J00G9-00DPX-ARYW3-K777G");
}

TEST_CASE("recovery code: is read in either case, with look-alikes, blanks and dashes anywhere", "[vault]")
{
    test::SeededRandom random(8);
    const RecoveryCode code = RecoveryCode::generate(random);
    std::string typed = " " + code.text() + "\n";
    std::ranges::transform(
        typed, typed.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    std::ranges::replace(typed, '0', 'o');
    std::ranges::replace(typed, '1', 'l');
    std::ranges::replace(typed, '-', ' ');
    const auto read = RecoveryCode::fromTyped(typed);
    REQUIRE(read);
    CHECK(read->secret() == code.secret());
    CHECK(read->text() == code.text());
    CHECK_FALSE(RecoveryCode::problemIn(plain(code.text())));
}

TEST_CASE("recovery code: may have gone through a word processor", "[vault]")
{
    test::SeededRandom random(9);
    const RecoveryCode code = RecoveryCode::generate(random);
    for (const std::string between :
         {"\xE2\x80\x93", "\xC2\xA0\xE2\x80\x94\xC2\xA0", "\xE2\x80\x91", " \xE2\x88\x92\xE2\x80\xAF"}) {
        std::string typed = "\xEF\xBB\xBF";
        for (const char c : code.text())
            typed += c == '-' ? between : std::string(1, c);
        const auto read = RecoveryCode::fromTyped(typed);
        REQUIRE(read);
        CHECK(read->text() == code.text());
    }
    // A blank of another kind is one of three bytes: none of them alone is.
    CHECK_FALSE(RecoveryCode::fromTyped("\xE2" + code.text()));
    CHECK_FALSE(RecoveryCode::fromTyped("\x80" + code.text()));
}

TEST_CASE("recovery code: any one wrong character names its group", "[vault]")
{
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const std::string right = plain(sampleText(seed));
        for (std::size_t at = 0; at < right.size(); ++at) {
            for (const char other : kAlphabet) {
                if (other == right[at])
                    continue;
                std::string wrong = right;
                wrong[at] = other;
                const auto problem = RecoveryCode::problemIn(wrong);
                REQUIRE(problem == CodeProblem{Kind::Group, at / 5 + 1});
            }
        }
    }
}

TEST_CASE(
    "recovery code: two exchanged characters of a group, or two groups, name the first of them", "[vault]")
{
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        const std::string right = plain(sampleText(seed));
        for (std::size_t left = 0; left < right.size(); ++left) {
            for (std::size_t other = left + 1; other < left / 5 * 5 + 5; ++other) {
                if (right[left] == right[other])
                    continue;
                std::string wrong = right;
                std::swap(wrong[left], wrong[other]);
                REQUIRE(RecoveryCode::problemIn(wrong) == CodeProblem{Kind::Group, left / 5 + 1});
            }
        }
        for (std::size_t first = 0; first < 7; ++first) {
            for (std::size_t second = first + 1; second < 7; ++second) {
                std::string wrong = right;
                std::swap_ranges(
                    wrong.begin() + std::ptrdiff_t(first * 5), wrong.begin() + std::ptrdiff_t(first * 5 + 5),
                    wrong.begin() + std::ptrdiff_t(second * 5));
                REQUIRE(RecoveryCode::problemIn(wrong) == CodeProblem{Kind::Group, first + 1});
            }
        }
    }
}

TEST_CASE("recovery code: what is missing, too much or not a letter of codes is told as such", "[vault]")
{
    const std::string right = plain(sampleText(3));
    for (std::size_t size = 0; size < right.size(); ++size)
        REQUIRE(
            RecoveryCode::problemIn(right.substr(0, size)) == CodeProblem{Kind::Incomplete, size / 5 + 1});
    CHECK(RecoveryCode::problemIn(right + "0") == CodeProblem{Kind::TooLong, 0});
    std::string strange = right;
    strange[12] = 'U';
    CHECK(RecoveryCode::problemIn(strange) == CodeProblem{Kind::Character, 3});
    CHECK(RecoveryCode::problemIn("ż" + right) == CodeProblem{Kind::Character, 1});
    CHECK(RecoveryCode::problemIn(std::string(100'000, '0'))->kind == Kind::Group);

    strange[12] = right[12] == '2' ? '3' : '2';
    CHECK(
        RecoveryCode::fromTyped(strange).error()
        == Error{Errc::Invalid, "recovery code: group 3 of 7 is mistyped"});
}

TEST_CASE("recovery code: what the check of a group misses, the check of the whole finds", "[vault]")
{
    // All pairs of characters that may stand at two places of the first group.
    const std::string right = plain(sampleText(4));
    std::size_t missedByGroup = 0;
    std::size_t missed = 0;
    for (const char first : kAlphabet) {
        for (const char second : kAlphabet) {
            std::string wrong = right;
            wrong[0] = first;
            wrong[1] = second;
            if (wrong == right)
                continue;
            const auto problem = RecoveryCode::problemIn(wrong);
            missed += problem ? 0 : 1;
            missedByGroup += !problem || problem->kind == Kind::Whole ? 1 : 0;
        }
    }
    CHECK(missedByGroup == 31);
    CHECK(missed == 0);
}

}  // namespace teren
