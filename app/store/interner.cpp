// SPDX-License-Identifier: EUPL-1.2
#include "app/store/interner.h"

#include "sync/ledger/bigendian.h"

namespace teren::store {
namespace {

void putVarint(Bytes& out, std::uint64_t number)
{
    while (number >= 0x80) {
        out.push_back(static_cast<std::uint8_t>(number | 0x80));
        number >>= 7;
    }
    out.push_back(static_cast<std::uint8_t>(number));
}

Result<std::uint64_t> takeVarint(ByteView& bytes)
{
    std::uint64_t number = 0;
    for (unsigned shift = 0; shift < 64 && !bytes.empty(); shift += 7) {
        const std::uint8_t byte = bytes.front();
        bytes = bytes.subspan(1);
        number |= std::uint64_t{byte & 0x7FU} << shift;
        if ((byte & 0x80) == 0)
            return number;
    }
    return fail(Errc::Damaged, "a broken list of dots in the store");
}

}  // namespace

Status Interner::load()
{
    authorIds_.clear();
    authors_.clear();
    nameIds_.clear();
    names_.clear();
    const auto takeAuthor = [this](sql::Statement& row) -> Status {
        Author author;
        TEREN_TRY(author.device, idAt<DeviceId>(row, 1));
        if (row.columnBlob(2).size() != sizeof author.life)
            return fail(Errc::Damaged, "a life of the wrong size in the store");
        author.life = ledger::Reader(row.columnBlob(2)).number<std::uint64_t>();
        authorIds_.emplace(author, row.columnInt(0));
        authors_.emplace(row.columnInt(0), author);
        return {};
    };
    TEREN_CHECK(eachRow(database_->statement("SELECT id, device, life FROM author"), takeAuthor));
    return eachRow(database_->statement("SELECT id, name FROM name"), [this](sql::Statement& row) {
        std::string name(textOf(row.columnBlob(1)));
        names_.emplace(row.columnInt(0), name);
        nameIds_.emplace(std::move(name), row.columnInt(0));
    });
}

void Interner::noteAdded()
{
    addedAuthors_.clear();
    addedNames_.clear();
}

void Interner::forgetAdded()
{
    for (const std::int64_t id : addedAuthors_) {
        authorIds_.erase(authors_.at(id));
        authors_.erase(id);
    }
    for (const std::int64_t id : addedNames_) {
        nameIds_.erase(names_.at(id));
        names_.erase(id);
    }
    noteAdded();
}

Result<std::int64_t> Interner::idOf(const Author& author)
{
    if (const auto found = authorIds_.find(author); found != authorIds_.end())
        return found->second;
    // Eight bytes, big-endian, so that SQL sorts lives as the digest does.
    const Bytes life = ledger::Writer().number(author.life).take();
    TEREN_CHECK(database_->statement("INSERT INTO author (device, life) VALUES (?, ?)")
                    .with(author.device.view(), ByteView(life))
                    .run());
    const std::int64_t id = database_->lastInsertId();
    authorIds_.emplace(author, id);
    authors_.emplace(id, author);
    addedAuthors_.push_back(id);
    return id;
}

Result<Author> Interner::author(std::int64_t id) const
{
    const auto found = authors_.find(id);
    if (found == authors_.end())
        return fail(Errc::Damaged, "an unknown author in the store");
    return found->second;
}

Result<std::int64_t> Interner::idOf(std::string_view name)
{
    const std::string key(name);
    if (const auto found = nameIds_.find(key); found != nameIds_.end())
        return found->second;
    TEREN_CHECK(database_->statement("INSERT INTO name (name) VALUES (?)").with(viewOf(name)).run());
    const std::int64_t id = database_->lastInsertId();
    nameIds_.emplace(key, id);
    names_.emplace(id, key);
    addedNames_.push_back(id);
    return id;
}

Result<std::string> Interner::name(std::int64_t id) const
{
    const auto found = names_.find(id);
    if (found == names_.end())
        return fail(Errc::Damaged, "an unknown name in the store");
    return found->second;
}

Result<Bytes> Interner::encode(std::span<const Dot> dots)
{
    Bytes bytes;
    for (const Dot& dot : dots) {
        TEREN_TRY(const std::int64_t author, idOf(dot.author));
        putVarint(bytes, static_cast<std::uint64_t>(author));
        putVarint(bytes, dot.seq);
    }
    return bytes;
}

Result<Bytes> Interner::encode(const VersionVector& vector)
{
    std::vector<Dot> dots;
    for (const VersionVector::Entry& entry : vector.entries())
        dots.push_back({entry.author, entry.seq});
    return encode(dots);
}

Result<std::vector<Dot>> Interner::decode(ByteView bytes) const
{
    std::vector<Dot> dots;
    while (!bytes.empty()) {
        TEREN_TRY(const std::uint64_t id, takeVarint(bytes));
        TEREN_TRY(const std::uint64_t seq, takeVarint(bytes));
        TEREN_TRY(const Author found, author(static_cast<std::int64_t>(id)));
        dots.push_back({found, seq});
    }
    return dots;
}

Result<VersionVector> Interner::decodeVector(ByteView bytes) const
{
    TEREN_TRY(const std::vector<Dot> dots, decode(bytes));
    VersionVector vector;
    for (const Dot& dot : dots)
        vector.add(dot);
    return vector;
}

}  // namespace teren::store
