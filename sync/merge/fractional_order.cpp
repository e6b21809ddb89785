// SPDX-License-Identifier: EUPL-1.2
#include "sync/merge/fractional_order.h"

#include "crypto/base/limits.h"

#include <algorithm>
#include <array>

namespace teren {
namespace {

constexpr std::string_view kDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr unsigned kBase = 62;
/// Random digits at the end of a key: 62^6 is 57 000 million.
constexpr std::size_t kRandomDigits = 6;

/// A key made next to one of this size is still within the limit.
constexpr std::size_t kKeyMax = limits::kOrderKeyMax - 2 - kRandomDigits;

unsigned digitOf(char c)
{
    return static_cast<unsigned>(kDigits.find(c));
}

/// Evenly from [from, to), which holds at most 62 digits.
char randomDigit(unsigned from, unsigned to, RandomSource& random)
{
    const unsigned count = to - from;
    for (;;) {
        std::array<std::uint8_t, 1> byte{};
        random.fill(byte);
        if (byte[0] < 256 - 256 % count)
            return kDigits[from + byte[0] % count];
    }
}

/// The last digit is not 0, so that there is always room before a key.
std::string randomEnd(RandomSource& random)
{
    std::string end;
    while (end.size() + 1 < kRandomDigits)
        end += randomDigit(0, kBase, random);
    return end + randomDigit(1, kBase, random);
}

/// 'a' has 1 digit, 'b' 2 and so on up; 'Z' has 1, 'Y' 2 and so on down. 0 for any other character.
std::size_t digitsAfter(char head)
{
    if (head >= 'a' && head <= 'z')
        return static_cast<std::size_t>(head - 'a') + 1;
    if (head >= 'A' && head <= 'Z')
        return static_cast<std::size_t>('Z' - head) + 1;
    return 0;
}

struct Key {
    std::string integer;  ///< With its head.
    std::string fraction;
};

std::optional<Key> parse(std::optional<std::string_view> key)
{
    if (!key || key->empty() || key->size() > kKeyMax
        || key->find_first_not_of(kDigits) != std::string_view::npos)
        return std::nullopt;
    const std::size_t digits = digitsAfter(key->front());
    if (digits == 0 || key->size() < digits + 2 || key->back() == '0')
        return std::nullopt;
    return Key{std::string(key->substr(0, digits + 1)), std::string(key->substr(digits + 1))};
}

/// @return nothing after the last integer of all.
std::optional<std::string> nextInteger(std::string integer)
{
    for (std::size_t i = integer.size() - 1; i > 0; --i) {
        if (integer[i] != kDigits.back()) {
            integer[i] = kDigits[digitOf(integer[i]) + 1];
            return integer;
        }
        integer[i] = kDigits.front();
    }
    if (integer[0] == 'z')
        return std::nullopt;
    const char head = integer[0] == 'Z' ? 'a' : static_cast<char>(integer[0] + 1);
    return head + std::string(digitsAfter(head), kDigits.front());
}

/// @return nothing before the first integer of all.
std::optional<std::string> previousInteger(std::string integer)
{
    for (std::size_t i = integer.size() - 1; i > 0; --i) {
        if (integer[i] != kDigits.front()) {
            integer[i] = kDigits[digitOf(integer[i]) - 1];
            return integer;
        }
        integer[i] = kDigits.back();
    }
    if (integer[0] == 'A')
        return std::nullopt;
    const char head = integer[0] == 'a' ? 'Z' : static_cast<char>(integer[0] - 1);
    return head + std::string(digitsAfter(head), kDigits.back());
}

/// A fraction after `left` and, if there is one, before `right`, which is after `left` and does not end in 0.
std::string fractionBetween(
    std::string_view left, std::optional<std::string_view> right, RandomSource& random)
{
    std::string fraction;
    for (std::size_t i = 0;; ++i) {
        const unsigned low = i < left.size() ? digitOf(left[i]) : 0;
        const unsigned high = right ? digitOf((*right)[i]) : kBase;
        if (low + 1 < high)
            return fraction + randomDigit(low + 1, high, random) + randomEnd(random);
        fraction += kDigits[low];
        if (low < high)
            right.reset();  // Whatever follows, it is before `right` now.
    }
}

std::string after(const Key& left, RandomSource& random)
{
    if (const std::optional<std::string> next = nextInteger(left.integer))
        return *next + randomEnd(random);
    return left.integer + fractionBetween(left.fraction, std::nullopt, random);
}

std::string before(const Key& right, RandomSource& random)
{
    if (const std::optional<std::string> previous = previousInteger(right.integer))
        return *previous + randomEnd(random);
    return right.integer + fractionBetween({}, right.fraction, random);
}

}  // namespace

std::string orderBetween(
    std::optional<std::string_view> left, std::optional<std::string_view> right, RandomSource& random)
{
    const std::optional<Key> from = parse(left);
    const std::optional<Key> to = parse(right);
    if (!from && !to)
        return "a0" + randomEnd(random);
    if (!to)
        return after(*from, random);
    if (!from)
        return before(*to, random);
    // NOLINTNEXTLINE(bugprone-unchecked-optional-access): what is not there does not parse.
    if (*left < *right && from->integer == to->integer)
        return from->integer + fractionBetween(from->fraction, to->fraction, random);
    const std::optional<std::string> next = nextInteger(from->integer);
    if (next && *next < to->integer)
        return *next + randomEnd(random);
    return from->integer + fractionBetween(from->fraction, std::nullopt, random);
}

}  // namespace teren
