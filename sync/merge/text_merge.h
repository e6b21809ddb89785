// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace teren {

/// A piece of a comparison of two texts.
struct TextSpan {
    enum class Kind { Equal, Added, Removed };

    Kind kind = Kind::Equal;
    std::string text;

    friend bool operator==(const TextSpan&, const TextSpan&) = default;
};

/// How `side` differs from `base`, word by word, for highlighting. The equal and removed pieces together
/// are `base`; the equal and added ones are `side`. Where something was replaced, the removed piece comes
/// first. A single word that happens to be in both, amid changes, does not break a change in two.
std::vector<TextSpan> wordDiff(std::string_view base, std::string_view side);

/// A text that holds the edits of both sides, as a *proposal* for the person who decides the conflict.
///
/// Edits of different paragraphs go together. Where both have edited one paragraph, their edits go together
/// if at least one word that neither has touched stands between them; equal edits count once. The order of
/// the sides does not matter.
///
/// @param base  What both sides began from; empty if they began from nothing. All three are UTF-8.
/// @return nothing if the edits overlap.
std::optional<std::string> mergeTexts(std::string_view base, std::string_view left, std::string_view right);

}  // namespace teren
