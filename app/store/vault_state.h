// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/profile_lock.h"
#include "app/store/vault.h"
#include "app/store/vault_files.h"

#include <optional>

namespace teren::store {

/// Members go in reverse order: connection, VFS, keys, and the lock last.
struct Vault::State {
    State(
        VaultFiles vaultFiles, std::optional<ProfileLock> profileLock, const KeySlots& keySlots,
        SecretKey masterKey)
        : files(std::move(vaultFiles)),
          lock(std::move(profileLock)),
          slots(keySlots),
          master(std::move(masterKey))
    {
    }

    /// The master key; a wrong try is counted, and a right one forgets the wrong ones.
    /// @param odd  Set if the file of the wrong ones held what this program did not write.
    static Result<SecretKey> unlocked(
        const VaultFiles& files, const KeySlots& slots, const Unlock& unlock, const Clock* clock,
        bool* odd = nullptr);
    Status registerVfs(RandomSource& source);
    /// A VFS of its own for a copy of the vault's database.
    Result<std::unique_ptr<page::PageVfs>> makeVfs(RandomSource& source) const;
    /// How long a connection waits for another one of this process.
    static constexpr std::chrono::milliseconds kBusyTimeout{5'000};
    Result<sql::Database> connect(
        std::string_view firstPragmas, std::chrono::milliseconds busyTimeout = kBusyTimeout) const;
    Error explained(Error error) const;
    Status makeDatabase();
    Status openDatabase();
    Result<std::uint64_t> recordedGeneration();
    Status recordGeneration();
    Status checkGeneration();
    std::vector<std::string> openingFindings(bool areTriesOdd) const;
    Status readFindings();
    Status writeFindings();
    /// Keeps what an opening found, until somebody was told. @return `Disk`; a full disk is tried again.
    Status note(const std::vector<std::string>& found);
    /// Writes down what could not be yet.
    Status noteLater();

    VaultFiles files;
    std::optional<ProfileLock> lock;
    KeySlots slots;
    SecretKey master;
    VaultOptions options;
    RandomSource* random = nullptr;
    bool unfinished = false;  ///< Restored, and not a profile yet.
    std::unique_ptr<page::PageVfs> vfs;
    std::optional<sql::Database> database;
    std::vector<std::string> findings;
    bool areFindingsUnwritten = false;
};

}  // namespace teren::store
