// SPDX-License-Identifier: EUPL-1.2
#include "app/store/key_value.h"
#include "tests/support/store_office.h"

namespace teren::test {
namespace {

/// A note of one case, and another record under the same id in a second one: what a person does who may write
/// in both and wants to hide or replace the first.
struct Confused {
    Confused()
    {
        note = anna.add(first, "note", "text", "prawdziwa");
        office.sync(anna);
        office.sync(*jan);
        jan->save(second, {insertOp(note, "note"), assignOp(note, "text", "podłożona")});
        office.sync(*jan);
        office.sync(anna);
    }
    SpaceId open() { return must(anna->openSpace(ledger::SpaceKind::CaseInternal, {})); }

    StoreOffice office;
    StoreDevice& anna = office.founder();
    std::unique_ptr<StoreDevice> jan = office.join();
    SpaceId first = open();
    SpaceId second = open();
    RecordId note;
};

std::string textIn(const store::StoredRecord& record)
{
    return std::string(textOf(record.fields.at("text").distinctValues().front().value));
}

}  // namespace

TEST_CASE("store reading: an id in two spaces is never answered with one of them", "[store]")
{
    Confused scene;
    const Result<store::StoredRecord> alone = scene.anna->record(scene.note);
    REQUIRE_FALSE(alone.has_value());
    CHECK(alone.error().code == Errc::Refused);
    CHECK(alone.error().detail.find(scene.first.hex()) != std::string::npos);
    CHECK(alone.error().detail.find(scene.second.hex()) != std::string::npos);
    CHECK(scene.anna->history(scene.note).error().code == Errc::Refused);

    CHECK(textIn(must(scene.anna->record(scene.first, scene.note))) == "prawdziwa");
    CHECK(textIn(must(scene.anna->record(scene.second, scene.note))) == "podłożona");
    CHECK(must(scene.anna->history(scene.first, scene.note)).size() == 2);
    CHECK(must(scene.anna->records(scene.first, "note")).size() == 1);
    CHECK(scene.anna->record(scene.office.workspaceSpace, scene.note).error().code == Errc::NotFound);
    CHECK(must(scene.anna->history(scene.office.workspaceSpace, scene.note)).empty());
    checkSound(scene.anna);
}

TEST_CASE("store reading: a conflict is that of its own space's record", "[store]")
{
    Confused scene;
    scene.anna.save(scene.first, {assignOp(scene.note, "text", "Anny")});
    scene.jan->save(scene.first, {assignOp(scene.note, "text", "Jana")});
    scene.office.sync(*scene.jan);
    scene.office.sync(scene.anna);
    const std::vector<store::FieldConflict> conflicts = must(scene.anna->conflicts());
    REQUIRE(conflicts.size() == 1);
    CHECK(conflicts.front().space == scene.first);
    CHECK(must(scene.anna->history(conflicts.front().space, conflicts.front().record)).size() == 4);
}

TEST_CASE("store: a discarded workspace leaves nothing, and another can be founded", "[store]")
{
    StoreOffice office;
    StoreDevice& anna = office.founder();
    anna.add(must(anna->openSpace(ledger::SpaceKind::CaseInternal, {})), "note", "text", "tekst do szukania");
    office.sync(anna);
    anna.store.reset();
    must(store::WorkspaceStore::discard(anna.parts()));
    CHECK(must(store::WorkspaceStore::open(anna.parts())) == nullptr);
    auto founding = must(store::WorkspaceStore::found({}, {}, anna.parts()));
    anna.store = must(store::WorkspaceStore::createFounded(std::move(founding), "127.0.0.1:1", anna.parts()));
    CHECK(must(anna->outboxCounts()).unsent == 0);
    CHECK(must(anna->search("szukania", 5)).empty());
    CHECK(must(anna->recordsOfType("note")).empty());
    checkSound(anna);
}

TEST_CASE("store: what is done together is there whole or not at all", "[store]")
{
    StoreOffice office;
    StoreDevice& anna = office.founder();
    store::KeyValue settings = must(store::KeyValue::open(anna.database));
    const RecordId note = RecordId::random(anna.random);
    const store::SpaceOps save{
        office.workspaceSpace, {insertOp(note, "note"), assignOp(note, "text", "raz")}};
    const store::SpaceOps wrong{SpaceId::random(anna.random), save.ops};
    const auto drafts = [&] { return must(anna.database.number("SELECT count(*) FROM draft")); };
    const auto attempt = [&](bool fails) {
        return anna->together([&]() -> Status {
            TEREN_CHECK(anna->queueAct(ledger::VoidInvite{}));
            TEREN_CHECK(anna->save({&save, 1}));
            // Even where the caller passes over it.
            if (fails)
                (void)anna->save({&wrong, 1});
            return settings.put("with it", bytesOf("x"));
        });
    };
    CHECK(attempt(true).error().code == Errc::NotFound);
    CHECK(drafts() == 0);
    CHECK_FALSE(anna->record(note).has_value());
    CHECK_FALSE(must(settings.get("with it")).has_value());
    must(attempt(false));
    CHECK(drafts() == 1);
    CHECK(anna.values(note, "text") == std::vector<std::string>{"raz"});
    CHECK(must(settings.get("with it")).has_value());
    checkSound(anna);
}

}  // namespace teren::test
