// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/random.h"

#include <optional>
#include <string>
#include <string_view>

namespace teren {

/// A key for a row between two others. Keys are printable ASCII and sort bytewise; putting a row somewhere
/// never touches the keys of other rows.
///
/// Rows put in the same place by people apart both stay: a key ends in random digits, so that it is never
/// met again. Where keys are equal all the same, rows sort by record id.
///
/// A key is an integer, whose first letter tells its length so that longer ones sort after shorter ones, and
/// a fraction. Rows at an end take the next integer, so a list that only grows at its ends keeps short
/// keys; a key grows by one digit for about six rows put into one and the same gap.
///
/// @param left   The row before; none to go first. @param right  The row after; none to go last.
///               A key that this function never makes, and one near `limits::kOrderKeyMax`, is taken for
///               none; if `left` is not before `right`, the new key comes right after `left`.
std::string orderBetween(
    std::optional<std::string_view> left, std::optional<std::string_view> right, RandomSource& random);

}  // namespace teren
