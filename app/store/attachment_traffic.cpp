// SPDX-License-Identifier: EUPL-1.2
#include "app/store/attachment_traffic.h"

#include "app/store/rows.h"
#include "crypto/base/hex.h"
#include "crypto/base/limits.h"
#include "sync/sql/transaction.h"

#include <algorithm>

namespace teren::store {
namespace {

constexpr std::size_t kNameSize = 16;
/// `attachment_file.whole` of a file that is on its way here.
constexpr int kArriving = 2;

std::int64_t inMs(Instant when)
{
    return when.time_since_epoch().count();
}

Result<Hash> addressIn(std::string_view hex)
{
    const Result<Bytes> bytes = fromHex(hex);
    Hash address{};
    if (!bytes || bytes->size() != address.size())
        return fail(Errc::Damaged, "an address of the wrong size in the store");
    std::ranges::copy(*bytes, address.begin());
    return address;
}

bool isSmall(const sql::Statement& row, int column)
{
    return row.columnInt(column) == static_cast<int>(AttachmentPart::Thumbnail);
}

}  // namespace

// ---- to the server -------------------------------------------------------------------------------------

Result<std::vector<engine::OfferedBlob>> AttachmentTraffic::toOffer(Instant now, std::size_t most)
{
    std::vector<engine::OfferedBlob> offers;
    sql::Statement& rows = parts_.database.statement(
        "SELECT s.space, r.address, f.sealed_size, r.part FROM attachment_ref r"
        " JOIN attachment_file f ON lower(hex(f.address)) = r.address AND f.whole = 1"
        " JOIN space s ON s.id = r.space WHERE r.sent IS NULL OR r.sent < ? OR r.sent > ?"
        " ORDER BY r.sent IS NOT NULL, r.part DESC, f.sealed_size LIMIT ?");
    // A time to come was written by a clock that was ahead.
    rows.with(inMs(now - limits::kBlobAskedAgain), inMs(now + limits::kBlobAskedAgain), most);
    TEREN_CHECK(eachRow(rows, [&](sql::Statement& row) -> Status {
        engine::OfferedBlob offer;
        TEREN_TRY(offer.name.space, idAt<SpaceId>(row, 0));
        TEREN_TRY(offer.name.address, addressIn(row.columnText(1)));
        offer.size = row.columnUint(2);
        offer.isSmall = isSmall(row, 3);
        offers.push_back(offer);
        return {};
    }));
    return offers;
}

Result<Bytes> AttachmentTraffic::read(const wire::BlobName& name, std::uint64_t offset, std::size_t length)
{
    sql::Statement& row
        = parts_.database.statement("SELECT name FROM attachment_file WHERE address = ? AND whole = 1")
              .with(ByteView(name.address));
    TEREN_TRY(const bool found, row.step());
    const std::string file = found ? std::string(row.columnText(0)) : std::string();
    row.reset();
    if (!found)
        return fail(Errc::NotFound, "an attachment is not on this device any more");
    auto opened = parts_.files.open(pathOf(file));
    if (!opened)
        return fail(Errc::Damaged, "a file of the vault is missing or cannot be read");
    Bytes data(length);
    TEREN_CHECK((*opened)->readAt(offset, data));
    return data;
}

Status AttachmentTraffic::delivered(const wire::BlobName& name, Instant now)
{
    return parts_.database
        .statement("UPDATE attachment_ref SET sent = ? WHERE address = ?"
                   " AND space = (SELECT id FROM space WHERE space = ?)")
        .with(inMs(now), std::string_view(toHex(name.address)), name.space.view())
        .run();
}

Status AttachmentTraffic::undelivered(const wire::BlobName& name)
{
    return parts_.database
        .statement("UPDATE attachment_ref SET sent = NULL WHERE address = ?"
                   " AND space = (SELECT id FROM space WHERE space = ?) AND sent IS NOT NULL")
        .with(std::string_view(toHex(name.address)), name.space.view())
        .run();
}

// ---- from the server -----------------------------------------------------------------------------------

Result<std::vector<engine::AwaitedBlob>> AttachmentTraffic::awaited(std::size_t most)
{
    struct Row {
        engine::AwaitedBlob blob;
        std::string name;
    };
    std::vector<Row> found;
    if (parts_.folder.empty())
        return std::vector<engine::AwaitedBlob>();
    sql::Statement& rows = parts_.database.statement(
        "SELECT s.space, r.address, r.size, r.part, r.asked, f.name FROM attachment_ref r"
        " JOIN space s ON s.id = r.space"
        " JOIN record ON record.uuid = r.record AND record.space = r.space AND record.presence <> 1"
        " LEFT JOIN attachment_file f ON lower(hex(f.address)) = r.address"
        " WHERE (f.name IS NULL OR f.whole = 2) AND (r.size <= ? OR r.asked = 1)"
        " ORDER BY r.part DESC, r.asked DESC, r.size LIMIT ?");
    TEREN_CHECK(eachRow(rows.with(limits::kBlobFetchedMax, most), [&](sql::Statement& row) -> Status {
        Row& next = found.emplace_back();
        TEREN_TRY(next.blob.name.space, idAt<SpaceId>(row, 0));
        TEREN_TRY(next.blob.name.address, addressIn(row.columnText(1)));
        next.blob.size = sealedAttachmentSize(row.columnUint(2));
        next.blob.isSmall = isSmall(row, 3);
        next.blob.isAsked = row.columnInt(4) != 0;
        if (!row.isNull(5))
            next.name = std::string(row.columnText(5));
        return {};
    }));
    std::vector<engine::AwaitedBlob> awaited;
    for (Row& row : found) {
        if (!row.name.empty()) {
            TEREN_TRY(row.blob.have, cameBefore(row.blob.name.address, row.name, row.blob.size));
        }
        awaited.push_back(row.blob);
    }
    return awaited;
}

Result<std::uint64_t> AttachmentTraffic::cameBefore(
    const Hash& address, const std::string& name, std::uint64_t size)
{
    if (arriving_ && arriving_->address == address)
        return arriving_->have;
    const auto file = parts_.files.open(pathOf(name));
    if (!file && file.error().code == Errc::NotFound)
        return std::uint64_t{0};
    if (!file)
        return std::unexpected(file.error());
    TEREN_TRY(const std::uint64_t have, (*file)->size());
    if (have < size)
        return have;
    // The power went between the last byte and the row; or it is not ours.
    TEREN_CHECK(discard(name));
    return std::uint64_t{0};
}

Status AttachmentTraffic::discard(const std::string& name)
{
    TEREN_CHECK(parts_.files.remove(pathOf(name)));
    return parts_.database.statement("DELETE FROM attachment_file WHERE name = ? AND whole = 2")
        .with(std::string_view(name))
        .run();
}

Result<bool> AttachmentTraffic::arrived(const engine::AwaitedBlob& blob, std::uint64_t offset, ByteView data)
{
    if (!arriving_ || arriving_->address != blob.name.address || arriving_->have != offset)
        TEREN_CHECK(begin(blob, offset));
    if (const Status written = arriving_->file->write(data); !written) {
        arriving_.reset();
        return std::unexpected(written.error());
    }
    arriving_->have += data.size();
    if (arriving_->have < blob.size)
        return false;
    TEREN_CHECK(finish(blob));
    return true;
}

Status AttachmentTraffic::begin(const engine::AwaitedBlob& blob, std::uint64_t offset)
{
    arriving_.reset();
    TEREN_CHECK(parts_.files.makeFolder(parts_.folder));
    TEREN_TRY(const std::uint64_t room, parts_.files.freeBytes(parts_.folder));
    if (room < blob.size - offset + limits::kDiskReserve)
        return fail(Errc::DiskFull, "there is no room for an attachment on this disk");
    auto begun = std::make_unique<Arriving>();
    Arriving& next = *begun;
    next.address = blob.name.address;
    TEREN_TRY(next.name, makeRow(blob));
    TEREN_TRY(next.have, cameBefore(blob.name.address, next.name, blob.size));
    TEREN_TRY(next.name, makeRow(blob));  // What could not go on took its row with it.
    if (next.have != offset)
        return fail(Errc::Damaged, "an attachment that is on its way here was changed");
    TEREN_TRY(next.file, parts_.files.append(pathOf(next.name)));
    arriving_ = std::move(begun);
    return {};
}

/// The row comes before the file, so that the file is never nobody's.
Result<std::string> AttachmentTraffic::makeRow(const engine::AwaitedBlob& blob)
{
    sql::Statement& row
        = parts_.database.statement("SELECT name FROM attachment_file WHERE address = ? AND whole = 2")
              .with(ByteView(blob.name.address));
    TEREN_TRY(const bool found, row.step());
    std::string name = found ? std::string(row.columnText(0)) : std::string();
    row.reset();
    if (found)
        return name;
    std::array<std::uint8_t, kNameSize> drawn{};
    parts_.random.fill(drawn);
    name = toHex(drawn);
    TEREN_CHECK(parts_.database
                    .statement("INSERT INTO attachment_file (name, whole, record, part, address, sealed_size)"
                               " SELECT ?, ?, record, part, ?, ? FROM attachment_ref r JOIN space s"
                               " ON s.id = r.space WHERE r.address = ? AND s.space = ? LIMIT 1")
                    .with(
                        std::string_view(name), kArriving, ByteView(blob.name.address), blob.size,
                        std::string_view(toHex(blob.name.address)), blob.name.space.view())
                    .run());
    if (parts_.database.lastChanges() != 1)
        return fail(Errc::Damaged, "the vault has forgotten what an attachment belongs to");
    return name;
}

Status AttachmentTraffic::finish(const engine::AwaitedBlob& blob)
{
    const std::unique_ptr<Arriving> done = std::move(arriving_);
    TEREN_CHECK(done->file->sync());
    TEREN_CHECK(parts_.files.syncFolder(parts_.folder));
    TEREN_TRY(const bool sound, isSound(done->name, blob.name.address, blob.size));
    if (!sound) {
        TEREN_CHECK(discard(done->name));
        return fail(
            Errc::Forged,
            "an attachment did not arrive as it was sent; what came was discarded, and it is "
            "fetched again with the next session");
    }
    TEREN_TRY(sql::Transaction transaction, sql::Transaction::begin(parts_.database));
    TEREN_CHECK(parts_.database.statement("UPDATE attachment_file SET whole = 1 WHERE name = ? AND whole = 2")
                    .with(std::string_view(done->name))
                    .run());
    // It came from there.
    TEREN_CHECK(parts_.database
                    .statement("UPDATE attachment_ref SET sent = (SELECT coalesce(last_contact, 0) FROM own)"
                               " WHERE address = ? AND space = (SELECT id FROM space WHERE space = ?)")
                    .with(std::string_view(toHex(blob.name.address)), blob.name.space.view())
                    .run());
    return transaction.commit();
}

Result<bool> AttachmentTraffic::isSound(const std::string& name, const Hash& address, std::uint64_t size)
{
    TEREN_TRY(const std::unique_ptr<platform::InFile> file, parts_.files.open(pathOf(name)));
    TEREN_TRY(const std::uint64_t there, file->size());
    if (there != size)
        return false;
    Hasher hasher;
    Bytes buffer(kAttachmentChunk);
    for (std::uint64_t at = 0; at < size;) {
        const std::span piece = std::span(buffer).first(
            static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), size - at)));
        TEREN_CHECK(file->readAt(at, piece));
        hasher.add(piece);
        at += piece.size();
    }
    return hasher.finish() == address;
}

}  // namespace teren::store
