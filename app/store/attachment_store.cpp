// SPDX-License-Identifier: EUPL-1.2
#include "app/store/attachment_store.h"

#include "app/store/rows.h"
#include "crypto/base/assert.h"
#include "crypto/base/limits.h"

#include <algorithm>

namespace teren::store {
namespace {

constexpr std::size_t kNameSize = 16;
constexpr std::string_view kUnfinishedSuffix{".new"};

std::string describe(const AttachmentBinding& binding)
{
    return std::string(binding.part == AttachmentPart::Thumbnail ? "The small picture" : "The content")
        + " of attachment " + binding.attachment.hex();
}

/// Bytes of ours that do not open are damage to whoever asked for them.
Error asDamage(Error error)
{
    if (error.code == Errc::Forged || error.code == Errc::Malformed)
        error.code = Errc::Damaged;
    return error;
}

}  // namespace

// ---- writing -------------------------------------------------------------------------------------------

struct AttachmentStore::Import::State {
    State(AttachmentStore& owner, std::string fileName, SecretKey fileKey)
        : store(&owner),
          name(std::move(fileName)),
          key(std::move(fileKey))
    {
    }

    AttachmentStore* store;
    std::string name;
    SecretKey key;
    std::unique_ptr<platform::OutFile> file;
    std::unique_ptr<AttachmentSealer> sealer;  ///< Writes to `file`.
    AttachmentSealer::Sealed sealed;
    std::uint64_t size = 0;
    bool isWhole = false;  ///< Its row says so, durably.
};

AttachmentStore::Import::Import(std::unique_ptr<State> state) : state_(std::move(state)) {}
AttachmentStore::Import::Import(Import&&) noexcept = default;

AttachmentStore::Import::~Import()
{
    if (state_ == nullptr)
        return;
    AttachmentStore& store = *state_->store;
    state_->sealer.reset();
    state_->file.reset();
    // What cannot be removed keeps its row, and goes with the next cleaning.
    if (!state_->isWhole)
        (void)store.removeUnfinished(state_->name);
    store.active_.erase(state_->name);
}

Status AttachmentStore::Import::write(ByteView content)
{
    state_->size += content.size();
    if (state_->size > limits::kAttachmentMax)
        return fail(
            Errc::LimitExceeded,
            "the file is larger than " + std::to_string(limits::kAttachmentMax >> 20)
                + " MiB, the most that an attachment may have");
    return state_->sealer->write(content);
}

Status AttachmentStore::Import::settle()
{
    return state_->file->sync();
}

Result<AttachmentRef> AttachmentStore::Import::finish()
{
    State& state = *state_;
    const AttachmentStore& store = *state.store;
    TEREN_TRY(state.sealed, state.sealer->finish());
    TEREN_CHECK(state.file->sync());
    state.file.reset();
    const std::filesystem::path path = store.pathOf(state.name);
    TEREN_CHECK(store.parts_.files.rename(store.pathOf(state.name + std::string(kUnfinishedSuffix)), path));
    TEREN_CHECK(store.parts_.files.syncFolder(store.parts_.folder));
    return AttachmentRef{state.sealed.address, state.key.clone(), state.sealed.size};
}

Status AttachmentStore::Import::keep()
{
    sql::Database& database = state_->store->parts_.database;
    TEREN_ASSERT(database.inTransaction());
    TEREN_CHECK(
        database
            .statement("UPDATE attachment_file SET whole = 1, address = ?, sealed_size = ? WHERE "
                       "name = ? AND whole = 0")
            .with(ByteView(state_->sealed.address), state_->sealed.sealedSize, std::string_view(state_->name))
            .run());
    if (database.lastChanges() != 1)
        return fail(Errc::Damaged, "the vault has forgotten an attachment that is being added");
    return {};
}

void AttachmentStore::Import::kept()
{
    state_->isWhole = true;
}

AttachmentStore::AttachmentStore(Parts parts) : parts_(std::move(parts)) {}
AttachmentStore::~AttachmentStore() = default;

Status AttachmentStore::checkRoom(std::uint64_t expectedSize)
{
    TEREN_TRY(const std::uint64_t room, parts_.files.freeBytes(parts_.folder));
    const std::uint64_t needed = sealedAttachmentSize(expectedSize) + limits::kDiskReserve;
    if (room < needed)
        return fail(
            Errc::DiskFull,
            "there is no room for the attachment on this disk: " + std::to_string(needed >> 20)
                + " MiB must be free, a reserve for the records included, and " + std::to_string(room >> 20)
                + " MiB are");
    return {};
}

Result<AttachmentStore::Import> AttachmentStore::begin(
    const AttachmentBinding& binding, std::uint64_t expectedSize)
{
    if (parts_.folder.empty())
        return fail(Errc::Refused, "a vault in memory holds no attachments");
    if (expectedSize > limits::kAttachmentMax)
        return fail(
            Errc::LimitExceeded,
            "the file is larger than " + std::to_string(limits::kAttachmentMax >> 20)
                + " MiB, the most that an attachment may have");
    TEREN_CHECK(parts_.files.makeFolder(parts_.folder));
    TEREN_CHECK(checkRoom(expectedSize));
    std::array<std::uint8_t, kNameSize> drawn{};
    parts_.random.fill(drawn);
    Import import(std::make_unique<Import::State>(*this, toHex(drawn), SecretKey::generate(parts_.random)));
    Import::State& state = *import.state_;
    active_.insert(state.name);
    TEREN_CHECK(
        parts_.database
            .statement("INSERT INTO attachment_file (name, whole, record, part) VALUES (?, 0, ?, ?)")
            .with(std::string_view(state.name), binding.attachment.view(), static_cast<int>(binding.part))
            .run());
    TEREN_TRY(state.file, parts_.files.create(pathOf(state.name + std::string(kUnfinishedSuffix))));
    state.sealer = std::make_unique<AttachmentSealer>(
        state.key.clone(), binding,
        [file = state.file.get()](ByteView sealed) { return file->write(sealed); }, parts_.random);
    return import;
}

// ---- cleaning ------------------------------------------------------------------------------------------

/// Both names that the file may have, then its row; in this order, so that it is never nobody's.
Status AttachmentStore::removeUnfinished(const std::string& name)
{
    sql::Statement& row = parts_.database.statement("SELECT whole FROM attachment_file WHERE name = ?")
                              .with(std::string_view(name));
    TEREN_TRY(const bool found, row.step());
    const bool isWhole = found && row.columnInt(0) != 0;
    row.reset();
    // A commit that reported a failure may have been one.
    if (!found || isWhole)
        return {};
    TEREN_CHECK(parts_.files.remove(pathOf(name + std::string(kUnfinishedSuffix))));
    TEREN_CHECK(parts_.files.remove(pathOf(name)));
    if (const Status synced = parts_.files.syncFolder(parts_.folder);
        !synced && synced.error().code != Errc::NotFound)
        return synced;
    return parts_.database.statement("DELETE FROM attachment_file WHERE name = ? AND whole = 0")
        .with(std::string_view(name))
        .run();
}

Status AttachmentStore::clean()
{
    if (parts_.folder.empty())
        return {};
    std::vector<std::string> names;
    TEREN_CHECK(eachRow(
        parts_.database.statement("SELECT name FROM attachment_file WHERE whole = 0"),
        [&](sql::Statement& row) { names.emplace_back(row.columnText(0)); }));
    for (const std::string& name : names)
        if (!active_.contains(name))
            TEREN_CHECK(removeUnfinished(name));
    return {};
}

// ---- reading -------------------------------------------------------------------------------------------

Result<std::optional<std::string>> AttachmentStore::nameOf(const Hash& address)
{
    sql::Statement& row
        = parts_.database.statement("SELECT name FROM attachment_file WHERE address = ? AND whole = 1");
    TEREN_TRY(const bool found, row.with(ByteView(address)).step());
    std::optional<std::string> name;
    if (found)
        name.emplace(row.columnText(0));
    row.reset();
    return name;
}

Result<bool> AttachmentStore::has(const Hash& address)
{
    TEREN_TRY(const std::optional<std::string> name, nameOf(address));
    return name.has_value();
}

namespace {

Result<AttachmentOpener> openFile(
    platform::Files& files, const std::filesystem::path& path, const AttachmentRef& ref,
    const AttachmentBinding& binding)
{
    auto opened = files.open(path);
    if (!opened && opened.error().code == Errc::NotFound)
        return fail(Errc::Damaged, "a file of the vault is missing");
    if (!opened)
        return std::unexpected(opened.error());
    const std::shared_ptr<platform::InFile> file = *std::move(opened);
    TEREN_TRY(const std::uint64_t size, file->size());
    if (size != sealedAttachmentSize(ref.size))
        return fail(Errc::Damaged, "a file of the vault was cut or extended");
    auto opener = AttachmentOpener::open(
        ref.key.clone(), binding, size,
        [file](std::uint64_t offset, std::span<std::uint8_t> out) { return file->readAt(offset, out); });
    if (!opener)
        return std::unexpected(asDamage(opener.error()));
    if (opener->size() != ref.size)
        return fail(Errc::Damaged, "a file of the vault has not the size that its record says");
    return opener;
}

}  // namespace

Result<AttachmentOpener> AttachmentStore::open(const AttachmentRef& ref, const AttachmentBinding& binding)
{
    TEREN_TRY(const std::optional<std::string> name, nameOf(ref.address));
    if (!name)
        return fail(Errc::NotFound, "the file of this attachment is not on this device");
    auto opener = openFile(parts_.files, pathOf(*name), ref, binding);
    if (!opener)
        return fail(opener.error().code, describe(binding) + ": " + opener.error().detail);
    return opener;
}

Result<std::vector<AttachmentStore::StoredFile>> AttachmentStore::files()
{
    std::vector<StoredFile> found;
    sql::Statement& rows = parts_.database.statement(
        "SELECT name, address, record, part, sealed_size FROM attachment_file WHERE whole = 1 ORDER BY name");
    TEREN_CHECK(eachRow(rows, [&](sql::Statement& row) -> Status {
        StoredFile file;
        file.path = pathOf(std::string(row.columnText(0)));
        TEREN_TRY(file.address, hashAt(row, 1));
        TEREN_TRY(file.binding.attachment, idAt<RecordId>(row, 2));
        file.binding.part = row.columnInt(3) == static_cast<int>(AttachmentPart::Thumbnail)
            ? AttachmentPart::Thumbnail
            : AttachmentPart::Content;
        file.sealedSize = row.columnUint(4);
        found.push_back(std::move(file));
        return {};
    }));
    return found;
}

// ---- checking ------------------------------------------------------------------------------------------

namespace {

/// Every chunk under its key.
Status openAll(platform::Files& files, const AttachmentStore::StoredFile& stored, const AttachmentRef& ref)
{
    TEREN_TRY(AttachmentOpener opener, openFile(files, stored.path, ref, stored.binding));
    for (std::uint64_t index = 0; index < opener.chunks(); ++index) {
        if (const Result<ByteView> chunk = opener.chunk(index); !chunk)
            return std::unexpected(asDamage(chunk.error()));
    }
    return {};
}

/// The bytes under their hash, whoever's key they are sealed with.
Status checkAddress(platform::Files& files, const AttachmentStore::StoredFile& stored)
{
    TEREN_TRY(const std::unique_ptr<platform::InFile> file, files.open(stored.path));
    TEREN_TRY(const std::uint64_t size, file->size());
    if (size != stored.sealedSize)
        return fail(Errc::Damaged, "a file of the vault was cut or extended");
    Hasher hasher;
    Bytes buffer(kAttachmentChunk);
    for (std::uint64_t offset = 0; offset < size;) {
        const std::span piece = std::span(buffer).first(
            static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), size - offset)));
        TEREN_CHECK(file->readAt(offset, piece));
        hasher.add(piece);
        offset += piece.size();
    }
    if (hasher.finish() != stored.address)
        return fail(Errc::Damaged, "its bytes were changed");
    return {};
}

}  // namespace

