// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/id.h"
#include "crypto/sign/secret_key.h"
#include "crypto/sign/signature.h"

#include <cstdint>

namespace teren::ledger {

class Membership;

/// What a device says that it has durably applied in one space, sealed for the space's readers: the newest
/// such word of each device and space is all that anybody keeps. Not part of any log. See sync/PROTOCOL.md,
/// section 19.
struct AppliedWord {
    SpaceId space;
    DeviceId device;
    std::uint32_t epoch = 0;  ///< Of the key that `box` is sealed under.
    Bytes box;
    Signature signature{};
    friend bool operator==(const AppliedWord&, const AppliedWord&) = default;
};

/// Signs `word.box` for its workspace, space, device and epoch: under another of them it does not verify.
void signApplied(AppliedWord& word, const WorkspaceId& workspace, const SigningKey& device);

/// Whether anybody may keep the word, its signature aside.
/// @return `Refused` for a device that may not read the space or was removed, and for an epoch that is not
/// the newest of the space.
Status mayKeepApplied(const AppliedWord& word, const Membership& membership);

/// The same, and that it is its device's own.
/// @return `Forged` for a signature that does not hold or an unknown device; else as `mayKeepApplied`.
Status verifyApplied(const AppliedWord& word, const Membership& membership);

/// The associated data that `AppliedWord::box` is sealed with. It holds the key id, to which the cipher does
/// not commit.
Bytes appliedAssociated(const AppliedWord& word, const WorkspaceId& workspace, const Hash& keyId);

}  // namespace teren::ledger
