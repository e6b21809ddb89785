// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/store_office.h"

namespace teren::test {
namespace {

struct Case {
    SpaceId space;
    RecordId record;
};

Case openCase(StoreDevice& device, std::string_view title)
{
    const RecordId record = RecordId::random(device.random);
    const std::vector<Op> ops{insertOp(record, "case"), assignOp(record, "title", title)};
    return {must(device->openSpace(ledger::SpaceKind::CaseInternal, ops)), record};
}

}  // namespace

TEST_CASE("store: what is saved is there again, after closing too", "[store]")
{
    StoreOffice office;
    StoreDevice& device = office.founder();
    const Case made = openCase(device, "Zielona Anna");
    const RecordId person = device.add(made.space, "person", "name", "Łucja");
    device.save(made.space, {assignOp(person, "name", "Łucja Zielona")});
    device.reopen();

    const store::StoredRecord stored = must(device->record(person));
    CHECK(stored.type == "person");
    CHECK(stored.space == made.space);
    CHECK(stored.unsent);
    CHECK(device.values(person, "name") == std::vector<std::string>{"Łucja Zielona"});
    CHECK(must(device->records(made.space)).size() == 2);
    CHECK(must(device->records(made.space, "person")).size() == 1);
    CHECK(must(device->recordsOfType("case")).size() == 1);
    CHECK(device->spaces(ledger::SpaceKind::CaseInternal) == std::vector<SpaceId>{made.space});
    CHECK(must(device->unsentCounts()).at(made.space) == 3);
    CHECK(must(device->outboxCounts()).unsent == 3);
    checkSound(device);
}

TEST_CASE("store: history tells every value with what it replaced, oldest first", "[store]")
{
    StoreOffice office;
    StoreDevice& device = office.founder();
    const RecordId note = device.add(office.workspaceSpace, "note", "text", "jeden");
    device.save(office.workspaceSpace, {assignOp(note, "text", "dwa")});
    device.save(office.workspaceSpace, {deleteOp(note, "pomyłka")});

    const std::vector<store::HistoryEntry> history = must(device->history(note));
    REQUIRE(history.size() == 4);
    CHECK(history[0].value.kind == OpKind::Insert);
    CHECK(history[1].field == "text");
    CHECK_FALSE(history[1].inForce);
    CHECK(history[2].inForce);
    CHECK(history[2].seen.contains(history[1].value.dot));
    CHECK(history[3].value.kind == OpKind::Delete);
    CHECK(history[3].field.empty());
    CHECK(textOf(history[3].value.value) == "pomyłka");
    CHECK(must(device->record(note)).deleted);
    CHECK(must(device->records(office.workspaceSpace, "note")).empty());
}

TEST_CASE("store: rows come in fractional order, then by id", "[store]")
{
    StoreOffice office;
    StoreDevice& device = office.founder();
    std::vector<RecordId> rows;
    for (const std::string_view order : {"m", "c", "x"}) {
        rows.push_back(RecordId::random(device.random));
        device.save(
            office.workspaceSpace,
            {insertOp(rows.back(), "task", order), assignOp(rows.back(), "title", order)});
    }
    const auto order = [&] {
        std::vector<RecordId> ids;
        for (const store::StoredRecord& record : must(device->records(office.workspaceSpace, "task")))
            ids.push_back(record.id);
        return ids;
    };
    CHECK(order() == std::vector{rows[1], rows[0], rows[2]});
    device.save(office.workspaceSpace, {assignOp(rows[1], "@order", "z")});
    CHECK(order() == std::vector{rows[0], rows[2], rows[1]});
    checkSound(device);
}

TEST_CASE("store: search finds folded words, the last as a beginning, in living records", "[store]")
{
    StoreOffice office;
    StoreDevice& device = office.founder();
    const RecordId person = RecordId::random(device.random);
    device.save(
        office.workspaceSpace,
        {insertOp(person, "person"), assignOp(person, "name", "Żaneta Wójcik"),
         assignOp(person, "address", "ul. Długa 5, Łódź")});
    const auto fields = [&](const std::string& text) {
        std::vector<std::string> found;
        for (const store::TextHit& hit : must(device->search(text, 10)))
            found.push_back(hit.field);
        return found;
    };
    CHECK(fields("lodz") == std::vector<std::string>{"address"});
    CHECK(fields("ŁÓD") == std::vector<std::string>{"address"});
    CHECK(fields("wojcik zan").size() == 1);
    CHECK(fields("zaneta lodz").size() == 2);  // In one record, each in its own field.
    CHECK(fields("odz").empty());
    CHECK(fields("\" OR *").empty());
    CHECK(fields("person").empty());
    CHECK(must(device->search("dluga", 10)).front().snippet == "ul. Długa 5, Łódź");

    device.save(office.workspaceSpace, {assignOp(person, "address", "Zgierz")});
    CHECK(fields("lodz").empty());
    CHECK(fields("zgierz").size() == 1);
    device.save(office.workspaceSpace, {deleteOp(person)});
    CHECK(fields("zgierz").empty());
    checkSound(device);
}

TEST_CASE("store: a long text is shown around the hit, cut at whole letters", "[store]")
{
    StoreOffice office;
    StoreDevice& device = office.founder();
    std::string text;
    for (int i = 0; i < 60; ++i)
        text += "ąę ";
    device.add(office.workspaceSpace, "note", "text", text + "kotwica " + text);
    const std::vector<store::TextHit> hits = must(device->search("kotw", 5));
    REQUIRE(hits.size() == 1);
    CHECK(hits.front().snippet.starts_with("…"));
    CHECK(hits.front().snippet.ends_with("…"));
    CHECK(hits.front().snippet.find("kotwica") != std::string::npos);
    CHECK(hits.front().snippet.size() < 160);
}

TEST_CASE("store: one Save in two spaces has one group, and fails whole", "[store]")
{
    StoreOffice office;
    StoreDevice& device = office.founder();
    const Case made = openCase(device, "Zielona");
    const RecordId record = RecordId::random(device.random);
    const std::vector<store::SpaceOps> good{
        {made.space, {insertOp(record, "note")}}, {office.workspaceSpace, {insertOp(record, "note")}}};
    must(device->save(good));

    const RecordId other = RecordId::random(device.random);
    const std::vector<store::SpaceOps> unknown{
        {made.space, {insertOp(other, "note")}}, {SpaceId::random(device.random), {insertOp(other, "note")}}};
    const Hash before = must(device->digest(made.space));
    const Status refused = device->save(unknown);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == Errc::NotFound);
    CHECK(must(device->digest(made.space)) == before);
    CHECK_FALSE(device->record(other).has_value());