Status AttachmentStore::checkFile(
    const StoredFile& file, const RefOf& refOf, std::vector<std::string>& problems)
{
    const std::string place = "attachments/" + file.path.filename().string();
    TEREN_TRY(const std::optional<AttachmentRef> ref, refOf(file.binding));
    Status checked = checkAddress(parts_.files, file);
    const bool isNamed = ref && ref->address == file.address;
    // The chunk says more exactly where.
    if (isNamed && (checked || checked.error().code == Errc::Damaged))
        if (const Status opened = openAll(parts_.files, file, *ref); !opened)
            checked = opened;
    if (!checked && checked.error().code == Errc::NotFound)
        problems.push_back(describe(file.binding) + " is missing: " + place + ".");
    else if (!checked)
        problems.push_back(
            describe(file.binding) + " is damaged or was tampered with, in " + place + ": "
            + checked.error().detail + ".");
    return {};
}

Status AttachmentStore::checkNames(std::vector<std::string>& problems)
{
    std::set<std::string> known;
    TEREN_CHECK(eachRow(
        parts_.database.statement("SELECT name, whole FROM attachment_file"), [&](sql::Statement& row) {
            const std::string name(row.columnText(0));
            known.insert(name);
            if (row.columnInt(1) == 0)
                known.insert(name + std::string(kUnfinishedSuffix));
        }));
    TEREN_TRY(const std::vector<std::string> names, parts_.files.names(parts_.folder));
    for (const std::string& name : names)
        if (!known.contains(name))
            problems.push_back("The profile holds a file that is not part of it: attachments/" + name + ".");
    return {};
}

Result<std::vector<std::string>> AttachmentStore::selfCheck(const RefOf& refOf)
{
    std::vector<std::string> problems;
    if (parts_.folder.empty())
        return problems;
    if (const Status cleaned = clean(); !cleaned)
        problems.push_back(
            "What a stopped import left in attachments/ could not be removed: " + cleaned.error().detail
            + ".");
    TEREN_TRY(const std::vector<StoredFile> stored, files());
    for (const StoredFile& file : stored)
        TEREN_CHECK(checkFile(file, refOf, problems));
    TEREN_CHECK(checkNames(problems));
    return problems;
}

}  // namespace teren::store
