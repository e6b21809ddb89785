// SPDX-License-Identifier: EUPL-1.2
#include "sync/merge/text_merge.h"

#include "sync/merge/sequence_diff.h"

#include <algorithm>
#include <array>
#include <span>

namespace teren {
namespace {

using Pieces = std::vector<std::string_view>;

enum class CharClass { Word, Space, Mark };

struct Char {
    CharClass kind;
    std::size_t length;  ///< Bytes.
};

/// ASCII by its kind; of the rest, the dashes and quotes of U+2000 to U+207F are marks, the no-break space is
/// space, and everything else is taken for a letter. Bytes of one character are never torn apart.
Char charAt(std::string_view text)
{
    const auto byte = static_cast<unsigned char>(text.front());
    if (byte >= 0x80) {
        if (text.starts_with("\xC2\xA0"))
            return {CharClass::Space, 2};
        if (text.starts_with("\xE2\x80") || text.starts_with("\xE2\x81"))
            return {CharClass::Mark, std::min<std::size_t>(3, text.size())};
        return {CharClass::Word, 1};
    }
    if (byte <= ' ' || byte == 0x7F)
        return {CharClass::Space, 1};
    const bool isWord
        = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
    return {isWord ? CharClass::Word : CharClass::Mark, 1};
}

bool isWord(std::string_view piece)
{
    return charAt(piece).kind == CharClass::Word;
}

/// Words, runs of space, and single marks. Joined they are the text.
Pieces wordsOf(std::string_view text)
{
    Pieces pieces;
    while (!text.empty()) {
        const Char first = charAt(text);
        std::size_t length = first.length;
        while (first.kind != CharClass::Mark && length < text.size()
               && charAt(text.substr(length)).kind == first.kind)
            length += charAt(text.substr(length)).length;
        pieces.push_back(text.substr(0, length));
        text.remove_prefix(length);
    }
    return pieces;
}

/// Paragraphs, each with the line ends after it. Joined they are the text.
Pieces paragraphsOf(std::string_view text)
{
    Pieces pieces;
    while (!text.empty()) {
        const std::size_t lineEnd = std::min(text.find('\n'), text.size());
        const std::size_t next = std::min(text.find_first_not_of("\r\n", lineEnd), text.size());
        pieces.push_back(text.substr(0, next));
        text.remove_prefix(next);
    }
    return pieces;
}

std::string joined(std::span<const std::string_view> pieces)
{
    std::string text;
    for (const std::string_view piece : pieces)
        text += piece;
    return text;
}

std::span<const std::string_view> part(const Pieces& pieces, std::size_t from, std::size_t to)
{
    return std::span(pieces).subspan(from, to - from);
}

/// The hunks of a word diff, without islands: two changes with at most one untouched word between them
/// are one change to a reader, and half of it would make no sense in a merged sentence.
std::vector<Hunk> wordHunks(const Pieces& base, const Pieces& side)
{
    std::vector<Hunk> hunks;
    for (const Hunk& hunk : diffSequences(base, side)) {
        const bool isIsland = !hunks.empty()
            && std::ranges::count_if(part(base, hunks.back().baseTo, hunk.baseFrom), isWord) <= 1;
        if (!isIsland) {
            hunks.push_back(hunk);
            continue;
        }
        hunks.back().baseTo = hunk.baseTo;
        hunks.back().sideTo = hunk.sideTo;
    }
    return hunks;
}

/// How one level of a text is cut and merged.
struct Level {
    std::vector<Hunk> (*hunks)(const Pieces& base, const Pieces& side);
    /// Whether a hunk that starts at `from` belongs to the region that ends at `to`. `isInsertion`: one of
    /// the two takes no room in the base.
    bool (*touches)(const Pieces& base, std::size_t to, std::size_t from, bool isInsertion);
    /// Merges a region that both sides have changed differently.
    std::optional<std::string> (*descend)(const std::string&, const std::string&, const std::string&);
};

/// One side of a merge, and how far it has been read.
struct Side {
    const Pieces& pieces;
    std::vector<Hunk> hunks;
    std::size_t next = 0;      ///< The first hunk not read yet.
    std::size_t position = 0;  ///< In `pieces`, where everything before is merged.

