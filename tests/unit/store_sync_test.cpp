// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/store_office.h"

#include <sqlite3.h>

namespace teren::test {
namespace {

/// What the disk of a device held, so that it can be put back.
struct Image {
    sql::Database database;
};

Image imageOf(StoreDevice& device)
{
    Image image{must(sql::Database::openInMemory())};
    sqlite3_backup* backup
        = sqlite3_backup_init(image.database.handle(), "main", device.database.handle(), "main");
    REQUIRE(backup != nullptr);
    sqlite3_backup_step(backup, -1);
    sqlite3_backup_finish(backup);
    return image;
}

void restore(StoreDevice& device, Image image)
{
    device.store.reset();
    device.database = std::move(image.database);
    device.reopen();
}

void checkSame(StoreDevice& left, StoreDevice& right, const SpaceId& space)
{
    CHECK(must(left->digest(space)) == must(right->digest(space)));
}

}  // namespace

TEST_CASE_METHOD(
    TwoWithACase, "store sync: a case opened offline reaches a colleague, and the receipt confirms it",
    "[store]")
{
    const Instant opened = anna.clock.now();
    const RecordId visit = anna.add(space, "visit", "date", "2026-11-22");
    REQUIRE(anna.clock.now() > opened);
    CHECK(must(anna->outboxCounts()).unsent == 2);
    // The one that waits longest, not the last.
    REQUIRE(must(anna->outboxCounts()).oldestUnsent.has_value());
    CHECK(*must(anna->outboxCounts()).oldestUnsent <= opened);

    office.sync(anna);
    CHECK(must(anna->outboxCounts()).unsent == 0);
    CHECK(must(anna->outboxCounts()).confirmed == 2);
    CHECK_FALSE(must(anna->record(visit)).unsent);
    CHECK(must(anna->outbox(0, 1'000)).empty());

    CHECK(office.sync(*jan).changesReceived == 2);
    // A colleague's work is not what the server confirmed to this device.
    CHECK(must((*jan)->outboxCounts()).confirmed == 0);
    checkSame(anna, *jan, space);
    CHECK(jan->values(visit, "date") == std::vector<std::string>{"2026-11-22"});
    CHECK(office.sync(*jan).changesReceived == 0);
    checkSound(anna);
    checkSound(*jan);
}

TEST_CASE_METHOD(
    TwoWithACase, "store sync: edits apart are a conflict on both, and deciding it on one ends it on both",
    "[store]")
{
    const RecordId card = anna.add(space, "expectation_card", "situation", "początek");
    office.sync(anna);
    office.sync(*jan);

    anna.save(space, {assignOp(card, "situation", "wersja Anny"), assignOp(card, "needs", "spokój")});
    jan->save(space, {assignOp(card, "situation", "wersja Jana"), assignOp(card, "strengths", "upór")});
    office.sync(anna);
    office.sync(*jan);
    office.sync(anna);
    checkSame(anna, *jan, space);
    for (StoreDevice* device : {&anna, jan.get()}) {
        const std::vector<store::FieldConflict> conflicts = must((*device)->conflicts());
        REQUIRE(conflicts.size() == 1);
        CHECK(conflicts.front().field == "situation");
        CHECK(conflicts.front().type == "expectation_card");
        CHECK(must((*device)->conflictCounts()).at(space) == 1);
        CHECK(device->values(card, "situation").size() == 2);
    }

    anna.save(space, {assignOp(card, "situation", "wersja Jana")});
    CHECK(must(anna->conflicts()).empty());
    office.sync(anna);
    office.sync(*jan);
    CHECK(must((*jan)->conflicts()).empty());
    CHECK(must((*jan)->conflictCounts()).empty());
    CHECK(jan->values(card, "situation") == std::vector<std::string>{"wersja Jana"});
    checkSame(anna, *jan, space);
    checkSound(anna);
    checkSound(*jan);
}

TEST_CASE_METHOD(
    TwoWithACase, "store sync: fields whose reading has no conflicts are not counted as such", "[store]")
{
    const RecordId mark = anna.add(space, "scale_mark", "value", "3");
    office.sync(anna);
    office.sync(*jan);
    anna.save(space, {assignOp(mark, "value", "4")});
    jan->save(space, {assignOp(mark, "value", "5")});
    office.sync(anna);
    office.sync(*jan);
    CHECK(must((*jan)->conflicts()).size() == 1);
    jan->readings.of = [](const std::string& type, const std::string&) {
        return store::WorkspaceStore::FieldReading{type != "scale_mark", true};
    };
    jan->readings.version = "without scale marks";
    jan->reopen();
    CHECK(must((*jan)->conflicts()).empty());
    CHECK(must((*jan)->conflictCounts()).empty());
    checkSound(*jan);
}

TEST_CASE_METHOD(TwoWithACase, "store sync: a deletion against an edit keeps the record, marked", "[store]")
{
    const RecordId note = anna.add(space, "note", "text", "raz");
    office.sync(anna);
    office.sync(*jan);
    anna.save(space, {deleteOp(note, "dubel")});
    jan->save(space, {assignOp(note, "text", "dwa")});
    office.sync(anna);
    office.sync(*jan);
    office.sync(anna);
    checkSame(anna, *jan, space);
    const store::StoredRecord record = must(anna->record(note));
    CHECK(record.deletedButEdited);
    CHECK(record.deletions.size() == 1);
    CHECK(must(anna->records(space, "note")).size() == 1);
    const std::vector<store::FieldConflict> conflicts = must(anna->conflicts(space));
    REQUIRE(conflicts.size() == 1);
    CHECK(conflicts.front().field.empty());
    checkSound(anna);

    // Whoever edits something else has not decided it.
    jan->save(space, {assignOp(note, "date", "2026-11-22")});
    office.sync(*jan);
    office.sync(anna);
    CHECK(must(anna->conflicts(space)).size() == 1);
    CHECK(must((*jan)->conflicts(space)).size() == 1);
    checkSound(anna);
    checkSame(anna, *jan, space);
}

TEST_CASE_METHOD(TwoWithACase, "store sync: an edit of a deleted record brings it back everywhere", "[store]")
{
    const RecordId note = anna.add(space, "note", "text", "raz");
    anna.save(space, {deleteOp(note, "dubel")});
    office.sync(anna);
    office.sync(*jan);
    CHECK(must((*jan)->record(note)).deleted);
    jan->save(space, {assignOp(note, "text", "dwa")});
    office.sync(*jan);
    office.sync(anna);
    const store::StoredRecord record = must(anna->record(note));
    CHECK_FALSE(record.deleted);
    CHECK_FALSE(record.deletedButEdited);
    checkSame(anna, *jan, space);
    checkSound(anna);
}

TEST_CASE_METHOD(
    TwoWithACase, "store: registers that other rules of merging have made are made anew on opening",
    "[store]")
{
    const RecordId note = anna.add(space, "note", "text", "raz");
    anna.save(space, {deleteOp(note, "dubel")});
    const Hash before = must(anna->digest(space));
    must(anna.database.execute("UPDATE op SET live = 0 WHERE kind = 5"));
    must(anna.database.execute("UPDATE record SET presence = 0"));
    must(anna.database.execute("DELETE FROM key_value WHERE key = 'derived.rules'"));
    anna.reopen();
    CHECK(must(anna->digest(space)) == before);
    CHECK(must(anna->record(note)).deleted);
    checkSound(anna);
}

TEST_CASE("store sync: who joins later gets all of every case, also from before", "[store]")
{
    StoreOffice office;
    StoreDevice& anna = office.founder();
    const SpaceId first = anna.openCase();
    office.sync(anna);
    const auto jan = office.join();
    office.sync(*jan);
    checkSame(anna, *jan, first);
    const SpaceId second = jan->openCase();
    office.sync(*jan);
    office.sync(anna);
    checkSame(anna, *jan, second);
    CHECK(anna->spaces(ledger::SpaceKind::CaseInternal).size() == 2);
}

TEST_CASE("store sync: a member without the right to cases gets the workspace space only", "[store]")
{
    StoreOffice office;
    StoreDevice& anna = office.founder();
    const SpaceId space = anna.openCase();
    anna.add(office.workspaceSpace, "member", "name", "Anna");
    office.sync(anna);
    const auto guest = office.join(0);
    CHECK((*guest)->spaces(ledger::SpaceKind::CaseInternal).empty());
    checkSame(anna, *guest, office.workspaceSpace);
    CHECK((*guest)->digest(space).error().code == Errc::NotFound);
}

TEST_CASE(
    "store sync: a case opened while another device is admitted is granted to it by the next sync", "[store]")
{
    StoreOffice office;
    StoreDevice& anna = office.founder();
    const auto jan = office.join();
    const SpaceId space = jan->openCase();
    const std::vector<ledger::SignedStatement> signedBefore = must((*jan)->signDrafts(jan->clock.now()));
    const auto ewa = office.join();
    CHECK_FALSE(ledger::Membership(office.membership).apply(signedBefore.front()).has_value());
    office.sync(*jan);
    office.sync(*ewa);
    checkSame(*jan, *ewa, space);
    // Admitted after the case was opened, before its opener knew: whoever holds the key grants it.
    const SpaceId other = jan->openCase();
    office.sync(*jan);
    office.sync(anna);
    const auto ola = office.join();
    checkSame(*jan, *ola, other);
}

TEST_CASE_METHOD(TwoWithACase, "store sync: a space newly granted is fetched from its beginning", "[store]")
{
    // The server took opening and segments, but Jan's grant comes only afterwards.
    office.fetchStatements(anna);
    std::vector<ledger::SignedStatement> drafts = must(anna->signDrafts(anna.clock.now()));
    REQUIRE(drafts.size() == 2);
    drafts.pop_back();
    office.take(drafts);
    must(anna->storeStatements(drafts));
    office.upload(anna);
    anna.add(office.workspaceSpace, "note", "text", "x");
    office.upload(anna);
    office.sync(*jan);
    CHECK((*jan)->position().cursor == office.log.size());
    CHECK((*jan)->spaces(ledger::SpaceKind::CaseInternal).empty());

    office.sync(anna);
    office.fetchStatements(*jan);
    REQUIRE((*jan)->position().exceptions.size() == 1);
    CHECK((*jan)->position().exceptions.front().space == space);
    CHECK((*jan)->position().exceptions.front().cursor == 0);
    jan->reopen();
    CHECK((*jan)->position().exceptions.size() == 1);
    office.sync(*jan);
    CHECK((*jan)->position().exceptions.empty());
    checkSame(anna, *jan, space);
}

TEST_CASE_METHOD(
    TwoWithACase, "store sync: the kind of a space is what the members' log says, not a header", "[store]")
{
    office.fetchStatements(anna);
    std::vector<ledger::SignedStatement> drafts = must(anna->signDrafts(anna.clock.now()));
    drafts.pop_back();  // Jan's grant.
    office.take(drafts);
    must(anna->storeStatements(drafts));
    must(anna->sealAll());
    ledger::Segment segment = must(anna->outbox(0, 1'000'000)).at(0).segment;
    segment.head.header.kind = ledger::SpaceKind::Team;
    segment.head = ledger::signHeader(segment.head.header, anna->keys().signing);
    office.fetchStatements(*jan);
    const engine::Incoming entry{1, segment, ledger::Membership::Verdict::NotAWriter};
    must((*jan)->storePage(std::span(&entry, 1), 1));

    office.sync(anna);
    office.fetchStatements(*jan);
    CHECK((*jan)->holds(space, ledger::SpaceKind::CaseInternal));
}

TEST_CASE_METHOD(
    TwoWithACase, "store sync: what was void before a space came here holds nothing up", "[store]")
{
    const RecordId note = anna.add(space, "note", "text", "kept");
    office.fetchStatements(anna);
    std::vector<ledger::SignedStatement> drafts = must(anna->signDrafts(anna.clock.now()));
    drafts.pop_back();  // Jan's grant.
    office.take(drafts);
    must(anna->storeStatements(drafts));
    office.upload(anna);
    must(anna->queueAct(
        ledger::Void{space, anna->device(), anna->keys().life, 1, 1, ledger::VoidReason::Erased}));
    drafts = must(anna->signDrafts(anna.clock.now()));
    std::erase_if(drafts, [](const ledger::SignedStatement& draft) {
        return std::holds_alternative<ledger::Grant>(must(ledger::decodeStatement(draft)).acts.front());
    });
    office.take(drafts);
    must(anna->storeStatements(drafts));
    office.fetchStatements(*jan);

    office.sync(anna);
    office.sync(*jan);
    office.sync(*jan);
    CHECK(must((*jan)->outboxCounts()).waiting == 0);
    CHECK(jan->values(note, "text") == std::vector<std::string>{"kept"});
    checkSame(anna, *jan, space);
    checkSound(*jan);
}

TEST_CASE("store sync: a key that does not open is asked for, and granted by whoever has it", "[store]")
{
    StoreOffice office;
    StoreDevice& anna = office.founder();
    const auto jan = office.join();
    const auto ewa = office.join();
    const SpaceId space = anna.openCase();
    office.fetchStatements(anna);
    std::vector<ledger::SignedStatement> drafts = must(anna->signDrafts(anna.clock.now()));
    REQUIRE(drafts.size() == 2);
    drafts.pop_back();  // The honest grants.
    office.take(drafts);
    must(anna->storeStatements(drafts));
    ledger::Grant garbage;
    garbage.space = space;
    garbage.epoch = 1;
    garbage.keyId = office.membership.find(space)->epochs.front().keyId;
    garbage.recipient = (*jan)->device();
    garbage.recipientKey = blake2b({(*jan)->keys().box.publicKey()});
    garbage.sealedKey = Bytes(80, 7);
    const auto signByAnna = [&] {
        ledger::Statement statement;
        statement.workspace = office.membership.workspace();
        statement.height = office.membership.height() + 1;
        statement.previous = office.membership.hash();
        statement.acts = {garbage};
        return ledger::signStatement(statement, anna->device(), anna->keys().signing);
    };
    office.take({signByAnna()});
    office.sync(anna);
    office.sync(*jan);
    CHECK_FALSE((*jan)->holds(space, ledger::SpaceKind::CaseInternal));
    CHECK(office.membership.find(space)->asking == std::set{(*jan)->device()});
    // Once more, before anybody honest comes by.
    office.take({signByAnna()});
    office.sync(*jan);
    CHECK(office.membership.find(space)->asking == std::set{(*jan)->device()});

    office.sync(*ewa);
    CHECK(office.membership.find(space)->asking.empty());
    const std::size_t height = office.statements.size();
    office.sync(*jan);
    office.sync(*jan);
    office.sync(anna);
    CHECK(office.statements.size() == height);
    checkSame(anna, *jan, space);
    checkSound(*jan);
}

TEST_CASE("store sync: drafts that the server took but we forgot come back and are known", "[store]")
{
    StoreOffice office;
    StoreDevice& anna = office.founder();
    const SpaceId space = anna.openCase();
    const std::vector<ledger::SignedStatement> drafts = must(anna->signDrafts(anna.clock.now()));
    REQUIRE_FALSE(drafts.empty());
    office.take(drafts);
    anna.reopen();  // Died before it heard.
    office.sync(anna);
    CHECK(must(anna->signDrafts(anna.clock.now())).empty());
    CHECK(must(anna->outboxCounts()).unsent == 0);
    CHECK(office.membership.find(space) != nullptr);
    checkSound(anna);
}

TEST_CASE(
    "store sync: what is decided while own statements are on their way is stated all the same", "[store]")
{
    StoreOffice office;
    StoreDevice& anna = office.founder();
    (void)anna.openCase();
    const std::vector<ledger::SignedStatement> drafts = must(anna->signDrafts(anna.clock.now()));
    REQUIRE_FALSE(drafts.empty());
    office.take(drafts);
    std::set<InvitationId> queued;
    for (int i = 0; i < 3; ++i) {
        const auto invitation = InvitationId::random(anna.random);
        must(anna->queueAct(ledger::Invite{
            invitation, MemberId::random(anna.random), ledger::kAllRights,
            anna.clock.now() + std::chrono::hours(24)}));
        queued.insert(invitation);
    }
    SECTION("the server is heard")
    {
        must(anna->storeStatements(drafts));
    }
    SECTION("it is not")
    {
        anna.reopen();
    }
    office.sync(anna);
    for (const ledger::SignedStatement& signedStatement : office.statements)
        for (const ledger::Act& act : must(ledger::decodeStatement(signedStatement)).acts)
            if (const auto* invite = std::get_if<ledger::Invite>(&act))
                queued.erase(invite->invitation);
    CHECK(queued.empty());
    CHECK(must(anna->signDrafts(anna.clock.now())).empty());
}

TEST_CASE("store sync: an act that no longer fits is dropped and told once", "[store]")
{
    StoreOffice office;
    StoreDevice& anna = office.founder();
    must(anna->queueAct(ledger::VoidInvite{InvitationId::random(anna.random)}));
    CHECK(must(anna->signDrafts(anna.clock.now())).empty());
    CHECK(must(anna->notices()).size() == 1);
    CHECK(must(anna->signDrafts(anna.clock.now())).empty());
    CHECK(must(anna->notices()).size() == 1);
}

TEST_CASE("store sync: of many acts in one statement only the one that does not fit is dropped", "[store]")
{
    StoreOffice office;
    StoreDevice& anna = office.founder();
    const auto jan = office.join();
    std::vector<SpaceId> spaces;
    for (int i = 0; i < 130; ++i) {
        spaces.push_back(anna.openCase());
        if (i == 50)
            must(anna->queueAct(ledger::VoidInvite{InvitationId::random(anna.random)}));
    }
    office.sync(anna);
    CHECK(must(anna->notices()).size() == 1);
    CHECK(must(anna->outboxCounts()).unsent == 0);
    office.sync(*jan);
    for (const SpaceId& space : spaces)
        checkSame(anna, *jan, space);
}

TEST_CASE("store sync: nothing is sealed before the log knows the space, and never twice", "[store]")
{
    StoreOffice office;
    StoreDevice& anna = office.founder();
    anna.openCase();
    must(anna->sealAll());
    CHECK(must(anna->outbox(0, 1'000'000)).empty());
    office.fetchStatements(anna);
    office.state(anna);
    must(anna->sealAll());
    const std::vector<engine::Outgoing> first = must(anna->outbox(0, 1'000'000));
    REQUIRE(first.size() == 1);
    anna.reopen();
    must(anna->sealAll());
    const std::vector<engine::Outgoing> again = must(anna->outbox(0, 1'000'000));
    REQUIRE(again.size() == 1);
    CHECK(again.front().segment.head.hash == first.front().segment.head.hash);
    CHECK(again.front().segment.body == first.front().segment.body);
    CHECK(must(anna->outbox(again.front().token, 1'000'000)).empty());
}

TEST_CASE("store sync: a large backlog becomes a chain of segments within the limits", "[store]")
{
    StoreOffice office;
    StoreDevice& anna = office.founder();
    const SpaceId space = anna.openCase();
    SeededRandom noise(5);
    for (int i = 0; i < 6; ++i) {
        std::string text(240'000, ' ');
        for (char& c : text)
            c = static_cast<char>('!' + noise.below(90));
        anna.add(space, "note", "text", text);
    }
    office.fetchStatements(anna);
    office.state(anna);
    must(anna->sealAll());
    const std::vector<engine::Outgoing> all = must(anna->outbox(0, std::size_t{1} << 30));
    CHECK(all.size() > 1);
    Hash previous{};
    std::uint64_t seq = 1;
    for (const engine::Outgoing& outgoing : all) {
        CHECK(outgoing.segment.head.header.previous == previous);
        CHECK(outgoing.segment.head.header.firstSeq == seq);
        previous = outgoing.segment.head.hash;
        seq = outgoing.segment.head.header.lastSeq() + 1;
    }
    CHECK(must(anna->outbox(0, 1)).size() == 1);
    office.upload(anna);
    const auto jan = office.join();
    checkSame(anna, *jan, space);
    checkSound(*jan);
}

TEST_CASE_METHOD(
    TwoWithACase, "store sync: a device that was rolled back goes on under a new life and loses nothing",
    "[store]")
{
    const RecordId note = anna.add(space, "note", "text", "raz");
    office.sync(anna);
    Image old = imageOf(anna);
    anna.save(space, {assignOp(note, "text", "dwa")});
    office.sync(anna);
    office.sync(*jan);
    const std::uint64_t oldLife = anna->keys().life;

    restore(anna, std::move(old));
    const RecordId mine = anna.add(space, "note", "text", "po odtworzeniu");
    const engine::PageOutcome outcome = office.sync(anna);
    CHECK(outcome.ownUnknown);
    CHECK(outcome.changesReceived == 1);
    CHECK(anna->keys().life != oldLife);
    const std::vector<store::Notice> notices = must(anna->notices());
    REQUIRE(notices.size() == 1);
    CHECK(notices.front().text.find("put back to an older state") != std::string::npos);
    CHECK(anna.values(note, "text") == std::vector<std::string>{"dwa"});
    CHECK(anna.values(mine, "text") == std::vector<std::string>{"po odtworzeniu"});
    CHECK(must(anna->outboxCounts()).unsent == 0);
    office.sync(*jan);
    checkSame(anna, *jan, space);
    CHECK(jan->values(mine, "text") == std::vector<std::string>{"po odtworzeniu"});
    CHECK(office.membership.find(anna->device())->lives.back() == anna->keys().life);
    checkSound(anna);
    checkSound(*jan);
    anna.reopen();
    checkSame(anna, *jan, space);
}

TEST_CASE("store sync: a lost life is not forgotten by dying before the new one begins", "[store]")
{
    StoreOffice office;
    StoreDevice& anna = office.founder();
    const SpaceId space = anna.openCase();
    office.sync(anna);
    Image old = imageOf(anna);
    anna.add(space, "note", "text", "raz");
    office.sync(anna);
    restore(anna, std::move(old));
    const std::uint64_t oldLife = anna->keys().life;
    must(anna->storeReceipt(office.head(), {}));
    const engine::Incoming entry{office.log.size(), office.log.back(), ledger::Membership::Verdict::Accepted};
    CHECK(must(anna->storePage(std::span(&entry, 1), office.log.size())).ownUnknown);
    must(anna->sealAll());
    anna.reopen();
    CHECK(anna->keys().life != oldLife);
    CHECK(must(anna->records(space, "note")).size() == 1);
    checkSound(anna);
}

TEST_CASE("store sync: a device that exists twice issues again what the log lacks", "[store]")
{
    StoreOffice office;
    StoreDevice& anna = office.founder();
    const SpaceId space = anna.openCase();
    const RecordId note = anna.add(space, "note", "text", "raz");
    office.sync(anna);
    Image copy = imageOf(anna);
    anna.save(space, {assignOp(note, "text", "z pierwszej")});
    office.sync(anna);
    const std::vector<ledger::Segment> log = office.log;

    StoreDevice twin(77);
    twin.database = std::move(copy.database);
    twin.reopen();
    twin.save(space, {assignOp(note, "text", "z drugiej")});
    must(twin->sealAll());
    const std::vector<engine::Outgoing> refused = must(twin->outbox(0, 1'000'000));
    REQUIRE(refused.size() == 1);
    must(twin->startNewLife(engine::LifeReason::Forked));
    must(twin->segmentRefused(refused.front().segment.head.hash, wire::SegmentRefusal::Forked));
    CHECK(must(twin->outbox(0, 1'000'000)).empty());
    office.sync(twin);
    CHECK(twin.values(note, "text").size() == 2);  // Made apart: a conflict, shown.
    checkSound(twin);
    office.sync(anna);
}

TEST_CASE_METHOD(TwoWithACase, "store sync: a void takes effect by rebuilding, here and there", "[store]")
{
    const RecordId note = anna.add(space, "note", "text", "dobre");
    office.sync(anna);
    office.sync(*jan);
    jan->save(space, {assignOp(note, "text", "złe")});
    jan->save(space, {assignOp(note, "date", "2026-11-22")});
    office.sync(*jan);
    office.sync(anna);
    CHECK(anna.values(note, "text") == std::vector<std::string>{"złe"});

    must(anna->queueAct(
        ledger::Void{space, (*jan)->device(), (*jan)->keys().life, 1, 1, ledger::VoidReason::Refused}));
    office.sync(anna);
    office.sync(*jan);
    for (StoreDevice* device : {&anna, jan.get()}) {
        CHECK(device->values(note, "text") == std::vector<std::string>{"dobre"});
        CHECK(device->values(note, "date") == std::vector<std::string>{"2026-11-22"});
        CHECK(must((*device)->search("zle", 5)).empty());
    }
    checkSame(anna, *jan, space);
    checkSound(anna);
    checkSound(*jan);
}

TEST_CASE_METHOD(
    TwoWithACase, "store sync: what may not stand in the log is kept, counted and not applied", "[store]")
{
    office.sync(anna);
    const Hash before = must((*jan)->digest(office.workspaceSpace));
    office.fetchStatements(*jan);
    const engine::Incoming refused{
        office.log.size(), office.log.back(), ledger::Membership::Verdict::Removed};
    must((*jan)->storePage(std::span(&refused, 1), office.log.size()));
    CHECK(must((*jan)->outboxCounts()).quarantined == 1);
    CHECK(must((*jan)->records(space)).empty());

    // Sealed bytes that do not open.
    anna.add(office.workspaceSpace, "note", "text", "x");
    office.upload(anna);
    engine::Incoming broken{office.log.size(), office.log.back(), ledger::Membership::Verdict::Accepted};
    broken.segment.body[30] ^= 1;
    must((*jan)->storePage(std::span(&broken, 1), office.log.size()));
    CHECK(must((*jan)->outboxCounts()).quarantined == 2);
    CHECK(must((*jan)->digest(office.workspaceSpace)) == before);
}

TEST_CASE("store sync: entries out of order wait, durably, and take effect when their causes come", "[store]")
{
    StoreOffice office;
    StoreDevice& anna = office.founder();
    const auto jan = office.join();
    const auto ewa = office.join();
    const RecordId note = anna.add(office.workspaceSpace, "note", "text", "raz");
    office.sync(anna);
    office.sync(*jan);
    jan->save(office.workspaceSpace, {assignOp(note, "text", "dwa")});
    office.sync(*jan);
    const std::size_t size = office.log.size();
    const auto give = [&](std::size_t number) {
        const engine::Incoming entry{number, office.log[number - 1], ledger::Membership::Verdict::Accepted};
        must((*ewa)->storePage(std::span(&entry, 1), 0));
    };
    must((*ewa)->storeReceipt(office.head(), {}));
    give(size);
    CHECK(must((*ewa)->outboxCounts()).waiting == 1);
    CHECK_FALSE((*ewa)->record(note).has_value());
    checkSound(*ewa);
    ewa->reopen();
    give(size - 1);
    CHECK(must((*ewa)->outboxCounts()).waiting == 0);
    CHECK(ewa->values(note, "text") == std::vector<std::string>{"dwa"});
    give(size);
    checkSame(*ewa, *jan, office.workspaceSpace);
    checkSound(*ewa);
}

}  // namespace teren::test
