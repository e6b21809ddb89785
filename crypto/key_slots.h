// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/aead.h"
#include "crypto/password.h"
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
/// it.
struct KeySlot {
    SlotKind kind = SlotKind::Empty;
    KdfPolicy policy = KdfPolicy::Calibrated;
    KdfParameters kdf;
    KdfSalt salt{};
    std::array<std::uint8_t, SecretKey::kSize + kSealOverhead> sealedKey{};
};

/// The header file of a vault: its id and the slots that hold its master key.
///
/// A file of one fixed size with a checksum, so that damage is told from a wrong passphrase, and a MAC under
/// a key derived from the master key, so that nobody without it changes a byte unnoticed. Changing the
/// passphrase rewrites one slot. Layout: crypto/README.md.
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
    /// The master key. @return `WrongPassphrase`; `Damaged` if the file was changed by one without the key.
    Result<SecretKey> open(std::string_view passphrase, const Stretch& stretch = stretchPassphrase) const;
    /// Whether the file that this was read from is the one that the holder of `master` wrote.
    bool isAuthentic(const SecretKey& master) const;

    const VaultId& vault() const { return vault_; }
    const std::array<KeySlot, kSlotCount>& slots() const { return slots_; }

private:
    Bytes body() const;
    Bytes associated(std::size_t index) const;

    VaultId vault_;
    std::array<KeySlot, kSlotCount> slots_;
    /// Of the file that this was read from.
    Hash mac_{};
};

}  // namespace teren
