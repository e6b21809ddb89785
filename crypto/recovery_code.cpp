// SPDX-License-Identifier: EUPL-1.2
#include "crypto/recovery_code.h"

#include "crypto/base/base32.h"
#include "crypto/sign/hash.h"
#include "crypto/sign/wipe.h"

#include <algorithm>

namespace teren {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::string_view kCheckLabel{"teren.recovery-code.v1"};
constexpr std::size_t kDataSize = RecoveryCode::kGroupSize - 1;

std::optional<unsigned> valueOf(char character)
{
    const std::size_t at = kAlphabet.find(character);
    return at == std::string_view::npos ? std::nullopt : std::optional(static_cast<unsigned>(at));
}

/// Twice `value` in the field of 32 elements over x^5 + x^2 + 1.
unsigned doubled(unsigned value)
{
    const unsigned twice = value << 1;
    return (twice & 32) != 0 ? twice ^ 0b100101 : twice;
}

/// The check of a group: each character times a weight of its own, and the group's number. A wrong character
/// moves the sum by a product of two that are not zero; two exchanged ones by (weight + weight) x
/// (difference); two exchanged groups by their numbers.
char checkOf(std::string_view data, std::size_t group)
{
    unsigned sum = 0;
    for (const char character : data)
        sum = doubled(sum ^ valueOf(character).value_or(0));
    return kAlphabet[sum ^ static_cast<unsigned>(group + 1)];
}

/// Two characters over the random ones.
std::array<char, 2> wholeCheck(std::string_view secret)
{
    const Hash hash = blake2b({viewOf(kCheckLabel), viewOf(secret)});
    return {kAlphabet[hash[0] & 31U], kAlphabet[hash[1] & 31U]};
}

/// The first problem of a group of at most five characters.
std::optional<CodeProblem> problemOf(std::string_view group, std::size_t index)
{
    for (const char character : group)
        if (!valueOf(character))
            return CodeProblem{CodeProblem::Kind::Character, index + 1};
    if (group.size() < RecoveryCode::kGroupSize)
        return CodeProblem{CodeProblem::Kind::Incomplete, index + 1};
    if (checkOf(group.substr(0, kDataSize), index) != group.back())
        return CodeProblem{CodeProblem::Kind::Group, index + 1};
    return {};
}

/// The characters of a text of right length without the checks of groups.
std::array<char, RecoveryCode::kGroups * kDataSize> dataOf(std::string_view normal)
{
    std::array<char, RecoveryCode::kGroups * kDataSize> data{};
    for (std::size_t group = 0; group < RecoveryCode::kGroups; ++group)
        std::ranges::copy(
            normal.substr(group * RecoveryCode::kGroupSize, kDataSize), data.begin() + group * kDataSize);
    return data;
}

std::optional<CodeProblem> problemOfAll(std::string_view normal)
{
    for (std::size_t group = 0; group < RecoveryCode::kGroups; ++group) {
        const std::size_t from = std::min(group * RecoveryCode::kGroupSize, normal.size());
        const auto found = problemOf(normal.substr(from, RecoveryCode::kGroupSize), group);
        if (found)
            return found;
    }
    if (normal.size() > RecoveryCode::kGroups * RecoveryCode::kGroupSize)
        return CodeProblem{CodeProblem::Kind::TooLong, 0};
    auto data = dataOf(normal);
    const std::string_view all(data.data(), data.size());
    const bool isWhole = std::ranges::equal(
        wholeCheck(all.substr(0, RecoveryCode::kSecretSize)), all.substr(RecoveryCode::kSecretSize));
    wipe(data);
    return isWhole ? std::nullopt : std::optional(CodeProblem{CodeProblem::Kind::Whole, 0});
}

}  // namespace

RecoveryCode RecoveryCode::generate(RandomSource& random)
{
    std::array<std::uint8_t, (kSecretSize * 5 + 7) / 8> bytes{};
    random.fill(bytes);
    std::string text = toBase32(bytes);
    Characters characters{};
    std::copy_n(text.begin(), kSecretSize, characters.begin());
    std::ranges::copy(wholeCheck({characters.data(), kSecretSize}), characters.begin() + kSecretSize);
    RecoveryCode code(characters);
    wipe(bytes);
    wipe(characters);
    wipe(text);
    return code;
}

std::optional<CodeProblem> RecoveryCode::problemIn(std::string_view typed)
{
    std::string normal = normalizeBase32(typed);
    std::optional<CodeProblem> found = problemOfAll(normal);
    wipe(normal);
    return found;
}

Result<RecoveryCode> RecoveryCode::fromTyped(std::string_view typed)
{
    if (const std::optional<CodeProblem> problem = problemIn(typed))
        return fail(Errc::Invalid, "recovery code: " + toSentence(*problem));
    std::string normal = normalizeBase32(typed);
    Characters characters = dataOf(normal);
    wipe(normal);
    RecoveryCode code(characters);
    wipe(characters);
    return code;
}

RecoveryCode::~RecoveryCode()
{
    wipe(characters_);
}

std::string RecoveryCode::text() const
{
    std::string text;
    text.reserve(kGroups * (kGroupSize + 1));
    for (std::size_t group = 0; group < kGroups; ++group) {
        const std::string_view data(characters_.data() + group * kDataSize, kDataSize);
        if (group > 0)
            text += '-';
        text += data;
        text += checkOf(data, group);
    }
    return text;
}

std::string toSentence(const CodeProblem& problem)
{
    const std::string group = "group " + std::to_string(problem.group) + " of 7";
    switch (problem.kind) {
    case CodeProblem::Kind::Incomplete:
        return group + " is missing or not complete";
    case CodeProblem::Kind::TooLong:
        return "there is something behind the last of its 7 groups";
    case CodeProblem::Kind::Character:
        return group + " holds a character that no code has";
    case CodeProblem::Kind::Group:
        return group + " is mistyped";
    case CodeProblem::Kind::Whole:
        return "two or more characters of one group are mistyped";
    }
    return {};
}

}  // namespace teren
