// SPDX-License-Identifier: EUPL-1.2
#include "app/store/vault.h"

#include "app/store/vault_state.h"
#include "crypto/base/assert.h"
#include "crypto/page/page_check.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>

namespace teren::store {
namespace {

constexpr std::string_view kRestoreStopped{
    "restoring a backup into this folder was stopped before its end, and there is no profile in it yet; "
    "restore it once more: terenctl --profile FOLDER restore BACKUP"};

constexpr std::string_view kPageKeyLabel{"teren.vault.pages.v1"};
/// SQLite's application id of a database that creation completed: "TERN".
constexpr std::int64_t kApplicationId = 0x5445524e;
/// The header block and page 1. A shorter file would pass for a new, empty database.
constexpr std::uintmax_t kDatabaseSizeMin = std::uintmax_t{2} * 4096;

/// SQLite knows its VFSes by name, one list for the whole process.
std::string freshVfsName()
{
    static std::atomic<std::uint64_t> count{0};
    return "teren-vault-" + std::to_string(++count);
}

}  // namespace

KdfPolicy kdfPolicyFromEnvironment()
{
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing in this program changes the environment.
    const char* value = std::getenv("TEREN_KDF");
    return value != nullptr && std::string_view(value) == "floor" ? KdfPolicy::Floor : KdfPolicy::Calibrated;
}

Result<std::unique_ptr<page::PageVfs>> Vault::State::makeVfs(RandomSource& source) const
{
    return page::PageVfs::create(freshVfsName(), master.derive(kPageKeyLabel), slots.vault(), source);
}

Status Vault::State::registerVfs(RandomSource& source)
{
    random = &source;
    TEREN_TRY(vfs, makeVfs(source));
    return {};
}

Result<sql::Database> Vault::State::connect(
    std::string_view firstPragmas, std::chrono::milliseconds busyTimeout) const
{
    TEREN_TRY(
        sql::Database connection,
        sql::Database::open(
            files.database(),
            {.vfs = vfs->name(), .reservedBytes = page::kReservedBytes, .busyTimeout = busyTimeout}));
    TEREN_CHECK(connection.execute(firstPragmas));
    TEREN_CHECK(connection.execute("PRAGMA synchronous = FULL"));
    // So that SQLite refuses before it writes, and the error can say that it is not the disk.
    TEREN_CHECK(connection.execute("PRAGMA max_page_count = " + std::to_string(page::kDatabasePagesMax)));
    TEREN_CHECK(connection.execute("PRAGMA cache_size = -" + std::to_string(options.cacheBytes / 1024)));
    return connection;
}

/// Says what was found, where SQLite has no more than a code for it.
Error Vault::State::explained(Error error) const
{
    const std::vector<std::string> found = vfs->findings();
    if (error.code == Errc::Damaged && !found.empty())
        error.detail = "the vault was damaged or tampered with: " + found.back();
    // The lock is held, and still somebody has the database: the lock file was removed and is another.
    if (error.code == Errc::Busy)
        error.detail = "this profile is open in another program, whose profile.lock was removed";
    return error;
}

/// What this opening found, and what of it will be gone afterwards.
std::vector<std::string> Vault::State::openingFindings(bool areTriesOdd) const
{
    std::vector<std::string> found;
    for (const std::string& finding : vfs->findings())
        found.push_back("damaged or tampered with: " + finding);
    if (lock && lock->wasOdd())
        found.emplace_back("profile.lock held what this program never writes there");
    if (areTriesOdd)
        found.emplace_back("vault.tries held what this program never writes there");
    for (std::string& odd : files.clearLeftovers())
        found.push_back(std::move(odd));
    return found;
}

Status Vault::State::makeDatabase()
{
    // A new file's first page is written before there can be a WAL; its journal stays in memory.
    TEREN_TRY(
        sql::Database connection,
        connect("PRAGMA page_size = 4096; PRAGMA journal_mode = MEMORY; PRAGMA journal_mode = WAL"));
    TEREN_CHECK(connection.execute("PRAGMA application_id = " + std::to_string(kApplicationId)));
    TEREN_CHECK(connection.execute("PRAGMA wal_checkpoint(TRUNCATE)"));
    database = std::move(connection);
    return {};
}

Status Vault::State::openDatabase()
{
    std::error_code failed;
    const std::uintmax_t size = std::filesystem::file_size(files.database(), failed);
    if (failed == std::errc::no_such_file_or_directory || (!failed && size < kDatabaseSizeMin))
        return fail(Errc::Damaged, "vault.db is missing or cut short");
    if (failed)
        return fail(Errc::Disk, "cannot look at vault.db: " + failed.message());
    // The lock is held: nobody else can have the files, so there is nobody to wait for.
    auto connected = connect({}, std::chrono::milliseconds(0));
    if (!connected)
        return std::unexpected(explained(connected.error()));
    sql::Database connection = *std::move(connected);
    TEREN_TRY(const std::int64_t application, connection.number("PRAGMA application_id"));
    if (application != kApplicationId)
        return fail(Errc::Damaged, "vault.db is not the database of a profile");
    TEREN_CHECK(connection.execute("PRAGMA busy_timeout = " + std::to_string(kBusyTimeout.count())));
    database = std::move(connection);
    return {};
}

Vault::Vault(std::unique_ptr<State> state) : state_(std::move(state)) {}
Vault::~Vault()
{
    // Full, then: at the next opening all of it is looked at again, and what is still wrong is found again.
    (void)state_->noteLater();
}

Result<std::unique_ptr<Vault>> Vault::create(
    const std::filesystem::path& folder, std::string_view passphrase, KdfPolicy policy, RandomSource& random,
    const VaultOptions& options)
{
    TEREN_CHECK(checkNewPassphrase(passphrase));
    const VaultFiles files(folder);
    if (files.state() == FolderState::Unreadable)
        return fail(Errc::Disk, "the folder cannot be read: its permissions forbid it");
    if (!files.isFree())
        return fail(Errc::Refused, "the folder holds a profile or other files already");
    if (files.isStoppedRestore())
        return fail(Errc::Refused, std::string(kRestoreStopped));
    TEREN_CHECK(files.makeFolder());
    TEREN_CHECK(files.checkKinds());
    TEREN_TRY(ProfileLock lock, ProfileLock::take(folder));
    // Once more, now that no other process can be making one here.
    if (!files.isFree())
        return fail(Errc::Refused, "the folder holds a profile already");
    TEREN_CHECK(files.beginCreation());

    SecretKey master = SecretKey::generate(random);
    KeySlots slots(VaultId::random(random));
    TEREN_CHECK(slots.setPassphrase(master, passphrase, chooseKdfParameters(policy), policy, random));
    auto state = std::make_unique<State>(files, std::move(lock), slots, std::move(master));
    state->options = options;
    TEREN_CHECK(state->registerVfs(random));
    TEREN_CHECK(state->makeDatabase());
    TEREN_CHECK(files.writeHeader(state->slots, state->master));
    TEREN_CHECK(files.endCreation());
    return std::unique_ptr<Vault>(new Vault(std::move(state)));
}

Result<std::unique_ptr<Vault>> Vault::open(
    const std::filesystem::path& folder, std::string_view passphrase, RandomSource& random,
    const VaultOptions& options)
{
    return openWith(
        folder, [passphrase](const KeySlots& slots) { return slots.open(passphrase); }, random, options);
}

Result<std::unique_ptr<Vault>> Vault::openWith(
    const std::filesystem::path& folder, const Unlock& unlock, RandomSource& random,
    const VaultOptions& options)
{
    const VaultFiles files(folder);
    const FolderState found = files.state();
    if (found == FolderState::Unreadable)
        return fail(
            Errc::Disk,
            "the profile's folder cannot be read: it belongs to somebody else, or its permissions "
            "forbid it");
    if (found == FolderState::Headless)
        return fail(Errc::Damaged, "vault.header is missing");
    if (files.isStoppedRestore())
        return fail(Errc::NotFound, std::string(kRestoreStopped));
    if (found == FolderState::Unfinished)
        return fail(Errc::NotFound, "making this profile was stopped before its end; make it again");
    if (found != FolderState::Profile)
        return fail(Errc::NotFound, "the folder holds no profile");
    TEREN_CHECK(files.checkKinds());
    TEREN_TRY(ProfileLock lock, ProfileLock::take(folder));
    TEREN_TRY(const KeySlots slots, files.readHeader());
    bool areTriesOdd = false;
    TEREN_TRY(SecretKey master, State::unlocked(files, slots, unlock, options.clock, &areTriesOdd));
    auto state = std::make_unique<State>(files, std::move(lock), slots, std::move(master));
    state->options = options;
    TEREN_CHECK(state->registerVfs(random));
    TEREN_CHECK(state->openDatabase());
    TEREN_CHECK(state->checkGeneration());
    TEREN_CHECK(state->readFindings());
    TEREN_CHECK(state->note(state->openingFindings(areTriesOdd)));
    return std::unique_ptr<Vault>(new Vault(std::move(state)));
}

Result<std::unique_ptr<Vault>> Vault::openInMemory(RandomSource& random)
{
    auto state = std::make_unique<State>(
        VaultFiles({}), std::nullopt, KeySlots(VaultId::random(random)), SecretKey::generate(random));
    TEREN_TRY(state->database, sql::Database::openInMemory());
    return std::unique_ptr<Vault>(new Vault(std::move(state)));
}

sql::Database& Vault::database()
{
    std::optional<sql::Database>& database = state_->database;
    TEREN_ASSERT(database.has_value());
    return *database;
}

Result<sql::Database> Vault::openConnection()
{
    if (state_->vfs == nullptr)
        return fail(Errc::Refused, "a vault in memory has one connection");
    return state_->connect({});
}

SecretKey Vault::key(std::string_view label) const
{
    TEREN_ASSERT(label != kPageKeyLabel);
    return state_->master.derive(label);
}

Status Vault::anchor()
{
    return state_->vfs == nullptr ? Status() : state_->vfs->anchor();
}

std::vector<std::string> Vault::remarks() const
{
    return state_->vfs == nullptr ? std::vector<std::string>() : state_->files.remarks();
}

const std::filesystem::path& Vault::folder() const
{
    return state_->files.folder();
}

std::filesystem::path Vault::attachmentFolder() const
{
    return state_->vfs == nullptr ? std::filesystem::path() : state_->files.attachments();
}

const VaultId& Vault::id() const
{
    return state_->slots.vault();
}

bool Vault::usesFloorKdf() const
{
    return std::ranges::any_of(state_->slots.slots(), [](const KeySlot& slot) {
        return slot.kind == SlotKind::Passphrase && slot.policy == KdfPolicy::Floor;
    });
}

namespace {

Status checkStructure(sql::Database& database, std::vector<std::string>& problems)
{
    sql::Statement& check = database.statement("PRAGMA integrity_check(20)");
    for (;;) {
        TEREN_TRY(const bool hasRow, check.step());
        if (!hasRow)
            break;
        if (check.columnText(0) != "ok")
            problems.emplace_back("vault.db: the database's structure is damaged");
    }
    sql::Statement& foreign = database.statement("PRAGMA foreign_key_check");
    TEREN_TRY(const bool hasOrphan, foreign.step());
    foreign.reset();
    if (hasOrphan)
        problems.emplace_back("vault.db: a row refers to one that is missing");
    return {};
}

}  // namespace

Vault::Glance Vault::glance() const
{
    if (state_->vfs == nullptr)
        return {};
    const Result<KeySlots> header = state_->files.readHeader();
    std::error_code ignored;
    return {
        .isGone = !std::filesystem::exists(state_->files.database(), ignored),
        .headerSound = header && header->vault() == id() && header->isAuthentic(state_->master)
            && header->generation() == state_->slots.generation(),
        .strangers = state_->files.strangers(),
        .findings = state_->findings};
}

Result<std::vector<std::string>> Vault::selfCheck()
{
    std::vector<std::string> problems;
    if (state_->vfs != nullptr) {
        // Of a disk that was full at the opening; they are told below in any case.
        (void)state_->noteLater();
        const Glance seen = glance();
        if (!seen.headerSound)
            problems.emplace_back("vault.header: not what this program wrote");
        if (const Status kinds = state_->files.checkKinds(); !kinds)
            problems.push_back(kinds.error().detail);
        problems.insert(problems.end(), seen.findings.begin(), seen.findings.end());
        for (std::string& odd : state_->files.clearLeftovers())
            if (std::ranges::none_of(problems, [&odd](const auto& told) { return told.starts_with(odd); }))
                problems.push_back(std::move(odd));
        for (const std::string& name : seen.strangers)
            problems.emplace_back("the profile's folder holds a file that is not part of it: " + name);
        // What the WAL holds goes to the main file, so that all of it is read there.
        TEREN_CHECK(database().execute("PRAGMA wal_checkpoint(TRUNCATE)"));
        TEREN_TRY(const auto pages, page::damagedPages(database().handle()));
        for (const std::uint32_t number : pages)
            problems.emplace_back("vault.db: page " + std::to_string(number) + " is damaged");
    }
    if (problems.empty())
        TEREN_CHECK(checkStructure(database(), problems));
    return problems;
}

}  // namespace teren::store
