// SPDX-License-Identifier: EUPL-1.2
//
// Goal: whatever stops an operation of the store in the middle, all of it or nothing is there afterwards.
//
// Methodology: SQLite is stopped after its first, second, … step, closer at first and in growing strides
// then, until the operation runs through. After each failure the store must say what it said before, find
// nothing wrong with itself, also after opening it anew, and then do the operation as if nothing had
// happened.
#include "tests/support/store_office.h"

#include <sqlite3.h>

#include <functional>

namespace teren::test {
namespace {

/// Lets the database do `steps` more steps and interrupts it then, once: what follows is the rollback.
class Fuse {
public:
    Fuse(sql::Database& database, std::int64_t steps) : database_(database), left_(steps)
    {
        sqlite3_progress_handler(database_.handle(), 1, burn, &left_);
    }
    Fuse(const Fuse&) = delete;
    Fuse& operator=(const Fuse&) = delete;
    ~Fuse() { sqlite3_progress_handler(database_.handle(), 0, nullptr, nullptr); }

private:
    static int burn(void* left) { return (*static_cast<std::int64_t*>(left))-- == 0 ? 1 : 0; }

    sql::Database& database_;
    std::int64_t left_;
};

/// All that a caller can see of a store.
struct Sight {
    std::map<SpaceId, Hash> digests;
    std::uint64_t unsent = 0;
    std::uint64_t confirmed = 0;
    std::uint64_t waiting = 0;
    std::uint64_t quarantined = 0;
    std::size_t outbox = 0;
    std::size_t drafts = 0;
    std::size_t notices = 0;
    std::uint64_t life = 0;
    std::uint64_t height = 0;
    Hash membersLog{};
    wire::Position position;

