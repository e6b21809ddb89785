// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/clock.h"
#include "crypto/base/id.h"
#include "crypto/sign/signature.h"

namespace teren::ledger {

/// How many entries a log has and what they hash to. What a client has verified; what every request carries.
struct TreeHead {
    std::uint64_t size = 0;
    Hash root{};  ///< `emptyRoot()` for an empty log.

    friend bool operator==(const TreeHead&, const TreeHead&) = default;
};

/// The server's word on its log. A receipt is an inclusion proof under one of these.
struct Head {
    WorkspaceId workspace;
    std::uint64_t incarnation = 0;  ///< Changed by a restore; informative only.
    TreeHead tree;
    std::uint64_t safe = 0;  ///< Highest number inside a completed backup on another machine; 0 for none.
    Instant time{};

    friend bool operator==(const Head&, const Head&) = default;
};

/// The bytes as signed, label "teren.head.v1".
struct SignedHead {
    Bytes body;
    Signature signature{};

    friend bool operator==(const SignedHead&, const SignedHead&) = default;
};

SignedHead signHead(const Head& head, const SigningKey& receiptKey);
/// @return `Forged` for a signature that is not `receiptKey`'s, `Malformed` for a body that cannot be read.
Result<Head> openHead(const SignedHead& signedHead, const VerifyKey& receiptKey);

/// The body of a signed head without workspace and root, for a reader who can tell both. @return `Malformed`
Result<Bytes> shortBody(ByteView body);
bool isShortBody(ByteView body);
/// The body as it was signed. @return `Malformed` if it cannot be read or speaks of another size than
/// `tree`'s.
Result<Bytes> fullBody(ByteView shortBody, const WorkspaceId& workspace, const TreeHead& tree);

/// What the tree commits to for one numbered segment.
struct Leaf {
    std::uint64_t number = 0;  ///< 1 for the first entry.
    SpaceId space;
    DeviceId device;
    std::uint64_t life = 0;
    std::uint64_t firstSeq = 0;
    std::uint32_t count = 0;
    Hash segment{};

    friend bool operator==(const Leaf&, const Leaf&) = default;
};

/// number (8) ‖ space (16) ‖ device (16) ‖ life (8) ‖ first seq (8) ‖ count (4) ‖ segment hash (32),
/// big-endian.
Bytes encode(const Leaf& leaf);

}  // namespace teren::ledger
