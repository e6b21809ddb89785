// SPDX-License-Identifier: EUPL-1.2
#include "crypto/password.h"

#include "crypto/base/utf8.h"

#include <sodium.h>

#include <algorithm>

namespace teren {
namespace {

static_assert(kKdfSaltSize == crypto_pwhash_SALTBYTES);

constexpr KdfParameters kFirstTry{3, std::uint64_t{256} << 20};
constexpr std::chrono::milliseconds kLeast{500};
constexpr std::chrono::milliseconds kMost{1'500};

std::size_t charactersOf(std::string_view text)
{
    // Every byte but the continuation bytes of UTF-8 begins a character.
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xc0) != 0x80; }));
}

KdfParameters cheaper(KdfParameters tried)
{
    if (tried.memoryBytes > kKdfFloor.memoryBytes)
        tried.memoryBytes /= 2;
    else
        tried.passes = kKdfFloor.passes;
    return tried;
}

KdfParameters dearer(KdfParameters tried)
{
    if (tried.passes < kKdfCeiling.passes)
        tried.passes = std::min(tried.passes * 2, kKdfCeiling.passes);
    else
        tried.memoryBytes = std::min(tried.memoryBytes * 2, kKdfCeiling.memoryBytes);
    return tried;
}

}  // namespace

Status checkNewPassphrase(std::string_view passphrase)
{
    if (passphrase.size() > kPassphraseBytesMax)
        return fail(Errc::Invalid, "passphrase: longer than 1024 bytes");
    if (!isUtf8(viewOf(passphrase)))
        return fail(Errc::Invalid, "passphrase: not UTF-8");
    if (charactersOf(passphrase) < kPassphraseCharactersMin)
        return fail(Errc::Invalid, "passphrase: shorter than 8 characters");
    return {};
}

Status checkKdfParameters(const KdfParameters& parameters)
{
    const bool isWithin = parameters.passes >= kKdfFloor.passes && parameters.passes <= kKdfCeiling.passes
        && parameters.memoryBytes >= kKdfFloor.memoryBytes
        && parameters.memoryBytes <= kKdfCeiling.memoryBytes;
    return isWithin ? Status() : fail(Errc::LimitExceeded, "passphrase hashing parameters out of bounds");
}

Result<SecretKey> stretchPassphrase(
    std::string_view passphrase, const KdfSalt& salt, const KdfParameters& parameters)
{
    TEREN_CHECK(checkKdfParameters(parameters));
    if (passphrase.size() > kPassphraseBytesMax)
        return fail(Errc::LimitExceeded, "passphrase: longer than 1024 bytes");
    std::array<std::uint8_t, SecretKey::kSize> bytes{};
    const int code = crypto_pwhash(
        bytes.data(), bytes.size(), passphrase.data(), passphrase.size(), salt.data(), parameters.passes,
        static_cast<std::size_t>(parameters.memoryBytes), crypto_pwhash_ALG_ARGON2ID13);
    if (code != 0)
        return fail(Errc::LimitExceeded, "not enough memory to check the passphrase");
    SecretKey key = SecretKey::copyOf(bytes);
    sodium_memzero(bytes.data(), bytes.size());
    return key;
}

std::chrono::milliseconds measureKdf(const KdfParameters& parameters)
{
    const auto start = std::chrono::steady_clock::now();
    const auto key = stretchPassphrase("calibration", KdfSalt{}, parameters);
    // Too little memory counts as too slow, so that calibration goes down.
    if (!key.has_value())
        return std::chrono::hours(1);
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
}

KdfParameters chooseKdfParameters(KdfPolicy policy, const KdfMeasure& measure)
{
    if (policy == KdfPolicy::Floor)
        return kKdfFloor;
    KdfParameters chosen = kFirstTry;
    std::chrono::milliseconds took = measure(chosen);
    while (took > kMost && chosen != kKdfFloor) {
        chosen = cheaper(chosen);
        took = measure(chosen);
    }
    while (took < kLeast && chosen != kKdfCeiling) {
        const KdfParameters next = dearer(chosen);
        const std::chrono::milliseconds nextTook = measure(next);
        // Between two steps there may be nothing in range: better a little too quick than a locked-out user.
        if (nextTook > kMost)
            break;
        chosen = next;
        took = nextTook;
    }
    return chosen;
}

}  // namespace teren
