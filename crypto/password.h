// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"
#include "crypto/sign/secret_key.h"

#include <chrono>
#include <functional>

namespace teren {

/// What one guess at a passphrase costs (Argon2id, RFC 9106, one lane).
struct KdfParameters {
    std::uint32_t passes = 0;
    std::uint64_t memoryBytes = 0;

    friend bool operator==(const KdfParameters&, const KdfParameters&) = default;
};

/// Below the floor a guess is too cheap, above the ceiling a changed file could exhaust the machine.
inline constexpr KdfParameters kKdfFloor{2, std::uint64_t{64} << 20};
inline constexpr KdfParameters kKdfCeiling{10, std::uint64_t{1} << 30};

inline constexpr std::size_t kKdfSaltSize = 16;
using KdfSalt = std::array<std::uint8_t, kKdfSaltSize>;

/// How the parameters of a new passphrase slot are chosen.
enum class KdfPolicy {
    Calibrated,  ///< So that this machine takes 0.5 to 1.5 s.
    Floor,       ///< The least allowed, for tests; recorded in the slot.
};

inline constexpr std::size_t kPassphraseCharactersMin = 8;
inline constexpr std::size_t kPassphraseBytesMax = 1'024;

/// Whether a new passphrase may be used. @return `Invalid` if it is not UTF-8, too short or too long.
Status checkNewPassphrase(std::string_view passphrase);

/// Whether the parameters are within floor and ceiling. @return `LimitExceeded`.
Status checkKdfParameters(const KdfParameters& parameters);

/// The key that a passphrase stands for. Takes the time and memory that `parameters` say, which are checked
/// before anything is allocated.
///
/// @return `LimitExceeded` for parameters out of bounds, a passphrase too long, or too little memory.
Result<SecretKey> stretchPassphrase(
    std::string_view passphrase, const KdfSalt& salt, const KdfParameters& parameters);

/// How long a derivation with `parameters` takes.
using KdfMeasure = std::function<std::chrono::milliseconds(const KdfParameters&)>;
std::chrono::milliseconds measureKdf(const KdfParameters& parameters);

/// Parameters for a new slot. Calibration begins at 256 MiB and 3 passes, goes down in memory on a slow
/// machine, up in passes and then in memory on a fast one.
KdfParameters chooseKdfParameters(KdfPolicy policy, const KdfMeasure& measure = measureKdf);

}  // namespace teren