    const std::vector<store::SpaceOps> twice{
        {made.space, {assignOp(record, "text", "a"), assignOp(record, "text", "b")}}};
    CHECK(device->save(twice).error().code == Errc::Invalid);
    const std::vector<store::SpaceOps> large{{made.space, {}}};
    std::vector<store::SpaceOps> tooLarge = large;
    for (int i = 0; i < 5; ++i)
        tooLarge.front().ops.push_back(assignOp(record, "f" + std::to_string(i), std::string(200'000, 'x')));
    CHECK(device->save(tooLarge).error().code == Errc::LimitExceeded);
    checkSound(device);
}

TEST_CASE("store: a partial body survives closing", "[store]")
{
    StoreOffice office;
    StoreDevice& device = office.founder();
    must(device->storePartial({7, bytesOf("header"), bytesOf("data")}));
    must(device->uploadStarted(blake2b({viewOf("x")})));
    device.reopen();
    CHECK(device->position().partialNumber == 7);
    CHECK(device->position().partialSize == 4);
    CHECK(device->position().uploading == blake2b({viewOf("x")}));
    CHECK(textOf(must(device->partial()).data) == "data");
    must(device->storePartial({}));
    CHECK(device->position().partialNumber == 0);
    CHECK(must(device->partial()).number == 0);
}

TEST_CASE("store: a vault without a workspace opens as nothing", "[store]")
{
    StoreDevice empty(3);
    CHECK(must(store::WorkspaceStore::open(empty.parts())) == nullptr);
}

TEST_CASE("store: stamps go on after closing, even if the clock went back", "[store]")
{
    StoreOffice office;
    StoreDevice& device = office.founder();
    const RecordId note = device.add(office.workspaceSpace, "note", "text", "raz");
    const HybridStamp first = must(device->record(note)).lastStamp;
    device.clock.set(Instant(std::chrono::hours(1)));
    device.reopen();
    const store::SpaceOps again{office.workspaceSpace, {assignOp(note, "text", "dwa")}};
    must(device->save(std::span(&again, 1)));
    CHECK(must(device->record(note)).lastStamp > first);
}

}  // namespace teren::test
