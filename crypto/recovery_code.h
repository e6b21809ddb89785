// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/random.h"
#include "crypto/base/result.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace teren {

/// What is wrong with a typed recovery code, so that a person looks in the right place.
struct CodeProblem {
    enum class Kind {
        Incomplete,  ///< Right so far, and not all of it; `group` is the one to go on with.
        TooLong,     ///< Every group is right, and something follows.
        Character,   ///< `group` holds a character that no code has.
        Group,       ///< `group` is mistyped, or in the wrong place.
        Whole,       ///< Every group is right in itself, but they make no code.
    };
    Kind kind = Kind::Incomplete;
    /// Counted from 1; 0 where no group is to blame.
    std::size_t group = 0;

    friend bool operator==(const CodeProblem&, const CodeProblem&) = default;
};

/// The code on paper that opens a vault when the passphrase is forgotten: 130 random bits, as 7 groups of 5
/// characters of Crockford's base 32. The last character of a group checks it and its place: any one wrong
/// character and any two exchanged ones are noticed, and their group is known. Ten bits over all of it find
/// what that misses. Wiped when it goes. Layout: crypto/README.md.
class RecoveryCode {
public:
    static constexpr std::size_t kGroups = 7;
    static constexpr std::size_t kGroupSize = 5;
    /// Characters that are random; the rest are checks.
    static constexpr std::size_t kSecretSize = 26;

    static RecoveryCode generate(RandomSource& random);
    /// Reads a code as people type it: either case, I and L for 1, O for 0, blanks and dashes anywhere.
    /// @return `Invalid`, which says what `problemIn` knows.
    static Result<RecoveryCode> fromTyped(std::string_view typed);
    /// Nothing if it is a whole code. For every key that is pressed: says the first problem only.
    static std::optional<CodeProblem> problemIn(std::string_view typed);

    RecoveryCode(RecoveryCode&&) noexcept = default;
    RecoveryCode& operator=(RecoveryCode&&) = delete;
    ~RecoveryCode();

    /// "ABCDE-FGHJK-…", to be printed and read out.
    std::string text() const;
    /// What is stretched into a key.
    std::string_view secret() const { return {characters_.data(), kSecretSize}; }

private:
    /// The random characters and the two that check all of them.
    static constexpr std::size_t kCheckedSize = kGroups * (kGroupSize - 1);
    using Characters = std::array<char, kCheckedSize>;

    explicit RecoveryCode(const Characters& characters) : characters_(characters) {}

    Characters characters_;
};

/// The problem in English, for a terminal.
std::string toSentence(const CodeProblem& problem);

}  // namespace teren
