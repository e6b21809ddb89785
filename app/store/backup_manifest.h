// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"
#include "crypto/base/clock.h"
#include "crypto/base/result.h"
#include "crypto/sign/secret_key.h"
#include "crypto/vault_id.h"

#include <string>
#include <vector>

namespace teren::store {

/// One file of a backup: its path in the backup's folder, with '/', and what it must be.
struct BackedFile {
    std::string name;
    std::uint64_t size = 0;
    Hash hash{};  ///< BLAKE2b-256 of its bytes.

    friend bool operator==(const BackedFile&, const BackedFile&) = default;
};

/// Whether a backup may have a file of this name: nothing that leads out of its folder.
bool isBackedName(std::string_view name);

/// The list of all files of a backup. With a checksum, so that a stick that forgets is told from a file that
/// was exchanged; with a MAC under a key of the vault, so that whoever has the passphrase knows that the
/// backup is as it was made. Layout: crypto/README.md.
class BackupManifest {
public:
    static constexpr const char* kFileName = "backup.manifest";
    static constexpr std::size_t kFileSizeMax = std::size_t{16} << 20;

    VaultId vault;
    Instant made;
    std::vector<BackedFile> files;  ///< By name, ascending.

    /// @param key  Of the vault, for backups.
    Bytes toFile(const SecretKey& key) const;
    /// What it says is to be believed only after `isAuthentic`.
    /// @return `Damaged`, names that `isBackedName` does not know included; `TooNew`.
    static Result<BackupManifest> fromFile(ByteView file);
    /// Whether the file that this was read from was written by a holder of `key`.
    bool isAuthentic(const SecretKey& key) const;

    const BackedFile* find(std::string_view name) const;
    /// Bytes of all files.
    std::uint64_t size() const;

private:
    Bytes body() const;

    Hash mac_{};  ///< Of the file that this was read from.
};

}  // namespace teren::store
