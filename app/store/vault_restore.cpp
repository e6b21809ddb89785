// SPDX-License-Identifier: EUPL-1.2
// What a backup needs of a vault.
#include "app/store/vault_state.h"
#include "crypto/base/assert.h"

namespace teren::store {

Result<std::uint64_t> Vault::databaseBytes()
{
    TEREN_TRY(const std::int64_t pages, database().number("PRAGMA page_count"));
    TEREN_TRY(const std::int64_t size, database().number("PRAGMA page_size"));
    return static_cast<std::uint64_t>(pages + 1) * static_cast<std::uint64_t>(size);
}

Bytes Vault::headerFile() const
{
    return state_->slots.toFile(state_->master);
}

Status Vault::copyDatabase(const std::filesystem::path& file)
{
    if (state_->vfs == nullptr)
        return fail(Errc::Refused, "a vault in memory is not copied");
    TEREN_TRY(const std::unique_ptr<page::PageVfs> vfs, state_->makeVfs(*state_->random));
    TEREN_TRY(
        sql::Database copy,
        sql::Database::open(file, {.vfs = vfs->name(), .reservedBytes = page::kReservedBytes}));
    // A new file's first page is written before there can be a WAL; its journal stays in memory.
    TEREN_CHECK(copy.execute("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = FULL"));
    TEREN_CHECK(database().copyTo(copy));
    return vfs->anchor();
}

Result<std::unique_ptr<Vault>> Vault::openRestored(
    const std::filesystem::path& folder, ProfileLock lock, const KeySlots& slots, SecretKey master,
    RandomSource& random)
{
    auto state = std::make_unique<State>(VaultFiles(folder), std::move(lock), slots, std::move(master));
    TEREN_CHECK(state->registerVfs(random));
    TEREN_CHECK(state->openDatabase());
    TEREN_CHECK(state->checkGeneration());
    state->unfinished = true;
    return std::unique_ptr<Vault>(new Vault(std::move(state)));
}

Status Vault::finishRestore()
{
    TEREN_ASSERT(state_->unfinished);
    TEREN_CHECK(anchor());
    TEREN_CHECK(state_->files.writeHeader(state_->slots, state_->master));
    TEREN_CHECK(state_->files.endCreation());
    state_->unfinished = false;
    return {};
}

}  // namespace teren::store
