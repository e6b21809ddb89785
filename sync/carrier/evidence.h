// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/ledger/membership.h"

#include <span>
#include <string>
#include <vector>

// What a server or a device has signed and cannot both be true, or cannot both have been right: for people
// who were not there. Bytes: PROTOCOL.md, section 17.
namespace teren::carrier {

/// Two heads as the server signed them.
struct HeadPair {
    ledger::SignedHead first;
    ledger::SignedHead second;
    friend bool operator==(const HeadPair&, const HeadPair&) = default;
};

/// Two segments of one device that hold the same seq of the same life, as the device signed them.
struct TwinSegments {
    VerifyKey signKey{};
    ledger::BoxPublicKeyBytes boxKey{};  ///< With `signKey` it makes the device's id.
    Bytes first;                         ///< Header and signature.
    Bytes second;
    friend bool operator==(const TwinSegments&, const TwinSegments&) = default;
};

struct Evidence {
    /// The membership log from the genesis on, as far as the server's keys need it.
    std::vector<ledger::SignedStatement> statements;
    std::vector<HeadPair> heads;
    std::vector<TwinSegments> twins;
    friend bool operator==(const Evidence&, const Evidence&) = default;
};

/// @return `LimitExceeded` for more than `limits::kBundleMax`.
Result<Bytes> encode(const Evidence& evidence);
/// @return `Malformed` for what is no such file, `Damaged` if it was cut or altered, `TooNew`.
Result<Evidence> decodeEvidence(ByteView file);

/// What one item shows.
struct Finding {
    enum class Kind : std::uint8_t {
        ServerForked,    ///< One size, two roots: two logs have been shown.
        ServerWentBack,  ///< Of two heads the later one is of a shorter log.
        ServerMoved,     ///< Two sizes; the heads alone do not tell whether the one continues the other.
        DeviceTwice,     ///< One device has signed two segments for one place.
    };
    Kind kind = Kind::ServerMoved;
    DeviceId device;      ///< Of `DeviceTwice`.
    ledger::Head first;   ///< Else.
    ledger::Head second;  ///< By time the later one.
    SpaceId space;        ///< Of `DeviceTwice`.
    std::uint64_t life = 0;
    std::uint64_t seq = 0;  ///< The first that both hold.
    bool proves() const { return kind != Kind::ServerMoved; }
};
struct Findings {
    WorkspaceId workspace;
    std::vector<Finding> found;
};
/// Verifies all of it. It needs nothing but the file, and the workspace's id to hold `Findings::workspace`
/// against.
/// @return `Forged` if anything in it is not signed as it says, or shows nothing at all.
Result<Findings> checkEvidence(const Evidence& evidence);

/// Whether two segments stand at the same place and are not the same.
bool areTwins(const ledger::SegmentHeader& one, const ledger::SegmentHeader& other);

}  // namespace teren::carrier
