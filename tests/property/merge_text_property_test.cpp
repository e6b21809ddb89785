// SPDX-License-Identifier: EUPL-1.2
//
// Goal: a proposed text holds both sides' edits and nothing of anybody's own invention.
//
// Methodology: texts are generated from a few words and line ends, so that they share much and differ a
// little; what is proposed is checked by laws that need no second implementation.
#include "sync/merge/sequence_diff.h"
#include "sync/merge/text_merge.h"

#include "tests/support/property.h"

#include <numeric>

namespace teren::test {
namespace {

rc::Gen<std::string> texts()
{
    const auto words = rc::gen::container<std::vector<std::string>>(
        rc::gen::element<std::string>("matka", "praca", "dom", "i", ",", "\n"));
    return rc::gen::map(words, [](const std::vector<std::string>& all) {
        std::string text;
        for (const std::string& word : all)
            text += word + (word == "\n" ? "" : " ");
        return text;
    });
}

/// A text with a few words of it changed; sometimes to a word that nothing else has.
std::string edited(const std::string& base)
{
    std::string side = base;
    for (int edits = *rc::gen::inRange(0, 3); edits > 0 && !side.empty(); --edits) {
        const std::size_t at = side.find(' ', *rc::gen::inRange<std::size_t>(0, side.size()));
        if (at != std::string::npos)
            side.replace(
                at, *rc::gen::element<std::size_t>(0, 1),
                *rc::gen::element<std::string>(" Łąka ", "\nŁąka ", " "));
    }
    return side;
}

std::string joinedWithout(const std::vector<TextSpan>& spans, TextSpan::Kind kind)
{
    std::string text;
    for (const TextSpan& span : spans)
        if (span.kind != kind)
            text += span.text;
    return text;
}

/// The length of the longest common subsequence, by the textbook.
std::size_t commonLength(
    const std::vector<std::string_view>& left, const std::vector<std::string_view>& right)
{
    std::vector<std::size_t> row(right.size() + 1, 0);
    for (const std::string_view token : left) {
        std::size_t diagonal = 0;
        for (std::size_t i = 0; i < right.size(); ++i) {
            const std::size_t above = row[i + 1];
            row[i + 1] = token == right[i] ? diagonal + 1 : std::max(above, row[i]);
            diagonal = above;
        }
    }
    return row.back();
}

std::vector<std::string_view> letters(const std::string& text)
{
    std::vector<std::string_view> all;
    for (std::size_t i = 0; i < text.size(); ++i)
        all.push_back(std::string_view(text).substr(i, 1));
    return all;
}

}  // namespace

TEST_CASE("word diff law: without the additions it is the base, without the removals the side", "[merge]")
{
    checkLaw([] {
        const std::string base = *texts();
        const std::string side = *rc::gen::oneOf(texts(), rc::gen::exec([&] { return edited(base); }));
        const std::vector<TextSpan> spans = wordDiff(base, side);
        RC_ASSERT(joinedWithout(spans, TextSpan::Kind::Added) == base);
        RC_ASSERT(joinedWithout(spans, TextSpan::Kind::Removed) == side);
    });
}

TEST_CASE("sequence diff law: the shortest way, and equal between the hunks", "[merge]")
{
    checkLaw([] {
        const std::string base = *texts();
        const std::string side = *texts();
        const auto left = letters(base);
        const auto right = letters(side);
        std::size_t common = left.size();
        std::size_t offset = 0;  // Of the side against the base, plus the base's size to stay positive.
        for (const Hunk& hunk : diffSequences(left, right)) {
            common -= hunk.baseTo - hunk.baseFrom;
            RC_ASSERT(hunk.baseFrom < hunk.baseTo || hunk.sideFrom < hunk.sideTo);
            RC_ASSERT(offset + hunk.baseFrom == hunk.sideFrom);
            offset += (hunk.sideTo - hunk.sideFrom) - (hunk.baseTo - hunk.baseFrom);
        }
        RC_ASSERT(common == commonLength(left, right));
    });
}

TEST_CASE("text merge law: the order of the sides does not matter", "[merge]")
{
    checkLaw(
        [] {
            const std::string base = *texts();
            const std::string left = edited(base);
            const std::string right = edited(base);
            RC_ASSERT(mergeTexts(base, left, right) == mergeTexts(base, right, left));
        },
        500);
}

TEST_CASE("text merge law: against no edit, or the same edit, the result is the edit", "[merge]")
{
    checkLaw(
        [] {
            const std::string base = *texts();
            const std::string side = *rc::gen::oneOf(texts(), rc::gen::exec([&] { return edited(base); }));
            RC_ASSERT(mergeTexts(base, side, base) == side);
            RC_ASSERT(mergeTexts(base, base, side) == side);
            RC_ASSERT(mergeTexts(base, side, side) == side);
        },
        500);
}

TEST_CASE("text merge law: every word that one side added is in the proposal", "[merge]")
{
    checkLaw(
        [] {
            const std::string base = *texts();
            const std::string left = edited(base);
            std::string right = edited(base);
            const auto count = [](const std::string& text, std::string_view word) {
                std::size_t found = 0;
                for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1))
                    ++found;
                return found;
            };
            for (std::size_t at = right.find("Łąka"); at != std::string::npos; at = right.find("Łąka"))
                right.replace(at, std::string_view("Łąka").size(), "Rzeka");
            const std::optional<std::string> both = mergeTexts(base, left, right);
            RC_PRE(both.has_value());
            RC_ASSERT(count(*both, "Łąka") == count(left, "Łąka"));
            RC_ASSERT(count(*both, "Rzeka") == count(right, "Rzeka"));
        },
        300);
}

TEST_CASE("text merge: a long text that was wholly rewritten takes bounded time", "[merge]")
{
    std::string base;
    std::string side;
    for (int i = 0; i < 20'000; ++i) {
        base += "a" + std::to_string(i) + " ";
        side += "b" + std::to_string(i) + " ";
    }
    CHECK(wordDiff(base, side).size() <= 4);
    CHECK(mergeTexts(base, side, base) == side);
}

}  // namespace teren::test
