// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/ledger/statement.h"

#include <span>
#include <string>
#include <string_view>

namespace teren::ledger {

/// How long keys are accepted beside the ones that follow them, counted from `ServerKeys::from`.
inline constexpr std::chrono::hours kServerKeysKept{24 * 90};

inline constexpr std::string_view kConsentLabel = "teren.server-keys.v1";

/// Keys of the server in one stretch of the membership log.
struct ServerKeyPeriod {
    ServerKeyPair keys;
    Instant from{};            ///< As the act says; not looked at for the first.
    std::uint64_t height = 0;  ///< Of the statement that brought them into force.
    friend bool operator==(const ServerKeyPeriod&, const ServerKeyPeriod&) = default;
};

/// What the receipt key in force signs: TLS key ‖ receipt key in force ‖ TLS key ‖ receipt key to come ‖
/// from in milliseconds (8).
Bytes consentMessage(const ServerKeyPair& inForce, const ServerKeyPair& next, Instant from);

/// What a server hands to an administrator by a person. Without `consent` where the key in force is lost.
struct ServerOffer {
    ServerKeyPair next;
    Instant from{};
    std::optional<Signature> consent;
    friend bool operator==(const ServerOffer&, const ServerOffer&) = default;
};
/// "TERENS1" and base 32, in groups.
std::string toText(const ServerOffer& offer);
/// @return `Malformed`, also for a text that was mistyped.
Result<ServerOffer> parseServerOffer(std::string_view text);

/// Those of `periods` that count at `now`, newest first: the last ones always, others for
/// `kServerKeysKept` from the beginning of those that follow them.
std::vector<ServerKeyPair> acceptedKeys(std::span<const ServerKeyPeriod> periods, Instant now);

/// As `openHead` for the one of `keys` that has signed it.
Result<Head> openHead(const SignedHead& signedHead, std::span<const ServerKeyPair> keys);
/// For a head that was kept: by the keys that counted at the time that it names.
Result<Head> openKeptHead(const SignedHead& signedHead, std::span<const ServerKeyPeriod> periods);

}  // namespace teren::ledger
