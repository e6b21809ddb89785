// SPDX-License-Identifier: EUPL-1.2
#include "crypto/base/limits.h"
#include "sync/server/data_folder.h"
#include "tests/contract/server_store_contract.h"

#include <fstream>

namespace teren {
namespace {

using server::DataFolder;
using server::SqliteStore;
using test::SegmentWriter;
using test::ServerOffice;

void run(ServerOffice& office, const char* sql)
{
    auto database = sql::Database::open(office.folder.path() / "teren.db");
    REQUIRE(database);
    REQUIRE(database->execute(sql));
}

Errc openingError(ServerOffice& office)
{
    office.hub.reset();
    office.store.reset();
    const auto opened = SqliteStore::open(office.folder.path() / "teren.db", office.random);
    REQUIRE_FALSE(opened.has_value());
    return opened.error().code;
}

}  // namespace

TEST_CASE("server store: the SQLite store keeps the contract")
{
    ServerOffice office;
    test::serverStoreContract(office, [&] {
        office.hub.reset();
        office.store.reset();
        office.store = office.openStore();
    });
}

TEST_CASE("server store: a full disk keeps nothing of what did not fit, and reading goes on")
{
    ServerOffice office;
    office.create();
    SegmentWriter founder(office.log, office.log.founder, office.space);
    const ledger::Segment small = founder.next();
    REQUIRE(office.store->appendSegments(office.workspace(), 0, {&small, 1}));
    office.hub.reset();
    office.store.reset();
    office.store = office.openStore({.bytesMax = 256 << 10});
    const auto before = office.store->state(office.workspace());
    const std::vector batch{founder.next(), founder.next(600'000)};
    CHECK(office.store->appendSegments(office.workspace(), 1, batch).error().code == Errc::DiskFull);
    CHECK(office.store->state(office.workspace()) == before);
    CHECK(office.store->body(office.workspace(), 1, 0, 1 << 20) == small.body);
    CHECK(office.store->appendSegments(office.workspace(), 1, {batch.data(), 1}));
}

TEST_CASE("server store: a store whose log does not add up is not opened")
{
    ServerOffice office;
    office.create();
    SegmentWriter founder(office.log, office.log.founder, office.space);
    const std::vector segments{founder.next(), founder.next(), founder.next()};
    REQUIRE(office.store->appendSegments(office.workspace(), 0, segments));

    SECTION("a tree node changed")
    {
        run(office, "UPDATE node SET hash = zeroblob(32) WHERE level = 1");
    }
    SECTION("a tree node missing")
    {
        run(office, "DELETE FROM node WHERE level = 0 AND idx = 2");
    }
    SECTION("the head changed")
    {
        run(office, "UPDATE workspace SET tree_size = 2");
    }
    SECTION("the last body missing")
    {
        run(office, "DELETE FROM body WHERE number = 3");
    }
    SECTION("the last statement missing")
    {
        run(office, "DELETE FROM statement WHERE height = (SELECT max(height) FROM statement)");
    }
    SECTION("a statement changed")
    {
        run(office, "UPDATE statement SET body = x'00'");
    }
    SECTION("the identity cut short")
    {
        run(office, "UPDATE server SET receipt_seed = x'00'");
    }
    CHECK(openingError(office) == Errc::Damaged);
}

TEST_CASE("server store: a file that is no store, or a later build's, is left alone")
{
    ServerOffice office;
    SECTION("rubbish")
    {
        office.hub.reset();
        office.store.reset();
        std::ofstream(office.folder.path() / "teren.db", std::ios::trunc) << std::string(5'000, 'x');
        CHECK(openingError(office) == Errc::Damaged);
    }
    SECTION("later")
    {
        run(office, "PRAGMA user_version = 1000");
        CHECK(openingError(office) == Errc::TooNew);
    }
}

TEST_CASE("data folder: one server at a time, administration beside it")
{
    test::TempFolder temp;
    test::SeededRandom random(3);
    const auto folder = temp.path() / "made" / "here";
    {
        auto first = DataFolder::open(folder, DataFolder::Use::Serve, random);
        REQUIRE(first);
        namespace fs = std::filesystem;
        CHECK((fs::status(folder).permissions() & fs::perms::all) == fs::perms::owner_all);
        CHECK(DataFolder::open(folder, DataFolder::Use::Serve, random).error().code == Errc::Busy);
        auto beside = DataFolder::open(folder, DataFolder::Use::Administer, random);
        REQUIRE(beside);
        CHECK(beside->store().identity().tlsKey.publicKey() == first->store().identity().tlsKey.publicKey());
        // A token written beside a running server is there for it at once.
        REQUIRE(beside->store().addToken(Hash{1}, Instant{}));
        ServerOffice office;
        CHECK(
            first->store().createWorkspace(Hash{1}, office.workspace(), office.log.statements, office.now()));
    }
    CHECK(DataFolder::open(folder, DataFolder::Use::Serve, random));
    CHECK_FALSE(DataFolder::open(folder, DataFolder::Use::Serve, random)->isNew());
    std::ofstream(temp.path() / "file") << "x";
    CHECK(DataFolder::open(temp.path() / "file", DataFolder::Use::Serve, random).error().code == Errc::Disk);
}

TEST_CASE("data folder: where a store was lost no other one is made")
{
    const auto use = GENERATE(DataFolder::Use::Serve, DataFolder::Use::Administer);
    test::TempFolder temp;
    test::SeededRandom random(3);
    const std::filesystem::path folder = temp.path();
    const auto codeOf = [&] {
        const auto opened = DataFolder::open(folder, use, random);
        return opened ? std::optional<Errc>() : opened.error().code;
    };
    SECTION("a profile's folder is none of a server")
    {
        std::ofstream(folder / "vault.header") << "x";
        CHECK(codeOf() == Errc::Invalid);
        CHECK_FALSE(std::filesystem::exists(folder / "teren.db"));
    }
    SECTION("a first start that was cut short is done again")
    {
        std::ofstream(folder / "teren.db.making").flush();
        std::ofstream(folder / "serving.lock").flush();
        std::ofstream(folder / "teren.db").flush();
        const auto again = DataFolder::open(folder, use, random);
        REQUIRE(again);
        CHECK(again->isNew());
        CHECK_FALSE(std::filesystem::exists(folder / "teren.db.making"));
    }
    SECTION("after a store was there")
    {
        {
            const auto made = DataFolder::open(folder, DataFolder::Use::Serve, random);
            REQUIRE(made);
            CHECK(made->isNew());
        }
        REQUIRE_FALSE(DataFolder::open(folder, use, random)->isNew());
        SECTION("it is empty")
        {
            std::ofstream(folder / "teren.db", std::ios::trunc).flush();
            CHECK(codeOf() == Errc::Damaged);
            CHECK(std::filesystem::file_size(folder / "teren.db") == 0);
        }
        SECTION("it is missing")
        {
            std::filesystem::remove(folder / "teren.db");
            CHECK(codeOf() == Errc::Damaged);
            CHECK_FALSE(std::filesystem::exists(folder / "teren.db"));
        }
        SECTION("it is a database with nothing in it")
        {
            std::filesystem::remove(folder / "teren.db");
            auto bare = sql::Database::open(folder / "teren.db");
            REQUIRE(bare);
            REQUIRE(bare->execute("CREATE TABLE other (x)"));
            CHECK(codeOf() == Errc::Damaged);
        }
    }
}

}  // namespace teren
