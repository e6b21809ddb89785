// SPDX-License-Identifier: EUPL-1.2
#include "sync/server/sqlite_store.h"
#include "sync/sql/transaction.h"

#include <algorithm>

// The change of the server's keys, in the store.
namespace teren::server {
namespace {

Result<SigningKey> keyIn(ByteView seed)
{
    if (seed.size() != SecretKey::kSize)
        return fail(Errc::Damaged, "the server's keys in the store are damaged");
    return SigningKey::fromSeed(SecretKey::copyOf(seed.first<SecretKey::kSize>()));
}

}  // namespace

Status SqliteStore::loadOther()
{
    sql::Statement& row
        = database_.statement("SELECT tls_seed, receipt_seed, is_next, from_ms, consent FROM server_other");
    TEREN_TRY(const bool found, row.step());
    if (!found) {
        identity_->other.reset();
        return {};
    }
    Result<SigningKey> tls = keyIn(row.columnBlob(0));
    Result<SigningKey> receipt = keyIn(row.columnBlob(1));
    const bool isNext = row.columnInt(2) != 0;
    const Instant from{std::chrono::milliseconds(row.columnInt(3))};
    const Bytes consent = row.isNull(4) ? Bytes{} : toBytes(row.columnBlob(4));
    row.reset();
    if (!tls || !receipt)
        return fail(Errc::Damaged, "the server's keys in the store are damaged");
    ServerIdentity::Other other{*std::move(tls), *std::move(receipt), isNext, from, {}};
    if (Signature signature{}; consent.size() == signature.size()) {
        std::ranges::copy(consent, signature.begin());
        other.consent = signature;
    }
    identity_->other.emplace(std::move(other));
    return {};
}

Result<ledger::ServerOffer> SqliteStore::beginKeyChange(RandomSource& random, Instant from, Instant now)
{
    if (const auto& other = identity_->other; other && other->isNext)
        return ledger::ServerOffer{other->keys(), other->from, other->consent};
    if (const auto& left = identity_->other; left && now < left->from + ledger::kServerKeysKept)
        return fail(
            Errc::Refused,
            "the last change of keys has not ended: devices may still know the keys before it only; nothing "
            "was changed");
    const SigningKey tls = SigningKey::generate(random);
    const SigningKey receipt = SigningKey::generate(random);
    const ledger::ServerKeyPair next{tls.publicKey(), receipt.publicKey()};
    const Signature consent = identity_->receiptKey.sign(
        ledger::kConsentLabel, ledger::consentMessage(identity_->keys(), next, from));
    TEREN_CHECK(database_
                    .statement("INSERT OR REPLACE INTO server_other"
                               " (id, tls_seed, receipt_seed, is_next, from_ms, consent)"
                               " VALUES (1, ?, ?, 1, ?, ?)")
                    .with(
                        ByteView(tls.seed().reveal()), ByteView(receipt.seed().reveal()),
                        from.time_since_epoch().count(), ByteView(consent))
                    .run());
    TEREN_CHECK(loadOther());
    return ledger::ServerOffer{next, from, consent};
}

Status SqliteStore::switchKeys()
{
    if (!identity_->other || !identity_->other->isNext)
        return fail(Errc::Refused, "there are no keys to switch to; nothing was changed");
    const ServerIdentity::Other& next = *identity_->other;
    TEREN_TRY(sql::Transaction transaction, sql::Transaction::begin(database_));
    TEREN_CHECK(database_.statement("UPDATE server SET tls_seed = ?, receipt_seed = ?")
                    .with(ByteView(next.tlsKey.seed().reveal()), ByteView(next.receiptKey.seed().reveal()))
                    .run());
    TEREN_CHECK(
        database_
            .statement("UPDATE server_other SET tls_seed = ?, receipt_seed = ?, is_next = 0, consent = NULL")
            .with(
                ByteView(identity_->tlsKey.seed().reveal()), ByteView(identity_->receiptKey.seed().reveal()))
            .run());
    TEREN_CHECK(transaction.commit());
    return readIdentity();
}

}  // namespace teren::server
