// SPDX-License-Identifier: EUPL-1.2
//
// Goal: wherever a session with the server ends, between whatever two transactions, the store that is opened
// afterwards agrees with itself, and the next session ends as if nothing had happened.
//
// Methodology: the same story is played again and again, and the power goes just before the first, second, …
// commit of a session, until it runs through. The readings of these devices leave some fields out of the
// index, as real schemas do.
#include "tests/support/store_office.h"

#include <sqlite3.h>

namespace teren::test {
namespace {

/// Lets the database commit some times; the next commit and all after it fail, as do all that a process
/// begins after its end.
class LastCommit {
public:
    LastCommit(sql::Database& database, int left) : database_(database), left_(left)
    {
        sqlite3_commit_hook(database_.handle(), refuse, &left_);
    }
    LastCommit(const LastCommit&) = delete;
    LastCommit& operator=(const LastCommit&) = delete;
    ~LastCommit() { sqlite3_commit_hook(database_.handle(), nullptr, nullptr); }

private:
    static int refuse(void* left) { return (*static_cast<int*>(left))-- <= 0 ? 1 : 0; }

    sql::Database& database_;
    int left_;
};

/// What `StoreOffice::sync` does, as long as the device lives.
Status session(StoreOffice& office, StoreDevice& device)
{
    const auto from = static_cast<std::ptrdiff_t>(device->membership().height());
    const std::vector<ledger::SignedStatement> newer(
        office.statements.begin() + from, office.statements.end());
    if (!newer.empty())
        TEREN_CHECK(device->storeStatements(newer));
    TEREN_CHECK(device->storeReceipt(office.head(), {}));
    std::vector<engine::Incoming> page;
    for (std::size_t i = device->position().cursor; i < office.log.size(); ++i)
        page.push_back({i + 1, office.log[i], device->membership().judge(office.log[i].head.header, i + 1)});
    TEREN_TRY(const engine::PageOutcome outcome, device->storePage(page, office.log.size()));
    if (outcome.ownUnknown)
        TEREN_CHECK(device->startNewLife(engine::LifeReason::RolledBack));
    TEREN_TRY(const auto drafts, device->signDrafts(device.clock.now()));
    if (!drafts.empty()) {
        office.take(drafts);
        TEREN_CHECK(device->storeStatements(drafts));
    }
    TEREN_CHECK(device->sealAll());
    TEREN_TRY(const auto outbox, device->outbox(0, std::size_t{1} << 30));
    for (const engine::Outgoing& outgoing : outbox) {
        TEREN_CHECK(device->uploadStarted(outgoing.segment.head.hash));
        const wire::Numbered entry{office.append(outgoing.segment), outgoing.segment.head.hash};
        TEREN_CHECK(device->storeReceipt(office.head(), std::span(&entry, 1)));
    }
    return device->noteContact(device.clock.now());
}

sql::Database copyOf(sql::Database& from)
{
    sql::Database to = must(sql::Database::openInMemory());
    sqlite3_backup* backup = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
    REQUIRE(backup != nullptr);
    sqlite3_backup_step(backup, -1);
    REQUIRE(sqlite3_backup_finish(backup) == SQLITE_OK);
    return to;
}

/// Jan has work that he has not sent, about a case to which Anna has added much.
struct Scene {
    explicit Scene(bool putsDiskBack)
    {
        anna.save(space, {insertOp(card, "expectation_card"), assignOp(card, "stage", "zgłoszenie")});
        office.sync(anna);
        office.sync(*jan);
        if (putsDiskBack) {
            sql::Database image = copyOf(jan->database);
            jan->save(space, {assignOp(card, "stage", "wysłane i zapomniane")});
            office.sync(*jan);
            jan->store.reset();
            jan->database = std::move(image);
            jan->reopen();
        }
        for (int i = 0; i < 20; ++i)
            anna.add(space, "note", i % 2 == 0 ? "text" : "stage", "uwaga " + std::to_string(i));
        anna.save(space, {assignOp(card, "situation", "u Anny"), assignOp(card, "stage", "plan")});
        office.sync(anna);
        jan->save(space, {assignOp(card, "situation", "u Jana"), assignOp(card, "stage", "realizacja")});
        jan->add(space, "visit", "stage", "2026-11-22");
    }
    StoreOffice office;
    StoreDevice& anna = office.founder();
    std::unique_ptr<StoreDevice> jan = office.join();
    SpaceId space = anna.openCase();
    RecordId card = RecordId::random(anna.random);
};

/// @return whether the session ran through.
bool survives(bool putsDiskBack, int commits)
{
    Scene scene(putsDiskBack);
    Status done;
    {
        const LastCommit last(scene.jan->database, commits);
        done = session(scene.office, *scene.jan);
    }
    INFO("the end came at commit " << commits + 1);
    scene.jan->reopen();
    checkSound(*scene.jan);
    for (int round = 0; round < 2; ++round) {
        scene.office.sync(*scene.jan);
        scene.office.sync(scene.anna);
    }
    checkSound(*scene.jan);
    CHECK(must((*scene.jan)->digest(scene.space)) == must(scene.anna->digest(scene.space)));
    CHECK(scene.anna.values(scene.card, "situation").size() == 2);
    CHECK(must((*scene.jan)->outboxCounts()).unsent == 0);
    return done.has_value();
}

}  // namespace

TEST_CASE("store session crash: a store is sound after an end at any commit", "[store]")
{
    const bool putsDiskBack = GENERATE(false, true);
    int commits = 0;
    while (!survives(putsDiskBack, commits))
        REQUIRE(++commits < 100);
    CHECK(commits >= 5);
}

TEST_CASE_METHOD(TwoWithACase, "store session crash: an index made without the readings is healed", "[store]")
{
    const RecordId note = anna.add(space, "note", "stage", "2026-11-22");
    const auto planted = [&] {
        must(anna.database.execute("DELETE FROM text_index"));
        must(anna.database.execute("INSERT INTO text_index (rowid, folded) SELECT id, '2026' FROM record"));
    };
    SECTION("on opening, where a build left it that named no readings; a notice says so")
    {
        planted();
        must(anna.database.execute("DELETE FROM key_value WHERE key = 'derived.readings'"));
        anna.reopen();
        checkSound(anna);
        const std::vector<store::Notice> notices = must(anna->notices());
        REQUIRE(notices.size() == 1);
        CHECK(notices.front().text.find("search index") != std::string::npos);
    }
    SECTION("by a self-check, which tells what it found")
    {
        planted();
        const std::vector<std::string> problems = must(anna->selfCheck());
        REQUIRE(problems.size() > 1);
        CHECK(problems.back().find("made anew") != std::string::npos);
        checkSound(anna);
    }
    SECTION("without a word where only the schemas are others")
    {
        anna.readings = {{}, "everything is searched"};
        anna.reopen();
        checkSound(anna);
        CHECK(must(anna->notices()).empty());
        CHECK(must(anna->search("2026", 10)).size() == 1);
    }
    CHECK(anna.values(note, "stage") == std::vector<std::string>{"2026-11-22"});
}

}  // namespace teren::test