    friend bool operator==(const Sight&, const Sight&) = default;
};

Sight sightOf(StoreDevice& device)
{
    Sight sight;
    for (const ledger::SpaceKind kind : {ledger::SpaceKind::Workspace, ledger::SpaceKind::CaseInternal})
        for (const SpaceId& space : device->spaces(kind))
            sight.digests.emplace(space, must(device->digest(space)));
    const store::OutboxCounts counts = must(device->outboxCounts());
    sight.unsent = counts.unsent;
    sight.confirmed = counts.confirmed;
    sight.waiting = counts.waiting;
    sight.quarantined = counts.quarantined;
    sight.outbox = must(device->outbox(0, std::size_t{1} << 30)).size();
    sight.drafts = static_cast<std::size_t>(must(device.database.number("SELECT count(*) FROM draft")));
    sight.notices = must(device->notices()).size();
    sight.life = device->keys().life;
    sight.height = device->membership().height();
    sight.membersLog = device->membership().hash();
    sight.position = device->position();
    return sight;
}

void checkAllOrNothing(StoreDevice& device, const std::function<Status()>& operation)
{
    const Sight before = sightOf(device);
    int failures = 0;
    for (std::int64_t steps = 1;; steps += 1 + steps / 6) {
        Status done;
        {
            const Fuse fuse(device.database, steps);
            done = operation();
        }
        if (done)
            break;
        ++failures;
        INFO("stopped after " << steps << " steps");
        REQUIRE(sightOf(device) == before);
        if (failures % 4 == 0) {
            device.reopen();
            REQUIRE(sightOf(device) == before);
            checkSound(device);
        }
        REQUIRE(steps < 100'000'000);
    }
    CHECK(failures > 5);
    const Sight after = sightOf(device);
    CHECK_FALSE(after == before);
    device.reopen();
    CHECK(sightOf(device) == after);
    checkSound(device);
}

struct Scene {
    Scene()
    {
        note = anna.add(office.workspaceSpace, "note", "text", "raz");
        office.sync(anna);
        office.sync(*jan);
    }
    StoreOffice office;
    StoreDevice& anna = office.founder();
    std::unique_ptr<StoreDevice> jan = office.join();
    RecordId note;
};

}  // namespace

TEST_CASE("store crash: a Save is there whole or not at all", "[store]")
{
    Scene scene;
    const std::vector<store::SpaceOps> ops{
        {scene.office.workspaceSpace,
         {assignOp(scene.note, "text", "dwa"), insertOp(RecordId::random(scene.anna.random), "task"),
          assignOp(scene.note, "date", "2026-11-22")}}};
    checkAllOrNothing(scene.anna, [&] { return scene.anna->save(ops); });
}

TEST_CASE(
    "store crash: a case is opened with its key, its draft and its first change, or not at all", "[store]")
{
    Scene scene;
    const std::vector<Op> ops{insertOp(RecordId::random(scene.anna.random), "case")};
    checkAllOrNothing(scene.anna, [&]() -> Status {
        TEREN_TRY(const SpaceId space, scene.anna->openSpace(ledger::SpaceKind::CaseInternal, ops));
        (void)space;
        return {};
    });
}

TEST_CASE("store crash: sealing stores bytes and chain together", "[store]")
{
    Scene scene;
    scene.anna.save(scene.office.workspaceSpace, {assignOp(scene.note, "text", "dwa")});
    checkAllOrNothing(scene.anna, [&] { return scene.anna->sealAll(); });
    const std::vector<engine::Outgoing> outbox = must(scene.anna->outbox(0, 1'000'000));
    REQUIRE(outbox.size() == 1);
    CHECK(outbox.front().segment.head.header.firstSeq == 2);
}

TEST_CASE("store crash: a step of sealing is there whole or not at all", "[store]")
{
    Scene scene;
    StoreDevice& anna = scene.anna;
    for (int i = 0; i < 3; ++i) {
        const SpaceId space = must(anna->openSpace(ledger::SpaceKind::CaseInternal, {}));
        anna.add(space, "note", "text", "w sprawie");
    }
    scene.office.state(anna);
    std::uint64_t left = 3;
    checkAllOrNothing(anna, [&]() -> Status {
        TEREN_TRY(const engine::Waiting step, anna->sealSome(1));
        left = step.unsealed;
        return {};
    });
    CHECK(left == 2);
    CHECK(must(anna->outbox(0, 1'000'000)).size() == 1);
    must(anna->sealAll());
    CHECK(must(anna->outbox(0, 1'000'000)).size() == 3);
}

TEST_CASE("store crash: a receipt counts whole", "[store]")
{
    Scene scene;
    scene.anna.save(scene.office.workspaceSpace, {assignOp(scene.note, "text", "dwa")});
    must(scene.anna->sealAll());
    const ledger::Segment sealed = must(scene.anna->outbox(0, 1'000'000)).front().segment;
    const wire::Numbered entry{scene.office.append(sealed), sealed.head.hash};
    checkAllOrNothing(
        scene.anna, [&] { return scene.anna->storeReceipt(scene.office.head(), std::span(&entry, 1)); });
}

TEST_CASE("store crash: statements join the log with their keys, or not at all", "[store]")
{
    Scene scene;
    must(scene.anna->openSpace(ledger::SpaceKind::CaseInternal, {}));
    scene.office.state(scene.anna);
    const auto from = static_cast<std::ptrdiff_t>((*scene.jan)->membership().height());
    const std::vector<ledger::SignedStatement> newer(
        scene.office.statements.begin() + from, scene.office.statements.end());
    checkAllOrNothing(*scene.jan, [&] { return (*scene.jan)->storeStatements(newer); });
    CHECK((*scene.jan)->spaces(ledger::SpaceKind::CaseInternal).size() == 1);
}

TEST_CASE("store crash: a page is stored with its cursor, or not at all", "[store]")
{
    Scene scene;
    const SpaceId space = must(scene.anna->openSpace(ledger::SpaceKind::CaseInternal, {}));
    scene.anna.add(space, "note", "text", "w sprawie");
    scene.anna.save(scene.office.workspaceSpace, {assignOp(scene.note, "text", "dwa")});
    scene.office.sync(scene.anna);
    scene.office.fetchStatements(*scene.jan);
    must((*scene.jan)->storeReceipt(scene.office.head(), {}));
    std::vector<engine::Incoming> page;
    for (std::size_t i = (*scene.jan)->position().cursor; i < scene.office.log.size(); ++i)
        page.push_back({i + 1, scene.office.log[i], ledger::Membership::Verdict::Accepted});
    REQUIRE(page.size() == 2);
    checkAllOrNothing(*scene.jan, [&]() -> Status {
        TEREN_TRY(const engine::PageOutcome outcome, (*scene.jan)->storePage(page, scene.office.log.size()));
        CHECK(outcome.changesReceived == 2);
        return {};
    });
}

TEST_CASE("store crash: a new life begins whole", "[store]")
{
    Scene scene;
    scene.anna.save(scene.office.workspaceSpace, {assignOp(scene.note, "text", "dwa")});
    must(scene.anna->sealAll());
    scene.anna.save(scene.office.workspaceSpace, {assignOp(scene.note, "text", "trzy")});
    checkAllOrNothing(scene.anna, [&] { return scene.anna->startNewLife(engine::LifeReason::Forked); });
    CHECK(scene.anna.values(scene.note, "text") == std::vector<std::string>{"trzy"});
    CHECK(must(scene.anna->outboxCounts()).unsent == 2);
}

TEST_CASE("store crash: a void rebuilds whole", "[store]")
{
    Scene scene;
    scene.jan->save(scene.office.workspaceSpace, {assignOp(scene.note, "text", "złe")});
    scene.office.sync(*scene.jan);
    scene.office.sync(scene.anna);
    const DeviceId jan = (*scene.jan)->device();
    must(scene.anna->queueAct(ledger::Void{
        scene.office.workspaceSpace, jan, (*scene.jan)->keys().life, 1, 1, ledger::VoidReason::Refused}));
    const std::vector<ledger::SignedStatement> drafts = must(scene.anna->signDrafts(scene.anna.clock.now()));
    scene.office.take(drafts);
    checkAllOrNothing(scene.anna, [&] { return scene.anna->storeStatements(drafts); });
    CHECK(scene.anna.values(scene.note, "text") == std::vector<std::string>{"raz"});
}

TEST_CASE("store crash: going back with a server happens whole or not at all", "[store]")
{
    Scene scene;
    StoreDevice& anna = scene.anna;
    const ledger::TreeHead common = scene.office.head().tree;
    scene.jan->save(scene.office.workspaceSpace, {assignOp(scene.note, "text", "dwa")});
    scene.office.sync(*scene.jan);
    anna.save(scene.office.workspaceSpace, {assignOp(scene.note, "date", "2026-11-23")});
    scene.office.sync(anna);
    must(anna->storePartial({scene.office.log.size() + 1, Bytes(204, 1), Bytes(10, 2)}));
    anna.save(scene.office.workspaceSpace, {assignOp(scene.note, "text", "trzy")});
    const engine::WentBack found{common, scene.office.head(), 1};
    checkAllOrNothing(anna, [&] { return anna->wentBack(found); });
    CHECK(must(anna->outboxCounts()).unsent == 2);
    CHECK(anna->position().head == common);
    CHECK(anna->position().cursor == common.size);
    CHECK(must(anna->outbox(0, 1'000'000)).size() == 2);
}

TEST_CASE("store crash: giving way to what the server took instead happens whole or not at all", "[store]")
{
    Scene scene;
    StoreDevice& anna = scene.anna;
    const ledger::TreeHead common = scene.office.head().tree;
    for (const std::string_view text : {"dwa", "trzy"}) {
        scene.jan->save(scene.office.workspaceSpace, {assignOp(scene.note, "text", text)});
        scene.office.sync(*scene.jan);
    }
    scene.office.sync(anna);
    must(anna->wentBack({common, scene.office.head(), 1}));
    const Hash lost = must(anna->outbox(0, 1'000'000)).front().segment.head.hash;
    checkAllOrNothing(anna, [&] { return anna->segmentRefused(lost, wire::SegmentRefusal::Forked); });
    CHECK(anna.values(scene.note, "text") == std::vector<std::string>{"raz"});
    CHECK(must(anna->outbox(0, 1'000'000)).empty());
}

TEST_CASE("store crash: another members' log is followed whole or not at all", "[store]")
{
    Scene scene;
    StoreDevice& anna = scene.anna;
    StoreDevice& jan = *scene.jan;
    const std::uint64_t common = anna->membership().height();
    REQUIRE(jan->membership().height() == common);
    const SpaceId lost = anna.openCase("tylko u Anny");
    scene.office.state(anna);
    // The server has forgotten that, and has taken Jan's case since.
    jan.openCase("u Jana");
    const std::vector<ledger::SignedStatement> theirs = must(jan->signDrafts(jan.clock.now()));
    REQUIRE_FALSE(theirs.empty());
    checkAllOrNothing(anna, [&] { return anna->followStatements(common, theirs); });
    CHECK(anna->membership().height() == common + theirs.size());
    CHECK(anna->membership().find(lost) == nullptr);
    CHECK(must(anna.database.number("SELECT count(*) FROM draft")) > 0);  // It is to be opened again.
    CHECK(must(anna->records(lost)).size() == 1);
}

TEST_CASE("store crash: since when work waits is kept with what is told of it, or neither is", "[store]")
{
    // Looking at the counts writes it. A look that cannot write tells the counts all the same, so it is the
    // database that is asked what was kept.
    const auto kept = [](StoreDevice& device) {
        return must(device.database.number("SELECT count(*) FROM key_value WHERE key = 'unsent.since'"));
    };
    const auto told
        = [](StoreDevice& device) { return must(device.database.number("SELECT count(*) FROM notice")); };
    Scene scene;
    StoreDevice& anna = scene.anna;
    const Instant start = anna.clock.now();
    anna.clock.set(start + std::chrono::days(30));
    anna.save(scene.office.workspaceSpace, {assignOp(scene.note, "text", "z zegarem naprzód")});
    anna.clock.set(start);
    const std::int64_t before = told(anna);
    REQUIRE(kept(anna) == 0);
    int failures = 0;
    for (std::int64_t steps = 1; kept(anna) == 0; ++steps) {
        INFO("stopped after " << steps << " steps");
        {
            const Fuse fuse(anna.database, steps);
            (void)anna->outboxCounts();
        }
        REQUIRE(told(anna) - before == kept(anna));
        failures += kept(anna) == 0 ? 1 : 0;
        REQUIRE(steps < 1'000'000);
    }
    CHECK(failures > 5);
    anna.reopen();
    CHECK(kept(anna) == 1);
    CHECK(must(anna->outboxCounts()).oldestUnsent == start);
    checkSound(anna);
}

}  // namespace teren::test
