// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/office.h"
#include "app/service/passphrase_strength.h"
#include "crypto/box.h"

#include <chrono>
#include <optional>

namespace teren::service {

// The ways into a profile: passphrase, recovery code, office recovery. All of it is local. What slots are,
// and what a former header still gives to whoever kept one: crypto/README.md.

/// Words that whoever guesses knows of this person: the names of person, office and device. For
/// `passphraseStrength`.
std::vector<std::string> knownWords(Office& office);

/// Makes `fresh` the passphrase. Takes about two seconds of hashing.
/// @return `WrongPassphrase` if `current` is not the passphrase; `Locked` while wrong tries make wait;
/// `Invalid`
///         for one that is too weak, saying what to do; `Disk`, `DiskFull`. The former one then still opens.
Status changePassphrase(Office& office, std::string_view current, std::string_view fresh);

/// The same for somebody who has forgotten it and has the recovery code. The profile is closed before and
/// after; the code stays valid.
/// @return `Invalid` naming the group of the code that is mistyped, or for a weak passphrase;
/// `WrongPassphrase` if
///         it is another profile's code; `NotFound` if no code was made; `Locked`, `Busy`, `Damaged`, as
///         `open`.
Status resetPassphrase(
    const std::filesystem::path& directory, std::string_view recoveryCode, std::string_view fresh,
    Surroundings around);

/// How long the next try must wait after wrong ones, for a countdown; zero for none. Reads one small file.
std::chrono::seconds waitBeforeUnlock(const std::filesystem::path& directory, const Clock& clock);

/// Draws a recovery code, to be printed: seven groups of five characters. It opens nothing, and a former one
/// stays valid, until `confirmRecoveryCode`. Drawing again makes the last one void.
Result<std::string> newRecoveryCode(Office& office);
/// Takes up the code that was drawn last, now that it was typed back from the paper.
/// @return `Invalid` naming the group that is mistyped; `Refused` if it is another code or none was drawn.
Status confirmRecoveryCode(Office& office, std::string_view typed);
/// @return `NotFound` if there is none, neither valid nor drawn.
Status removeRecoveryCode(Office& office);

/// What is wrong with a code as far as it is typed, for every key that is pressed: nothing for a whole one.
/// `group` is counted from 1, 0 where no group is to blame.
struct TypedCodeProblem {
    enum class Kind { Incomplete, TooLong, Character, Group, Whole };
    Kind kind = Kind::Incomplete;
    std::size_t group = 0;
};
std::optional<TypedCodeProblem> recoveryCodeProblem(std::string_view typed);

/// One way into the profile.
struct WayIn {
    enum class Kind { Passphrase, RecoveryCode, OfficeRecovery };
    Kind kind = Kind::Passphrase;
    /// What one guess costs; 0 for the office's key, which is not guessed.
    std::uint32_t passes = 0;
    std::uint64_t memoryBytes = 0;
    bool atTheFloor = false;  ///< Made with the least cost, on request: for tests.
    std::string officeKey;    ///< The office's public recovery key, hex.
};
std::string_view toString(WayIn::Kind kind) noexcept;
std::vector<WayIn> waysIn(Office& office);

/// Lets the holder of the office's private recovery key in as well. The ceremony that makes and uses that key
/// is not here. @return `Invalid` for a key that nothing can be sealed to.
Status setOfficeRecovery(Office& office, const std::array<std::uint8_t, 32>& publicKey);
Status removeOfficeRecovery(Office& office);
/// As the other `resetPassphrase`, by the office's private key. @return `NotFound` if the profile is not
/// sealed to it.
Status resetPassphrase(
    const std::filesystem::path& directory, const BoxKey& officeKey, std::string_view fresh,
    Surroundings around);

}  // namespace teren::service
