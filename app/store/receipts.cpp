// SPDX-License-Identifier: EUPL-1.2
#include "app/store/receipts.h"

#include "app/store/segment_table.h"
#include "sync/ledger/bigendian.h"
#include "sync/ledger/merkle.h"

#include <algorithm>

namespace teren::store {
namespace {

constexpr std::size_t kLeafSize = 8 + 32;

Hash takeHash(ledger::Reader& in)
{
    Hash hash{};
    std::ranges::copy(in.raw(hash.size()), hash.begin());
    return hash;
}

Result<KeptReceipt> receiptAt(const sql::Statement& row)
{
    KeptReceipt kept;
    kept.lost = row.columnInt(1) != 0;
    kept.head.body = toBytes(row.columnBlob(2));
    const ByteView leaves = row.columnBlob(4);
    const ByteView proof = row.columnBlob(5);
    if (row.columnBlob(3).size() != kept.head.signature.size() || leaves.size() % kLeafSize != 0
        || proof.size() % Hash{}.size() != 0)
        return fail(Errc::Damaged, "a receipt of the wrong size in the store");
    std::ranges::copy(row.columnBlob(3), kept.head.signature.begin());
    for (ledger::Reader in(leaves); in.left() > 0;) {
        KeptReceipt::Leaf& leaf = kept.leaves.emplace_back();
        leaf.number = in.number<std::uint64_t>();
        leaf.hash = takeHash(in);
    }
    for (ledger::Reader in(proof); in.left() > 0;)
        kept.proof.push_back(takeHash(in));
    return kept;
}

}  // namespace

Status keepReceipt(Core& core, const engine::ShownHead& shown, std::span<const wire::Numbered> entries)
{
    if (entries.empty() || shown.proof.body.empty())
        return {};
    ledger::Writer leaves;
    SegmentTable segments(core);
    std::vector<std::int64_t> ids;
    for (const wire::Numbered& entry : entries) {
        TEREN_TRY(const std::optional<StoredSegment> stored, segments.find(entry.segment));
        if (!stored)
            return {};  // What it was the receipt of is gone: nobody could check it.
        const ledger::SegmentHeader& header = stored->segment.head.header;
        leaves.number(entry.number)
            .raw(ledger::leafHash(ledger::encode(ledger::Leaf{
                entry.number, header.space, header.device, header.life, header.firstSeq, header.count,
                entry.segment})));
        if (stored->own)
            ids.push_back(stored->id);
    }
    if (ids.empty())
        return {};
    ledger::Writer proof;
    for (const Hash& hash : shown.inclusion)
        proof.raw(hash);
    TEREN_CHECK(core.db
                    .statement("INSERT INTO receipt (tree_size, time, head, signature, leaves, proof) VALUES "
                               "(?, ?, ?, ?, ?, ?)")
                    .with(
                        shown.head.tree.size, shown.head.time.time_since_epoch().count(),
                        ByteView(shown.proof.body), ByteView(shown.proof.signature), ByteView(leaves.take()),
                        ByteView(proof.take()))
                    .run());
    const std::int64_t receipt = core.db.lastInsertId();
    for (const std::int64_t id : ids)
        TEREN_CHECK(core.db.statement("UPDATE segment SET receipt = ? WHERE id = ?").with(receipt, id).run());
    return {};
}

Status loseReceipts(Core& core, std::uint64_t common)
{
    return core.db.statement("UPDATE receipt SET lost = 1 WHERE tree_size > ?").with(common).run();
}

Result<KeptReceipts> keptReceipts(Core& core, const std::optional<SpaceId>& only)
{
    KeptReceipts all;
    std::int64_t space = 0;
    if (only) {
        const SpaceEntry* entry = core.find(*only);
        if (entry == nullptr)
            return fail(Errc::NotFound, "space " + only->hex() + " is not on this device");
        space = entry->row;
    }
    std::map<std::int64_t, std::size_t> places;
    sql::Statement& rows = core.db.statement(
        "SELECT id, lost, head, signature, leaves, proof FROM receipt WHERE id IN (SELECT receipt FROM "
        "segment WHERE own = 1 AND number IS NOT NULL AND (?1 = 0 OR space = ?1)) ORDER BY id");
    TEREN_CHECK(eachRow(rows.with(space), [&](sql::Statement& row) -> Status {
        places[row.columnInt(0)] = all.receipts.size();
        TEREN_TRY(KeptReceipt receipt, receiptAt(row));
        all.receipts.push_back(std::move(receipt));
        return {};
    }));
    sql::Statement& segments = core.db.statement(
        "SELECT receipt, number, header, count FROM segment WHERE own = 1 AND number IS NOT NULL "
        "AND state = 1 AND (?1 = 0 OR space = ?1) ORDER BY number");
    TEREN_CHECK(eachRow(segments.with(space), [&](sql::Statement& row) -> Status {
        const auto place = row.isNull(0) ? places.end() : places.find(row.columnInt(0));
        if (place == places.end()) {
            all.withoutReceipt += row.columnUint(3);
            return {};
        }
        TEREN_TRY(ledger::SignedSegmentHeader head, ledger::decodeHeader(row.columnBlob(2)));
        KeptReceipt& receipt = all.receipts[place->second];
        receipt.ours.push_back(std::move(head));
        receipt.numbers.push_back(row.columnUint(1));
        return {};
    }));
    return all;
}

}  // namespace teren::store
