// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/aead.h"
#include "crypto/box.h"
#include "crypto/password.h"
#include "crypto/recovery_code.h"
#include "crypto/vault_id.h"

namespace teren {

/// What opens a slot. Part of the format.
enum class SlotKind : std::uint32_t {
    Empty = 0,
    Passphrase = 1,
    RecoveryCode = 2,    ///< The code printed for the user.
    OfficeRecovery = 3,  ///< The office's shared recovery key.
};

/// One way to the master key: the parameters that make a key from a secret, and the master key sealed under
/// it; or, for the office's recovery, the master key in a box sealed to a public key.
struct KeySlot {
    SlotKind kind = SlotKind::Empty;
    /// These four mean nothing for the office's recovery.
    KdfPolicy policy = KdfPolicy::Calibrated;
    KdfParameters kdf;
    KdfSalt salt{};
    std::array<std::uint8_t, SecretKey::kSize + kSealOverhead> sealedKey{};
    /// These two only for the office's recovery.
    BoxPublicKey recipient{};
    std::array<std::uint8_t, SecretKey::kSize + kBoxOverhead> box{};
};

/// The header file of a vault: its id and the slots that hold its master key.
///
/// A file of one fixed size with a checksum, so that damage is told from a wrong passphrase, and a MAC under
/// a key derived from the master key, so that nobody without it changes a byte unnoticed. Changing the
/// passphrase rewrites one slot, under a higher generation: whoever keeps the newest generation elsewhere
/// tells a file that was put back. Layout: crypto/README.md.
class KeySlots {
public:
    static constexpr std::size_t kFileSize = 4'096;
    static constexpr std::size_t kSlotCount = 8;
    static constexpr std::uint32_t kVersion = 2;

    using Stretch = std::function<Result<SecretKey>(std::string_view, const KdfSalt&, const KdfParameters&)>;

    explicit KeySlots(VaultId vault) : vault_(vault) {}

    /// Reads a header file; what it says is to be believed only after `open`.
    /// @return `Damaged`, parameters out of bounds included; `TooNew`; `Refused` for version 1, which no
    /// release
    ///         wrote.
    static Result<KeySlots> fromFile(ByteView file);
    /// The file, authenticated with `master`.
    Bytes toFile(const SecretKey& master) const;

    /// Seals `master` under a new passphrase, in place of the former one.
    Status setPassphrase(
        const SecretKey& master, std::string_view passphrase, const KdfParameters& kdf, KdfPolicy policy,
        RandomSource& random, const Stretch& stretch = stretchPassphrase);
    /// Seals `master` under a recovery code, in place of the former one, at the least cost: a guess at 130
    /// random bits needs no making dear.
    Status setRecoveryCode(
        const SecretKey& master, const RecoveryCode& code, RandomSource& random,
        const Stretch& stretch = stretchPassphrase);
    /// Seals `master` to the office's recovery key, in place of the former one. @return `Invalid` for a key
    /// that nothing can be sealed to.
    Status setOfficeRecovery(const SecretKey& master, const BoxPublicKey& recipient);
    /// Empties the slots of a kind. @return whether there were any.
    bool remove(SlotKind kind);
    /// Makes this the newest: call once for a file that is to take another's place.
    void advance() { ++generation_; }

    /// The master key. @return `WrongPassphrase`; `Damaged` if the file was changed by one without the key.
    Result<SecretKey> open(std::string_view passphrase, const Stretch& stretch = stretchPassphrase) const;
    /// As `open`. @return `NotFound` if no recovery code was set.
    Result<SecretKey> open(const RecoveryCode& code, const Stretch& stretch = stretchPassphrase) const;
    /// As `open`. @return `NotFound` if the vault is not sealed to this key.
    Result<SecretKey> open(const BoxKey& officeKey) const;
    /// Whether the file that this was read from is the one that the holder of `master` wrote.
    bool isAuthentic(const SecretKey& master) const;

    const VaultId& vault() const { return vault_; }
    bool has(SlotKind kind) const;
    /// 0 in the first file of a vault, one more in each that took its place.
    std::uint64_t generation() const { return generation_; }
    const std::array<KeySlot, kSlotCount>& slots() const { return slots_; }

private:
    Bytes body() const;
    Bytes associated(std::size_t index) const;
    /// The slot of this kind, or a free one.
    Result<std::size_t> placeFor(SlotKind kind) const;
    Status setSecret(
        const SecretKey& master, std::string_view secret, KeySlot slot, RandomSource& random,
        const Stretch& stretch);
    Result<SecretKey> openSecret(SlotKind kind, std::string_view secret, const Stretch& stretch) const;
    Result<SecretKey> authentic(Bytes& bytes) const;

    VaultId vault_;
    std::uint64_t generation_ = 0;
    std::array<KeySlot, kSlotCount> slots_;
    /// Of the file that this was read from.
    Hash mac_{};
};

}  // namespace teren