    const Hunk* peek() const { return next < hunks.size() ? &hunks[next] : nullptr; }
};

/// A stretch of the base, and which hunks of each side lie in it.
struct Region {
    std::size_t from = 0;
    std::size_t to = 0;
    std::array<bool, 2> changed{};
};

/// The side whose next change comes first in the base; nullptr if there are no more.
Side* earliestOf(std::span<Side, 2> sides)
{
    Side* earliest = nullptr;
    for (Side& side : sides)
        if (side.peek() && (!earliest || side.peek()->baseFrom < earliest->peek()->baseFrom))
            earliest = &side;
    return earliest;
}

/// The earliest change and everything that touches it, from both sides. There is one.
Region nextRegion(const Pieces& base, std::span<Side, 2> sides, const Level& level)
{
    Region region;
    region.from = region.to = earliestOf(sides)->peek()->baseFrom;
    for (bool isFirst = true; Side* side = earliestOf(sides); isFirst = false) {
        const Hunk& hunk = *side->peek();
        const bool isInsertion = region.from == region.to || hunk.baseFrom == hunk.baseTo;
        if (!isFirst && !level.touches(base, region.to, hunk.baseFrom, isInsertion))
            break;
        region.to = std::max(region.to, hunk.baseTo);
        region.changed[side == sides.data() ? 0 : 1] = true;
        ++side->next;
    }
    return region;
}

/// The side's text for a region of the base, given how far its hunks have been read.
std::string textFor(Side& side, std::size_t merged, const Region& region)
{
    const std::size_t from = side.position + (region.from - merged);
    // Behind the last hunk that was read, base and side run in step.
    const Hunk last = side.next > 0 ? side.hunks[side.next - 1] : Hunk{};
    side.position = last.sideTo + (region.to - last.baseTo);
    return joined(part(side.pieces, from, side.position));
}

std::optional<std::string> merge(
    const Pieces& base, const Pieces& left, const Pieces& right, const Level& level)
{
    std::array<Side, 2> sides{Side{left, level.hunks(base, left)}, Side{right, level.hunks(base, right)}};
    std::string text;
    std::size_t merged = 0;  // In `base`.
    while (sides[0].peek() || sides[1].peek()) {
        const Region region = nextRegion(base, sides, level);
        text += joined(part(base, merged, region.from));
        const std::string before = joined(part(base, region.from, region.to));
        const std::string ours = textFor(sides[0], merged, region);
        const std::string theirs = textFor(sides[1], merged, region);
        merged = region.to;
        if (region.changed[0] && region.changed[1] && ours != theirs) {
            const std::optional<std::string> both = level.descend(before, ours, theirs);
            if (!both)
                return std::nullopt;
            text += *both;
        } else {
            text += region.changed[0] ? ours : theirs;
        }
    }
    return text + joined(part(base, merged, base.size()));
}

bool wordsTouch(const Pieces& base, std::size_t to, std::size_t from, bool /*isInsertion*/)
{
    return from < to || std::ranges::none_of(part(base, to, from), isWord);
}

/// Neighbouring paragraphs are independent; only of two texts put in at one place the order would be a guess.
bool paragraphsTouch(const Pieces& /*base*/, std::size_t to, std::size_t from, bool isInsertion)
{
    return from < to || (from == to && isInsertion);
}

std::optional<std::string> overlap(const std::string&, const std::string&, const std::string&)
{
    return std::nullopt;
}

std::optional<std::string> mergeWords(
    const std::string& base, const std::string& left, const std::string& right)
{
    constexpr Level kWords{wordHunks, wordsTouch, overlap};
    return merge(wordsOf(base), wordsOf(left), wordsOf(right), kWords);
}

std::vector<Hunk> paragraphHunks(const Pieces& base, const Pieces& side)
{
    return diffSequences(base, side);
}

}  // namespace

std::vector<TextSpan> wordDiff(std::string_view base, std::string_view side)
{
    const Pieces basePieces = wordsOf(base);
    const Pieces sidePieces = wordsOf(side);
    std::vector<TextSpan> spans;
    const auto add = [&](TextSpan::Kind kind, std::span<const std::string_view> pieces) {
        if (!pieces.empty())
            spans.push_back({kind, joined(pieces)});
    };
    std::size_t equalFrom = 0;
    for (const Hunk& hunk : wordHunks(basePieces, sidePieces)) {
        add(TextSpan::Kind::Equal, part(basePieces, equalFrom, hunk.baseFrom));
        add(TextSpan::Kind::Removed, part(basePieces, hunk.baseFrom, hunk.baseTo));
        add(TextSpan::Kind::Added, part(sidePieces, hunk.sideFrom, hunk.sideTo));
        equalFrom = hunk.baseTo;
    }
    add(TextSpan::Kind::Equal, part(basePieces, equalFrom, basePieces.size()));
    return spans;
}

std::optional<std::string> mergeTexts(std::string_view base, std::string_view left, std::string_view right)
{
    constexpr Level kParagraphs{paragraphHunks, paragraphsTouch, mergeWords};
    return merge(paragraphsOf(base), paragraphsOf(left), paragraphsOf(right), kParagraphs);
}

}  // namespace teren
