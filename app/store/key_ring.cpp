// SPDX-License-Identifier: EUPL-1.2
#include "app/store/key_ring.h"

#include "app/store/notices.h"
#include "crypto/sign/hash.h"

namespace teren::store {
namespace {

Result<SecretKey> keyAt(const sql::Statement& row, int column)
{
    const ByteView bytes = row.columnBlob(column);
    if (bytes.size() != SecretKey::kSize)
        return fail(Errc::Damaged, "a key of the wrong size in the store");
    return SecretKey::copyOf(bytes.first<SecretKey::kSize>());
}

}  // namespace

Status KeyRing::put(const SpaceEntry& space, const segment::SpaceKey& key)
{
    TEREN_CHECK(
        core_.db.statement("INSERT OR IGNORE INTO space_key (space, epoch, key_id, key) VALUES (?, ?, ?, ?)")
            .with(space.row, key.epoch, ByteView(key.keyId), ByteView(key.key.reveal()))
            .run());
    core_.markReadable(space.id);
    return {};
}

Result<std::vector<segment::SpaceKey>> KeyRing::keysOf(const SpaceEntry& space)
{
    std::vector<segment::SpaceKey> keys;
    sql::Statement& rows
        = core_.db.statement("SELECT epoch, key_id, key FROM space_key WHERE space = ? ORDER BY epoch");
    TEREN_CHECK(eachRow(rows.with(space.row), [&](sql::Statement& row) -> Status {
        TEREN_TRY(const Hash keyId, hashAt(row, 1));
        TEREN_TRY(SecretKey key, keyAt(row, 2));
        keys.push_back({static_cast<std::uint32_t>(row.columnInt(0)), keyId, std::move(key)});
        return {};
    }));
    return keys;
}

Result<std::size_t> KeyRing::countOf(const SpaceEntry& space)
{
    sql::Statement& row = core_.db.statement("SELECT count(*) FROM space_key WHERE space = ?");
    TEREN_TRY(const std::int64_t count, numberOf(row.with(space.row)));
    return static_cast<std::size_t>(count);
}

Result<SecretKey> KeyRing::find(const SpaceEntry& space, std::uint32_t epoch, const Hash& keyId)
{
    std::optional<SecretKey> key;
    sql::Statement& rows
        = core_.db.statement("SELECT key FROM space_key WHERE space = ? AND epoch = ? AND key_id = ?");
    TEREN_CHECK(eachRow(rows.with(space.row, epoch, ByteView(keyId)), [&](sql::Statement& row) -> Status {
        TEREN_TRY(key, keyAt(row, 0));
        return {};
    }));
    if (key)
        return *std::move(key);
    return fail(Errc::NotFound, "no key of epoch " + std::to_string(epoch) + " for space " + space.id.hex());
}

Result<bool> KeyRing::accept(const ledger::Grant& grant, const ledger::Membership& membership)
{
    const ledger::Membership::Space* space = membership.find(grant.space);
    if (space == nullptr)
        return false;
    const auto refuse = [&](NoticeKind why) -> Result<bool> {
        TEREN_CHECK(Notices(core_).tell(why, {grant.space.hex()}));
        return false;
    };
    const Result<Bytes> opened = core_.keys->box.open(grant.sealedKey);
    if (!opened || opened->size() != SecretKey::kSize)
        return refuse(NoticeKind::KeyUnopened);
    const segment::SpaceKey key{
        grant.epoch, grant.keyId, SecretKey::copyOf(ByteView(*opened).first<SecretKey::kSize>())};
    if (segment::keyIdOf(membership.workspace(), grant.space, grant.epoch, key.key) != grant.keyId)
        return refuse(NoticeKind::KeyNotAnnounced);
    TEREN_TRY(const SpaceEntry entry, core_.intern(grant.space, space->kind, space->caseSpace));
    sql::Statement& held = core_.db.statement("SELECT count(*) FROM space_key WHERE space = ? AND epoch = ?");
    TEREN_TRY(const std::int64_t count, numberOf(held.with(entry.row, grant.epoch)));
    TEREN_CHECK(put(entry, key));
    return count == 0;
}

segment::SpaceKey makeFirstKey(const WorkspaceId& workspace, const SpaceId& space, RandomSource& random)
{
    SecretKey key = SecretKey::generate(random);
    const Hash keyId = segment::keyIdOf(workspace, space, 1, key);
    return {1, keyId, std::move(key)};
}

ledger::Grant grantOf(
    const SpaceId& space, const segment::SpaceKey& key, const DeviceId& recipient,
    const ledger::BoxPublicKeyBytes& recipientKey)
{
    ledger::Grant grant;
    grant.space = space;
    grant.epoch = key.epoch;
    grant.keyId = key.keyId;
    grant.recipient = recipient;
    grant.recipientKey = blake2b({recipientKey});
    grant.sealedKey = sealTo(recipientKey, key.key.reveal());
    return grant;
}

}  // namespace teren::store
