// SPDX-License-Identifier: EUPL-1.2
// The ways into a vault: finding the master key, and replacing the header that holds it.
#include "app/store/key_value.h"
#include "app/store/vault_state.h"
#include "app/store/wrong_tries.h"
#include "crypto/base/assert.h"
#include "crypto/base/big_endian.h"

namespace teren::store {
namespace {

/// In the database: the newest generation that the header has had.
constexpr const char* kGenerationKey = "vault.header.generation";

}  // namespace

Result<SecretKey> Vault::State::unlocked(
    const VaultFiles& files, const KeySlots& slots, const Unlock& unlock, const Clock* clock, bool* odd)
{
    if (clock == nullptr)
        return unlock(slots);
    const WrongTries tries(files.tries());
    TEREN_CHECK(tries.check(clock->now()));
    if (odd != nullptr)
        *odd = tries.wasForeign();
    Result<SecretKey> master = unlock(slots);
    // A count that cannot be written keeps nobody out, and nobody in.
    if (master)
        (void)tries.clear();
    else if (master.error().code == Errc::WrongPassphrase)
        (void)tries.add(clock->now());
    return master;
}

Result<std::uint64_t> Vault::State::recordedGeneration()
{
    TEREN_ASSERT(database.has_value());
    TEREN_TRY(
        const std::int64_t tables,
        database->number("SELECT count(*) FROM sqlite_schema WHERE name = 'key_value'"));
    if (tables == 0)
        return std::uint64_t{0};
    TEREN_TRY(KeyValue values, KeyValue::open(*database));
    TEREN_TRY(const std::optional<Bytes> bytes, values.get(kGenerationKey));
    if (!bytes)
        return std::uint64_t{0};
    if (bytes->size() != 8)
        return fail(Errc::Damaged, "the database's note of its header is not one");
    return getBigEndian<std::uint64_t>(std::span(std::as_const(*bytes)).first<8>());
}

/// Anchored at once: nobody puts the note back by cutting the log.
Status Vault::State::recordGeneration()
{
    TEREN_ASSERT(database.has_value());
    TEREN_TRY(KeyValue values, KeyValue::open(*database));
    std::array<std::uint8_t, 8> bytes{};
    putBigEndian(std::span(bytes), slots.generation());
    TEREN_CHECK(values.put(kGenerationKey, bytes));
    return vfs->anchor();
}

/// The header is the newest, or the program ended between writing it and noting so.
Status Vault::State::checkGeneration()
{
    TEREN_TRY(const std::uint64_t recorded, recordedGeneration());
    if (slots.generation() < recorded)
        return fail(
            Errc::Damaged,
            "vault.header is an earlier one that was put back; passphrase or recovery code were changed "
            "since");
    if (slots.generation() > recorded) {
        const Status noted = recordGeneration();
        // On a full disk people still want to read.
        if (!noted && noted.error().code != Errc::DiskFull)
            return noted;
    }
    return {};
}

const KeySlots& Vault::slots() const
{
    return state_->slots;
}

Status Vault::checkPassphrase(std::string_view passphrase)
{
    if (state_->vfs == nullptr)
        return fail(Errc::Refused, "a vault in memory has no passphrase");
    // The file, not what is in memory: it must be the one that opens the next time.
    TEREN_TRY(const KeySlots slots, state_->files.readHeader());
    TEREN_TRY(
        const SecretKey master,
        State::unlocked(
            state_->files, slots, [passphrase](const KeySlots& file) { return file.open(passphrase); },
            state_->options.clock));
    return {};
}

Status Vault::replaceHeader(const std::function<Status(KeySlots&)>& change)
{
    if (state_->vfs == nullptr)
        return fail(Errc::Refused, "a vault in memory has no slots");
    KeySlots changed = state_->slots;
    TEREN_CHECK(change(changed));
    // The note of the present header, once more: where there is no room for it, there is none for the next
    // one.
    TEREN_CHECK(state_->recordGeneration());
    changed.advance();
    const Status written = state_->files.writeHeader(changed, state_->master);
    // A failure may have come behind the rename: what counts is what is there.
    const Result<KeySlots> there = state_->files.readHeader();
    if (there && there->isAuthentic(state_->master))
        state_->slots = *there;
    TEREN_CHECK(Status(written));
    const Status noted = state_->recordGeneration();
    if (!noted && noted.error().code == Errc::DiskFull)
        return fail(
            Errc::DiskFull,
            "the change counts already, but the disk has filled up meanwhile: until this profile was opened "
            "once "
            "with room on the disk, a copy of the former vault.header would still be taken");
    return noted;
}

Status Vault::setPassphrase(std::string_view passphrase, KdfPolicy policy)
{
    TEREN_CHECK(checkNewPassphrase(passphrase));
    return replaceHeader([&](KeySlots& slots) {
        return slots.setPassphrase(
            state_->master, passphrase, chooseKdfParameters(policy), policy, *state_->random);
    });
}

Status Vault::setRecoveryCode(const RecoveryCode& code)
{
    return replaceHeader(
        [&](KeySlots& slots) { return slots.setRecoveryCode(state_->master, code, *state_->random); });
}

Status Vault::setOfficeRecovery(const BoxPublicKey& recipient)
{
    return replaceHeader([&](KeySlots& slots) { return slots.setOfficeRecovery(state_->master, recipient); });
}

Status Vault::removeSlot(SlotKind kind)
{
    if (kind == SlotKind::Passphrase)
        return fail(Errc::Refused, "without a passphrase nobody gets in");
    return replaceHeader([kind](KeySlots& slots) {
        return slots.remove(kind) ? Status() : fail(Errc::NotFound, "this profile has no such way in");
    });
}

}  // namespace teren::store
