// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace teren::service {

/// What makes a passphrase easy to guess, and what to do instead. A window shows each in its own language;
/// `toString` is the code, for JSON and tests.
enum class PassphraseHelp {
    TooShort,    ///< Fewer than 8 characters.
    TooLong,     ///< More than 1024 bytes.
    NotText,     ///< Not UTF-8.
    KnownWord,   ///< Holds the person's own name, the office's, or a word of this work.
    CommonWord,  ///< Holds a common password, or a word, a first name or a surname that everybody tries.
    Repeat,      ///< A part comes again and again: "aaaa", "kotkot".
    Sequence,    ///< "abcd", "4321".
    Keyboard,    ///< Neighbouring keys: "zaq12wsx".
    DateOrYear,  ///< "1970", "1.5.2026".
    AddWords,    ///< Too little all in all: four or more words that have nothing to do with one another.
};

std::string_view toString(PassphraseHelp help) noexcept;

/// How a new passphrase was judged.
struct PassphraseStrength {
    bool accepted = false;
    /// 0 (guessed at once) to 4 (strong), for a bar; 3 and 4 are accepted.
    int score = 0;
    /// What to do, the most useful first; empty if accepted.
    std::vector<PassphraseHelp> help;
};

/// Bits that a passphrase must be worth by the estimate of zxcvbn: its highest class, 10^10 guesses, "strong
/// protection from offline slow-hash scenario". One guess costs an Argon2id run of about a second, so all of
/// them cost some 300 years of one computer.
inline constexpr double kPassphraseBitsMin = 33.2;

/// Judges a new passphrase; quick enough for every key that is pressed. Takes nothing but the text into
/// account: nothing is asked of a network.
/// @param knownWords  What whoever guesses knows of this person: names, the office. Any text; it is taken
///                    apart into words.
PassphraseStrength passphraseStrength(std::string_view text, const std::vector<std::string>& knownWords);

/// @return `Invalid`, saying in English what to do, for one that `passphraseStrength` does not accept.
Status checkStrength(std::string_view text, const std::vector<std::string>& knownWords);

}  // namespace teren::service
