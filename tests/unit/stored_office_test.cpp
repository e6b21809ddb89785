// SPDX-License-Identifier: EUPL-1.2
// Whole offices as earlier builds left them on disk, server and devices: opened by this build, exchanged and
// worked in.
#include "app/platform/system_clock.h"
#include "app/service/enrolment.h"
#include "app/service/office_parts.h"
#include "app/service/sync_service.h"
#include "app/service/versions.h"
#include "sync/server/data_folder.h"
#include "sync/server/listener.h"
#include "sync/server/sqlite_schema.h"
#include "sync/server/store_audit.h"
#include "sync/sql/database.h"
#include "tests/support/catch.h"
#include "tests/support/files.h"
#include "tests/support/temp_folder.h"

#include <asio/post.hpp>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cstdlib>
#include <thread>

using namespace teren;
using namespace teren::service;

namespace {

const std::filesystem::path kSkew = std::filesystem::path(TEREN_VECTOR_DIR) / "skew";
constexpr std::string_view kPassphrase = "zielona-lipa-nad-stawem";
constexpr std::string_view kNote = "Zapisane przez wcześniejszą wersję: żółta łódź.";

std::vector<std::string> storedOffices()
{
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(kSkew))
        if (const std::string name = entry.path().filename().string(); name.starts_with("office-"))
            names.push_back(name);
    std::ranges::sort(names);
    return names;
}

std::int64_t schemaOf(const std::filesystem::path& file)
{
    auto database = sql::Database::open(file);
    REQUIRE(database);
    const auto version = database->number("PRAGMA user_version");
    REQUIRE(version);
    return *version;
}

/// A copy of a stored office whose server runs, of this build and at an address of today.
class StoredOffice {
public:
    explicit StoredOffice(const std::string& name)
    {
        spdlog::set_level(spdlog::level::off);
        setenv("TEREN_KDF", "floor", 1);
        schemas_ = domain::SchemaSet::builtIn();
        REQUIRE(schemas_);
        std::filesystem::copy(
            kSkew / name, folder_.path() / "office", std::filesystem::copy_options::recursive);
        schemaBefore = schemaOf(store());
        auto opened
            = server::DataFolder::open(store().parent_path(), server::DataFolder::Use::Serve, random_);
        REQUIRE(opened);
        data_.emplace(*std::move(opened));
        listener_.emplace(io_, data_->store(), clock_, server::ListenerOptions{});
        const Result<net::Address> started = listener_->start();
        REQUIRE(started);
        address_ = started->text();
        thread_ = std::jthread([this] { io_.run(); });
    }
    ~StoredOffice()
    {
        asio::post(io_, [this] { listener_->stop(); });
    }

    std::filesystem::path store() const { return folder_.path() / "office" / "server" / "teren.db"; }
    /// A profile, which finds the server where it is today.
    std::unique_ptr<Office> person(const std::string& name)
    {
        const std::filesystem::path profile = folder_.path() / "office" / name;
        {
            auto stored = Office::open(profile, kPassphrase, around());
            REQUIRE(stored);
            sql::Database& database = (*stored)->parts().vault->database();
            REQUIRE(database.execute("UPDATE own SET server_address = '" + address_ + "'"));
        }
        auto opened = Office::open(profile, kPassphrase, around());
        REQUIRE(opened);
        return *std::move(opened);
    }
    /// Somebody whom `host` lets in today.
    std::unique_ptr<Office> newcomer(Office& host, const std::string& name)
    {
        const std::filesystem::path profile = folder_.path() / name;
        REQUIRE(Office::createProfile(profile, name, kPassphrase, around()));
        auto office = Office::open(profile, kPassphrase, around());
        REQUIRE(office);
        const auto invitation = Enrolment(host).invite(name, Role::SocialWorker);
        REQUIRE(invitation);
        const auto code = Enrolment(**office).join(invitation->text);
        REQUIRE(code);
        REQUIRE(Enrolment(host).approve(*code));
        REQUIRE(syncOnce(**office));
        return *std::move(office);
    }
    std::int64_t schemaBefore = 0;

private:
    Surroundings around() { return {clock_, random_, *schemas_}; }

    test::TempFolder folder_;
    SystemRandom random_;
    platform::SystemClock clock_;
    Result<domain::SchemaSet> schemas_ = fail(Errc::NotFound);
    std::optional<server::DataFolder> data_;
    asio::io_context io_;
    std::optional<server::Listener> listener_;
    std::string address_;
    std::jthread thread_;
};

