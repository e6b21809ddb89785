// SPDX-License-Identifier: EUPL-1.2
#include "sync/merge/sequence_diff.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>

namespace teren {
namespace {

using Token = std::uint32_t;
using Tokens = std::vector<Token>;

/// Steps of Myers' algorithm before it gives up; it keeps about the square of this in memory, times 4 bytes.
constexpr std::int32_t kStepsMax = 2'000;

struct Match {
    std::size_t base;
    std::size_t side;
};

/// For each step d, the furthest `base` position on each diagonal k in [-d, d], at index k + d.
using Trace = std::vector<std::vector<std::int32_t>>;

/// How the path comes onto diagonal k in step d: from which one, and where it stands then.
struct Step {
    std::int32_t from;
    std::int32_t x;
};

Step stepTo(std::int32_t k, std::int32_t d, const Trace& trace)
{
    if (d == 0)
        return {k, 0};
    const auto at = [&](std::int32_t diagonal) {
        return trace[static_cast<std::size_t>(d - 1)][static_cast<std::size_t>(diagonal + d - 1)];
    };
    const bool isInsertion = k == -d || (k != d && at(k - 1) < at(k + 1));
    return isInsertion ? Step{k + 1, at(k + 1)} : Step{k - 1, at(k - 1) + 1};
}

/// @return nothing if more than `kStepsMax` tokens differ.
std::optional<Trace> traceOf(const Tokens& base, const Tokens& side)
{
    const auto baseSize = static_cast<std::int32_t>(base.size());
    const auto sideSize = static_cast<std::int32_t>(side.size());
    Trace trace;
    for (std::int32_t d = 0; d <= std::min(kStepsMax, baseSize + sideSize); ++d) {
        std::vector<std::int32_t> furthest(2 * static_cast<std::size_t>(d) + 1, -1);
        for (std::int32_t k = -d; k <= d; k += 2) {
            std::int32_t x = stepTo(k, d, trace).x;
            while (x < baseSize && x - k < sideSize
                   && base[static_cast<std::size_t>(x)] == side[static_cast<std::size_t>(x - k)])
                ++x;
            const std::int32_t place = k + d;
            furthest[static_cast<std::size_t>(place)] = x;
            if (x >= baseSize && x - k >= sideSize) {
                trace.push_back(std::move(furthest));
                return trace;
            }
        }
        trace.push_back(std::move(furthest));
    }
    return std::nullopt;
}

/// The matched pairs along the path that `trace` found, in order.
std::vector<Match> matchesOf(const Trace& trace, std::size_t baseSize, std::size_t sideSize)
{
    std::vector<Match> matches;
    auto x = static_cast<std::int32_t>(baseSize);
    auto y = static_cast<std::int32_t>(sideSize);
    for (auto d = static_cast<std::int32_t>(trace.size()) - 1; d >= 0; --d) {
        const Step step = stepTo(x - y, d, trace);
        for (; x > step.x; --x, --y)
            matches.push_back({static_cast<std::size_t>(x - 1), static_cast<std::size_t>(y - 1)});
        // An insertion leaves x where it was, a removal takes one from it; y follows from the diagonal.
        x -= step.from < x - y ? 1 : 0;
        y = x - step.from;
    }
    std::ranges::reverse(matches);
    return matches;
}

std::vector<Hunk> hunksBetween(const std::vector<Match>& matches, std::size_t baseSize, std::size_t sideSize)
{
    std::vector<Hunk> hunks;
    std::size_t base = 0;
    std::size_t side = 0;
    const auto closeAt = [&](std::size_t baseTo, std::size_t sideTo) {
        if (base < baseTo || side < sideTo)
            hunks.push_back({base, baseTo, side, sideTo});
        base = baseTo + 1;
        side = sideTo + 1;
    };
    for (const Match& match : matches)
        closeAt(match.base, match.side);
    closeAt(baseSize, sideSize);
    return hunks;
}

std::vector<Hunk> diffTokens(const Tokens& base, const Tokens& side)
{
    const std::optional<Trace> trace = traceOf(base, side);
    if (!trace)
        return {{0, base.size(), 0, side.size()}};
    return hunksBetween(matchesOf(*trace, base.size(), side.size()), base.size(), side.size());
}

}  // namespace

std::vector<Hunk> diffSequences(
    std::span<const std::string_view> base, std::span<const std::string_view> side)
{
    const auto shorter = std::min(base.size(), side.size());
    std::size_t head = 0;
    while (head < shorter && base[head] == side[head])
        ++head;
    std::size_t tail = 0;
    while (tail < shorter - head && base[base.size() - 1 - tail] == side[side.size() - 1 - tail])
        ++tail;

    std::map<std::string_view, Token> numbers;
    const auto numbered = [&](std::span<const std::string_view> all) {
        Tokens tokens;
        for (const std::string_view text : all.subspan(head, all.size() - head - tail))
            tokens.push_back(numbers.try_emplace(text, static_cast<Token>(numbers.size())).first->second);
        return tokens;
    };
    const Tokens baseTokens = numbered(base);
    const Tokens sideTokens = numbered(side);
    std::vector<Hunk> hunks = diffTokens(baseTokens, sideTokens);
    for (Hunk& hunk : hunks)
        hunk = {hunk.baseFrom + head, hunk.baseTo + head, hunk.sideFrom + head, hunk.sideTo + head};
    return hunks;
}

}  // namespace teren
