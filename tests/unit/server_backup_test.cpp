// SPDX-License-Identifier: EUPL-1.2
#include "sync/server/backup.h"

#include "sync/server/data_folder.h"
#include "sync/server/sqlite_blobs.h"
#include "sync/server/tree_reader.h"
#include "tests/support/server_office.h"

#include <fstream>

namespace teren {
namespace {

using server::BackupReport;
using server::DataFolder;
using test::SegmentWriter;
using test::ServerOffice;

/// A server's folder with one workspace and three segments in it, and places for copies.
struct KeptServer {
    KeptServer() : founder(office.log, office.log.founder, office.space)
    {
        office.create();
        segments = {founder.next(), founder.next(5'000), founder.next()};
        REQUIRE(office.store->appendSegments(office.workspace(), 0, segments));
    }
    std::filesystem::path data() const { return office.folder.path(); }
    std::filesystem::path place(const char* name) const { return places.path() / name; }
    Result<BackupReport> backUp(const char* name)
    {
        return server::makeBackup(data(), place(name), office.random, office.now());
    }
    /// Does something to the file of a backup, as SQL.
    void harm(const char* name, const char* sql)
    {
        auto database = sql::Database::open(place(name) / server::kStoreFile);
        REQUIRE(database);
        REQUIRE(database->execute(sql));
    }
    Errc restoringError(const char* name, const char* into)
    {
        const auto restored = server::restoreBackup(place(name), place(into), office.random);
        REQUIRE_FALSE(restored.has_value());
        return restored.error().code;
    }

    ServerOffice office;
    test::TempFolder places;
    SegmentWriter founder;
    std::vector<ledger::Segment> segments;
};

}  // namespace

TEST_CASE("server backup: what is restored is what there was, under an incarnation of its own")
{
    KeptServer kept;
    const auto made = kept.backUp("b");
    REQUIRE(made);
    REQUIRE(made->workspaces.size() == 1);
    CHECK(made->workspaces[0].tree.size == 3);
    const auto state = kept.office.store->state(kept.office.workspace());
    REQUIRE(state);

    REQUIRE(server::restoreBackup(kept.place("b"), kept.place("r"), kept.office.random));
    auto restored = DataFolder::open(kept.place("r"), DataFolder::Use::Serve, kept.office.random);
    REQUIRE(restored);
    CHECK_FALSE(restored->isNew());
    const auto again = restored->store().state(kept.office.workspace());
    REQUIRE(again);
    CHECK(again->tree == state->tree);
    CHECK(again->membershipHash == state->membershipHash);
    CHECK(again->safe == 3);
    CHECK(restored->store().body(kept.office.workspace(), 2, 0, 1 << 20) == kept.segments[1].body);
    const server::ServerIdentity& before = kept.office.store->identity();
    const server::ServerIdentity& after = restored->store().identity();
    CHECK(after.receiptKey.publicKey() == before.receiptKey.publicKey());
    CHECK(after.tlsKey.publicKey() == before.tlsKey.publicKey());
    CHECK(after.incarnation != before.incarnation);
    const ledger::Segment next = kept.founder.next();
    CHECK(restored->store().appendSegments(kept.office.workspace(), 3, {&next, 1}));
}

TEST_CASE("server backup: it is a copy as of one moment, and taking it changes nothing")
{
    KeptServer kept;
    REQUIRE(kept.backUp("b"));
    const ledger::Segment later = kept.founder.next();
    REQUIRE(kept.office.store->appendSegments(kept.office.workspace(), 3, {&later, 1}));
    const auto checked = server::checkBackup(kept.place("b"));
    REQUIRE(checked);
    CHECK(checked->workspaces[0].tree.size == 3);
    CHECK(checked->made == kept.office.now());
    CHECK(kept.office.store->state(kept.office.workspace())->safe == 0);
}

TEST_CASE("server backup: only what lies elsewhere counts as safe, and never more than is in it")
{
    KeptServer kept;
    const auto made = kept.backUp("b");
    REQUIRE(made);
    const ledger::Segment later = kept.founder.next();
    REQUIRE(kept.office.store->appendSegments(kept.office.workspace(), 3, {&later, 1}));
    REQUIRE(server::countAsElsewhere(*kept.office.store, *made));
    CHECK(kept.office.store->state(kept.office.workspace())->safe == 3);

    // An older one found again takes nothing back.
    BackupReport older = *made;
    auto& tree = older.workspaces[0].tree;
    tree = {2, server::treeAt(*kept.office.store, kept.office.workspace(), 2)->root()};
    REQUIRE(server::countAsElsewhere(*kept.office.store, older));
    CHECK(kept.office.store->state(kept.office.workspace())->safe == 3);

    SECTION("of another log")
    {
        tree.root = Hash{1};
    }
    SECTION("of a log that has gone further")
    {
        tree.size = 5;
    }
    SECTION("of a workspace that is not here")
    {
        older.workspaces[0].workspace = WorkspaceId{Hash{1}};
    }
    CHECK(server::countAsElsewhere(*kept.office.store, older).error().code == Errc::Refused);
    CHECK(kept.office.store->state(kept.office.workspace())->safe == 3);
}

TEST_CASE("server backup: attachments are in it, and each that is missing or changed is found")
{
    KeptServer kept;
    const Bytes content(70'000, 7);
    const wire::BlobName name{kept.office.space, blake2b({content})};
    {
        auto blobs = server::SqliteBlobs::open(kept.data() / server::kBlobFile, {});
        REQUIRE(blobs);
        const auto put = [&](std::size_t from, std::size_t to) {
            return (*blobs)->put(
                kept.office.workspace(), kept.office.log.founder.id(),
                {name, content.size(), from,
                 Bytes(
                     content.begin() + static_cast<std::ptrdiff_t>(from),
                     content.begin() + static_cast<std::ptrdiff_t>(to))},
                kept.office.now());
        };
        REQUIRE(put(0, 60'000));
        REQUIRE(put(60'000, content.size())->code == wire::BlobCode::Stored);
    }
    const auto made = kept.backUp("b");
    REQUIRE(made);
    CHECK(made->attachments == 1);
    REQUIRE(server::restoreBackup(kept.place("b"), kept.place("r"), kept.office.random));
    {
        auto blobs = server::SqliteBlobs::open(kept.place("r") / server::kBlobFile, {});
        REQUIRE(blobs);
        const auto part = (*blobs)->part(kept.office.workspace(), name, 0, 1'000);
        REQUIRE(part);
        REQUIRE(*part);
        CHECK((*part)->size == content.size());
    }
    const std::filesystem::path file = kept.place("b") / server::kBlobFile;
    const auto harm = [&](const char* sql) {
        auto database = sql::Database::open(file);
        REQUIRE(database);
        REQUIRE(database->execute(sql));
    };
    SECTION("missing file")
    {
        std::filesystem::remove(file);
    }
    SECTION("missing blob")
    {
        harm("DELETE FROM part; DELETE FROM blob;");
    }
    SECTION("missing part")
    {
        harm("DELETE FROM part WHERE start > 0");
    }
    SECTION("changed part")
    {
        harm("UPDATE part SET bytes = zeroblob(length(bytes)) WHERE start > 0");
    }
    SECTION("another's address")
    {
        harm("UPDATE blob SET address = zeroblob(32)");
    }
    CHECK(server::checkBackup(kept.place("b")).error().code == Errc::Damaged);
    CHECK(kept.restoringError("b", "r2") == Errc::Damaged);
}

TEST_CASE("server backup: whatever is changed in it is found, and it is not restored")
{
    KeptServer kept;
    REQUIRE(kept.backUp("b"));
    const char* harm = GENERATE(
        "UPDATE body SET bytes = zeroblob(length(bytes)) WHERE number = 2",
        "DELETE FROM body WHERE number = 1", "DELETE FROM entry WHERE number = 3",
        "DELETE FROM entry WHERE number = 2",
        "UPDATE entry SET header = zeroblob(length(header)) WHERE number = 1",
        "UPDATE entry SET first_seq = 77 WHERE number = 3",
        "UPDATE entry SET device = zeroblob(16) WHERE number = 3",
        "UPDATE node SET hash = zeroblob(32) WHERE level = 1", "DELETE FROM node WHERE level = 0 AND idx = 0",
        "UPDATE workspace SET tree_size = 2", "UPDATE workspace SET tree_root = zeroblob(32)",
        "UPDATE workspace SET membership_hash = zeroblob(32)", "UPDATE workspace SET height = height - 1",
        "DELETE FROM statement WHERE height = 2",
        "UPDATE statement SET signature = zeroblob(64) WHERE height = 1",
        "UPDATE statement SET hash = zeroblob(32) WHERE height = 1", "DELETE FROM server",
        "UPDATE statement SET device = zeroblob(3) WHERE height = 1", "DROP TABLE backup");
    INFO(harm);
    kept.harm("b", harm);
    CHECK(server::checkBackup(kept.place("b")).error().code == Errc::Damaged);
    CHECK(kept.restoringError("b", "r") == Errc::Damaged);
    CHECK_FALSE(std::filesystem::exists(kept.place("r")));
}

TEST_CASE("server backup: a flipped bit anywhere is found, or the copy says the same")
{
    KeptServer kept;
    REQUIRE(kept.backUp("b"));
    const std::filesystem::path file = kept.place("b") / server::kStoreFile;
    const auto size = std::filesystem::file_size(file);
    for (std::uint64_t at = kept.office.random.below(97); at < size; at += 211) {
        std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
        bytes.seekg(static_cast<std::streamoff>(at));
        const auto before = static_cast<char>(bytes.get());
        const auto put = [&](char value) {
            bytes.seekp(static_cast<std::streamoff>(at));
            bytes.put(value);
            bytes.flush();
        };
        put(static_cast<char>(before ^ 4));
        // What is not used of a page, and what only keeps the server's own time, is nobody's work.
        if (const auto checked = server::checkBackup(kept.place("b"))) {
            INFO("byte " << at);
            REQUIRE(checked->workspaces.size() == 1);
            CHECK(checked->workspaces[0].tree == kept.office.store->state(kept.office.workspace())->tree);
        }
        put(before);
    }
    CHECK(server::checkBackup(kept.place("b")));
}

TEST_CASE("server backup: nothing is written over, and no server is made by mistake")
{
    KeptServer kept;
    REQUIRE(kept.backUp("b"));
    CHECK(kept.backUp("b").error().code == Errc::Refused);
    CHECK(server::checkBackup(kept.place("b")));
    CHECK(
        server::makeBackup(kept.place("none"), kept.place("b2"), kept.office.random, kept.office.now())
            .error()
            .code
        == Errc::NotFound);
    CHECK_FALSE(std::filesystem::exists(kept.place("none")));
    CHECK(server::checkBackup(kept.place("none")).error().code == Errc::NotFound);

    // Not over a server, neither one that runs nor one whose store is lost.
    CHECK(
        server::restoreBackup(kept.place("b"), kept.data(), kept.office.random).error().code
        == Errc::Refused);
    REQUIRE(server::restoreBackup(kept.place("b"), kept.place("r"), kept.office.random));
    CHECK(kept.restoringError("b", "r") == Errc::Refused);
    std::filesystem::create_directory(kept.place("lost"));
    std::ofstream(kept.place("lost") / "serving.lock") << "x";
    CHECK(kept.restoringError("b", "lost") == Errc::Refused);

    // A backup is not served: what was done since would be mixed into it.
    CHECK(
        DataFolder::open(kept.place("b"), DataFolder::Use::Serve, kept.office.random).error().code
        == Errc::Invalid);
    CHECK(server::checkBackup(kept.place("b")));
}

TEST_CASE("server backup: what was stopped half-way counts as nothing and is done again")
{
    KeptServer kept;
    std::filesystem::create_directory(kept.place("b"));
    std::ofstream(kept.place("b") / server::kUnfinishedCopy) << "half a copy";
    CHECK(server::checkBackup(kept.place("b")).error().code == Errc::Damaged);
    REQUIRE(kept.backUp("b"));
    CHECK_FALSE(std::filesystem::exists(kept.place("b") / server::kUnfinishedCopy));

    std::filesystem::create_directory(kept.place("r"));
    std::ofstream(kept.place("r") / server::kUnfinishedRestore) << "half a store";
    // A server that started here would be a stranger with keys of its own.
    CHECK(
        DataFolder::open(kept.place("r"), DataFolder::Use::Serve, kept.office.random).error().code
        == Errc::Damaged);
    REQUIRE(server::restoreBackup(kept.place("b"), kept.place("r"), kept.office.random));
    CHECK(DataFolder::open(kept.place("r"), DataFolder::Use::Serve, kept.office.random));
}

TEST_CASE("server backup: devices are told how far it goes, also when nothing else has moved")
{
    test::ServedCase served;
    server::ServerStore& store = *served.office.store;
    served.founder.catchUp();
    served.founder.upload(served.byFounder.next());
    const auto headOf = [&](const wire::Answer& answer) {
        return ledger::openHead(*answer.head, served.founder.membership.genesis().serverReceiptKey);
    };
    served.founder.connect();
    CHECK_FALSE(served.founder.catchUp().head);

    REQUIRE(store.raiseSafe(served.office.workspace(), 1));
    CHECK(store.raiseSafe(served.office.workspace(), 2).error().code == Errc::Invalid);
    served.founder.connect();
    const wire::Answer told = served.founder.catchUp();
    REQUIRE(told.head);
    CHECK(headOf(told)->safe == 1);
    CHECK(told.consistency.empty());

    served.founder.position.safe = 1;
    served.founder.connect();
    CHECK_FALSE(served.founder.catchUp().head);
    // One that believes in more than there is hears the truth.
    served.founder.position.safe = 9;
    served.founder.connect();
    const wire::Answer corrected = served.founder.catchUp();
    REQUIRE(corrected.head);
    CHECK(headOf(corrected)->safe == 1);
}

}  // namespace teren