void exchange(const std::vector<Office*>& offices)
{
    for (int round = 0; round < 2; ++round)
        for (Office* office : offices)
            REQUIRE(syncOnce(*office));
}

void checkAlike(const std::vector<Office*>& offices)
{
    for (Office* office : offices) {
        CHECK(office->digests()->digest == offices.front()->digests()->digest);
        const auto status = office->syncStatus();
        REQUIRE(status);
        CHECK(status->unsent == 0);
        CHECK(status->confirmed == status->total);
        CHECK(status->waiting == 0);
        CHECK(status->quarantined == 0);
        CHECK(office->selfCheck()->ok);
    }
}

}  // namespace

TEST_CASE("stored office: every office that builds ever left opens, exchanges what it had, and goes on")
{
    const std::vector<std::string> names = storedOffices();
    REQUIRE(names.size() >= 3);
    for (const std::string& name : names) {
        INFO(name);
        StoredOffice stored(name);
        const auto anna = stored.person("anna");
        const auto jan = stored.person("jan");
        for (Office* office : {anna.get(), jan.get()}) {
            CHECK(office->selfCheck()->ok);
            CHECK(office->syncStatus()->unsent == 1);
            CHECK(office->cases()->front().title == "Rodzina próbna");
        }
        exchange({anna.get(), jan.get()});
        checkAlike({anna.get(), jan.get()});
        const CaseId caseId = anna->cases()->front().id;
        for (Office* office : {anna.get(), jan.get()}) {
            CHECK(office->search("zolta lodz")->size() == 1);
            CHECK(
                office->records(caseId, "goal")->front().fields.at("title").text() == "Mieszkanie chronione");
            REQUIRE(office->conflicts()->size() == 1);
            CHECK(office->conflicts()->front().field == "needs");
        }
        // What only this build knows goes to and fro over what the former ones left.
        const RecordId card = anna->conflicts()->front().record;
        REQUIRE(anna->decide(card, "needs", {.kind = Decision::Kind::KeepSide, .side = 0}));
        REQUIRE(freeze(*anna, card));
        const auto ewa = stored.newcomer(*anna, "Ewa");
        exchange({anna.get(), jan.get(), ewa.get()});
        checkAlike({anna.get(), jan.get(), ewa.get()});
        CHECK(ewa->records(caseId, "note")->front().fields.at("text").text() == kNote);
        CHECK(jan->conflicts()->empty());
        CHECK(versionsOf(*jan, card)->size() == 1);
    }
}

TEST_CASE(
    "stored office: the server's store is brought up to date and whole, from every schema that ever was")
{
    std::vector<std::int64_t> schemas;
    for (const std::string& name : storedOffices()) {
        INFO(name);
        const StoredOffice stored(name);
        schemas.push_back(stored.schemaBefore);
        auto database = sql::Database::open(stored.store());
        REQUIRE(database);
        const auto whole = server::audit(*database);
        REQUIRE(whole);
        CHECK(whole->size() == 1);
        CHECK(whole->front().tree.size > 0);
        CHECK(schemaOf(stored.store()) == server::sqliteMigrations().back().version);
    }
    // A schema that none of the stored offices has cannot be tested: store one before the present one
    // changes.
    std::ranges::sort(schemas);
    for (const sql::Migration& migration : server::sqliteMigrations())
        if (migration.version != server::sqliteMigrations().back().version)
            CHECK(std::ranges::binary_search(schemas, std::int64_t{migration.version}));
}

TEST_CASE("stored office: a vault of the trial version is named as that, and not touched")
{
    const test::TempFolder folder;
    const std::filesystem::path copy = folder.path() / "trial";
    std::filesystem::copy(kSkew / "trial-vault", copy, std::filesystem::copy_options::recursive);
    SystemRandom random;
    const platform::SystemClock clock;
    const auto schemas = domain::SchemaSet::builtIn();
    REQUIRE(schemas);
    const auto opened = Office::open(copy, kPassphrase, {clock, random, *schemas});
    REQUIRE_FALSE(opened);
    CHECK(opened.error().detail.find("trial version") != std::string::npos);
    for (const char* const file : {"vault.db", "vault.header"})
        CHECK(test::readFile(copy / file) == test::readFile(kSkew / "trial-vault" / file));
    CHECK_FALSE(std::filesystem::exists(copy / "vault.db-fresh"));
}
