// SPDX-License-Identifier: EUPL-1.2
//
// Goal: a server that was put back to an older copy of its store has everything again once each device has
// synced, nobody calls confirmed what it does not hold, everybody is told, and nobody is accused.
//
// Methodology: real stores, real machines, a real server whose file is copied and put back.
#include "app/store/attachment_ref.h"
#include "crypto/base/limits.h"
#include "tests/support/session_office.h"

#include <sqlite3.h>

#include <algorithm>

namespace teren::test {
namespace {

using engine::ServerHealth;

struct ReturningOffice : SessionOffice {
    ReturningOffice() : space(openCase(anna))
    {
        sync(*jan);
        sync(*ewa);
    }

    void image()
    {
        server->stop();
        std::filesystem::copy_file(
            folder.path() / "server.db", folder.path() / "image.db",
            std::filesystem::copy_options::overwrite_existing);
        server->start();
    }
    void putBack()
    {
        server->stop();
        std::filesystem::copy_file(
            folder.path() / "image.db", folder.path() / "server.db",
            std::filesystem::copy_options::overwrite_existing);
        server->start();
    }
    void write(StoreDevice& device, std::string_view text, int times = 1)
    {
        for (int i = 0; i < times; ++i) {
            device.add(space, "note", "text", text);
            sync(device);
        }
    }
    std::size_t notes(StoreDevice& device) { return must(device->records(space, "note")).size(); }

    std::unique_ptr<StoreDevice> jan = join();
    std::unique_ptr<StoreDevice> ewa = join();
    SpaceId space;
};

/// A device with the same disk.
std::unique_ptr<StoreDevice> copyOf(StoreDevice& device)
{
    auto copy = std::make_unique<StoreDevice>(4'711);
    sqlite3_backup* backup
        = sqlite3_backup_init(copy->database.handle(), "main", device.database.handle(), "main");
    REQUIRE(backup != nullptr);
    sqlite3_backup_step(backup, -1);
    REQUIRE(sqlite3_backup_finish(backup) == SQLITE_OK);
    copy->reopen();
    return copy;
}

store::OutboxCounts counts(StoreDevice& device)
{
    return must(device->outboxCounts());
}

/// How many open notices hold `words`.
std::size_t told(StoreDevice& device, std::string_view words)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(must(device->notices()), [&](const store::Notice& notice) {
            return notice.text.find(words) != std::string::npos;
        }));
}

/// Everybody syncs until nobody has news for the others; then all must show the same, under one head.
void checkHealed(ReturningOffice& office, std::vector<StoreDevice*> devices)
{
    for (int round = 0; round < 2; ++round)
        for (StoreDevice* device : devices)
            CHECK(office.sync(*device).health == ServerHealth::Ok);
    for (StoreDevice* device : devices) {
        CHECK(must((*device)->digest(office.space)) == must(office.anna->digest(office.space)));
        CHECK(counts(*device).unsent == 0);
        CHECK(counts(*device).waiting == 0);
        CHECK(counts(*device).quarantined == 0);
        CHECK(must((*device)->outbox(0, 1'000'000)).empty());
        CHECK((*device)->position().head.size == office.server->size());
        CHECK_FALSE(must((*device)->disputed()).has_value());
        CHECK(
            must(device->database.number("SELECT count(*) FROM segment WHERE number IS NULL AND state <> 4"))
            == 0);
        checkSound(*device);
        device->reopen();
        checkSound(*device);
    }
}

}  // namespace

TEST_CASE("returned server: what it lost comes back from whoever holds it, others' work too", "[session]")
{
    ReturningOffice office;
    StoreDevice& anna = office.anna;
    office.write(anna, "before");
    office.image();
    office.write(anna, "lost by the server", 3);
    office.sync(*office.jan);
    office.write(*office.jan, "lost as well", 2);
    const std::uint64_t size = office.server->size();
    office.putBack();
    REQUIRE(office.server->size() == size - 5);

    // Jan has all of it, Anna is away.
    const auto first = office.sync(*office.jan);
    CHECK(first.health == ServerHealth::Ok);
    CHECK(first.counts.confirmed == 5);
    CHECK(office.server->size() == size);
    CHECK(told(*office.jan, "put back to an older state, or shows another log") == 1);
    // Of the entry before, Jan has no head of its own: it is sent again where the server lacks it, which it
    // does not.
    CHECK(
        told(
            *office.jan,
            "confirmed them again: 2; changes of others that are sent to it if it lacks them: 4.")
        == 1);
    CHECK(counts(*office.jan).unsent == 0);

    const auto second = office.sync(anna);
    CHECK(second.counts.sent == 0);
    CHECK(second.counts.received == 2);
    checkHealed(office, {&anna, office.jan.get(), office.ewa.get()});
    // Ewa has never seen what was lost, and hears of it from those who have.
    CHECK(told(*office.ewa, "says that the server was put back") >= 1);
    CHECK(told(*office.ewa, "has seen another") == 0);
}

TEST_CASE("returned server: what came beside own work is given back in the order it had", "[session]")
{
    ReturningOffice office;
    StoreDevice& anna = office.anna;
    office.image();
    office.write(anna, "first at the server", 2);
    office.write(*office.jan, "sealed before that came");
    office.putBack();
    CHECK(office.sync(*office.jan).counts.confirmed == 3);
    // So the server has the log again that it had signed, and Anna finds nothing amiss.
    CHECK(office.sync(anna).counts.sent == 0);
    CHECK(told(anna, "put back to an older state, or shows another log") == 0);
    CHECK(told(anna, "says that the server was put back") == 1);
    checkHealed(office, {&anna, office.jan.get(), office.ewa.get()});
}

TEST_CASE("returned server: who only hears of it offers attachments again too", "[session]")
{
    ReturningOffice office;
    StoreDevice& anna = office.anna;
    office.image();
    const store::AttachmentRef ref{Hash{5}, SecretKey::generate(anna.random), 10};
    anna.add(office.space, "attachment", "content", ref.text());
    office.sync(anna);
    must(anna.database.execute("UPDATE attachment_ref SET sent = 1"));
    const auto sent
        = [&] { return must(anna.database.number("SELECT count(*) FROM attachment_ref WHERE sent = 1")); };
    REQUIRE(sent() == 1);
    office.sync(*office.jan);
    office.putBack();

    // Jan fills the log again before Anna comes: to her it is as it was, and she is told all the same.
    office.sync(*office.jan);
    office.sync(anna);
    CHECK(told(anna, "says that the server was put back") == 1);
    CHECK(sent() == 0);
}

TEST_CASE("returned server: nothing is confirmed that it does not hold, at any moment", "[session]")
{
    ReturningOffice office;
    StoreDevice& anna = office.anna;
    office.image();
    office.write(anna, "lost", 4);
    const std::uint64_t confirmed = counts(anna).confirmed;
    office.putBack();

    office.server->refusing = wire::SegmentRefusal::NotAWriter;
    (void)office.trySync(anna);
    CHECK(counts(anna).confirmed == confirmed - 4);
    CHECK(counts(anna).unsent == 4);
    CHECK(anna->position().cursor <= anna->position().head.size);
    anna.reopen();
    CHECK(counts(anna).unsent == 4);
    checkSound(anna);
    office.server->refusing.reset();
    CHECK(office.sync(anna).counts.confirmed == 4);
    CHECK(counts(anna).confirmed == confirmed);
}

TEST_CASE("returned server: a copy put back raw that grows past the old number is noticed", "[session]")
{
    ReturningOffice office;
    StoreDevice& anna = office.anna;
    office.image();
    office.write(anna, "lost", 2);
    const std::uint64_t old = anna->position().head.size;
    office.putBack();
    const int grown = GENERATE(1, 2, 5);
    office.write(*office.jan, "meanwhile", grown);
    office.write(*office.ewa, "meanwhile", 1);
    REQUIRE(office.server->size() == old - 2 + static_cast<std::uint64_t>(grown) + 1);

    CHECK(office.sync(anna).counts.confirmed == 2);
    CHECK(told(anna, "put back to an older state") == 1);
    checkHealed(office, {&anna, office.jan.get(), office.ewa.get()});
    CHECK(office.notes(anna) == static_cast<std::size_t>(grown) + 3);
}

TEST_CASE("returned server: the newest head that is still true is found, however far back", "[session]")
{
    ReturningOffice office;
    StoreDevice& anna = office.anna;
    office.write(anna, "kept", 3);
    const std::uint64_t kept = office.server->size();
    office.image();
    // More heads than one question asks about.
    office.write(anna, "lost", GENERATE(1, 63, 64, 65, 150, 700));
    office.putBack();
    office.write(*office.jan, "meanwhile");
    (void)office.sync(anna);
    CHECK(told(anna, "are sure to be there still: " + std::to_string(kept) + ".") == 1);
    checkHealed(office, {&anna, office.jan.get(), office.ewa.get()});
}

TEST_CASE("returned server: one that forgot all is filled again from an empty log", "[session]")
{
    SessionOffice office;
    office.server->stop();
    std::filesystem::copy_file(office.folder.path() / "server.db", office.folder.path() / "image.db");
    office.server->start();
    const SpaceId space = office.openCase(office.anna);
    office.anna.add(space, "note", "text", "x");
    office.sync(office.anna);
    office.server->stop();
    std::filesystem::copy_file(
        office.folder.path() / "image.db", office.folder.path() / "server.db",
        std::filesystem::copy_options::overwrite_existing);
    office.server->start();
    REQUIRE(office.server->size() == 0);
    CHECK(office.sync(office.anna).counts.confirmed == 2);
    CHECK(counts(office.anna).unsent == 0);
    CHECK(
        office.anna->membership().height()
        == must(office.server->store->state(office.server->workspace())).height);
}

TEST_CASE("returned server: statements come back first, and the devices that they let in", "[session]")
{
    ReturningOffice office;
    StoreDevice& anna = office.anna;
    office.image();
    const auto ola = office.join();
    const SpaceId later = office.openCase(anna);
    office.sync(*ola);
    ola->add(later, "note", "text", "by one whom the server has forgotten");
    office.sync(*ola);
    office.sync(anna);
    office.putBack();

    const auto away = office.trySync(*ola);
    REQUIRE(away.failure);
    CHECK(away.failure->code == Errc::Refused);
    CHECK(away.failure->detail.find("put back") != std::string::npos);

    CHECK(office.sync(anna).health == ServerHealth::Ok);
    CHECK(told(anna, "put back to an older state") == 1);
    office.sync(*ola);
    checkHealed(office, {&anna, office.jan.get(), office.ewa.get(), ola.get()});
    CHECK(must((*office.ewa)->records(later, "note")).size() == 1);
}

TEST_CASE("returned server: one that lost statements alone is given them back", "[session]")
{
    ReturningOffice office;
    office.image();
    must(office.anna->queueAct(ledger::Invite{
        InvitationId::random(office.anna.random), MemberId::random(office.anna.random), ledger::kAllRights,
        office.anna.clock.now() + std::chrono::hours(24)}));
    office.sync(office.anna);
    office.sync(*office.ewa);
    office.putBack();
    CHECK(office.sync(*office.ewa).health == ServerHealth::Ok);
    CHECK(
        must(office.server->store->state(office.server->workspace())).height
        == office.anna->membership().height());
    checkHealed(office, {&office.anna, office.jan.get(), office.ewa.get()});
}

TEST_CASE(
    "returned server: a removal that it lost holds again, and what came before it still counts", "[session]")
{
    ReturningOffice office;
    StoreDevice& anna = office.anna;
    office.image();
    office.write(*office.jan, "written by one who is removed later", 2);
    office.sync(anna);
    must(anna->queueAct(ledger::RemoveDevice{(*office.jan)->device()}));
    office.sync(anna);
    office.putBack();
    // The log grows past the number at which Jan was removed.
    office.write(*office.ewa, "meanwhile", 4);

    CHECK(office.sync(anna).health == ServerHealth::Ok);
    checkHealed(office, {&anna, office.ewa.get()});
    CHECK(office.notes(*office.ewa) == 6);
    CHECK_FALSE(office.trySync(*office.jan).isGood());
}

namespace {

/// The server was put back behind what Anna and Ewa know, and Jan, who does not know it, opened a case.
struct PartedOffice : ReturningOffice {
    /// @param decide  What of the lost log Anna decides.
    template <typename Decide>
    explicit PartedOffice(const Decide& decide)
    {
        image();
        write(anna, "lost");
        decide(*this);
        sync(anna);
        sync(*ewa);
        putBack();
        byJan = openCase(*jan);
    }
    static ledger::Invite invitation(StoreDevice& device)
    {
        return {
            InvitationId::random(device.random), MemberId::random(device.random), ledger::kAllRights,
            device.clock.now() + std::chrono::hours(24)};
    }
    std::vector<StoreDevice*> everybody() { return {&anna, jan.get(), ewa.get()}; }
    /// The cases that `device` shows have one digest everywhere.
    void checkSame(const SpaceId& space)
    {
        for (StoreDevice* device : everybody())
            CHECK(must((*device)->digest(space)) == must(anna->digest(space)));
    }
    SpaceId byJan;
};

std::uint64_t lifeOf(StoreDevice& device)
{
    return device->membership().find(device->device())->lives.back();
}

}  // namespace

TEST_CASE("parted members' logs: cases and invitations of the lost one are decided again", "[session]")
{
    SpaceId lost;
    std::optional<ledger::Invite> invite;
    PartedOffice office([&](PartedOffice& in) {
        lost = in.openCase(in.anna);
        in.anna.add(lost, "note", "text", "in a case that the server forgot");
        invite = PartedOffice::invitation(in.anna);
        must(in.anna->queueAct(*invite));
    });
    StoreDevice& anna = office.anna;
    const std::uint64_t life = lifeOf(anna);
    const auto segments
        = [](StoreDevice& device) { return must(device.database.number("SELECT count(*) FROM segment")); };
    const auto before = segments(anna);
    CHECK(office.sync(anna).health == ServerHealth::Ok);
    CHECK(anna->membership().findOpenInvite(invite->invitation) != nullptr);
    CHECK(told(anna, "1 case(s) opened") == 1);
    checkHealed(office, office.everybody());
    office.checkSame(lost);
    office.checkSame(office.byJan);
    CHECK(must((*office.jan)->records(lost, "note")).size() == 1);
    // A member's word that excuses something is told, and whose it is.
    CHECK(
        told(
            *office.jan,
            "Device " + anna->device().hex()
                + " says that the server was put back to an older state: it knew")
        == 1);
    CHECK(told(anna, "it knew the members' log up to") == 0);
    // As it was sealed: nobody has to tell two from one.
    CHECK(lifeOf(anna) == life);
    CHECK(segments(anna) == before + 1);
    CHECK(anna->membership().lostStatements().size() == 1);
    CHECK(must(anna.database.number("SELECT count(*) FROM parted_statement")) > 0);
}

TEST_CASE("parted members' logs: a case is opened again by whoever holds its key", "[session]")
{
    SpaceId lost;
    PartedOffice office([&](PartedOffice& in) {
        lost = in.openCase(in.anna);
        in.anna.add(lost, "note", "text", "by one who does not come back");
        in.sync(in.anna);
        in.sync(*in.ewa);
    });
    CHECK(office.sync(*office.ewa).health == ServerHealth::Ok);
    office.sync(*office.jan);
    CHECK(must((*office.jan)->records(lost, "note")).size() == 1);
    CHECK(office.notes(*office.jan) == 1);
    // And if she does after all:
    checkHealed(office, office.everybody());
    office.checkSame(lost);
}

TEST_CASE("parted members' logs: one who was admitted on the lost one comes back in", "[session]")
{
    std::unique_ptr<StoreDevice> ola;
    PartedOffice office([&](PartedOffice& in) {
        ola = in.join();
        in.sync(*ola);
        ola->add(in.space, "note", "text", "by one whom the server forgot");
        in.sync(*ola);
    });
    CHECK_FALSE(office.trySync(*ola).isGood());
    // The invitation's time is over by now.
    office.anna.clock.advance(std::chrono::hours(100));
    CHECK(office.sync(office.anna).health == ServerHealth::Ok);
    office.sync(*ola);
    std::vector<StoreDevice*> all = office.everybody();
    all.push_back(ola.get());
    checkHealed(office, all);
    CHECK(office.notes(*office.jan) == 2);
}

TEST_CASE("parted members' logs: what a person declared void stays void", "[session]")
{
    PartedOffice office([&](PartedOffice& in) {
        const auto life = lifeOf(*in.ewa);
        in.write(*in.ewa, "void", 2);
        in.sync(in.anna);
        must(in.anna->queueAct(
            ledger::Void{in.space, (*in.ewa)->device(), life, 1, 2, store::VoidReason::Forged}));
    });
    REQUIRE(office.notes(office.anna) == 1);
    CHECK(office.sync(office.anna).health == ServerHealth::Ok);
    checkHealed(office, office.everybody());
    CHECK(office.notes(office.anna) == 1);
    CHECK(office.notes(*office.jan) == 1);
}

TEST_CASE("parted members' logs: a new life of the lost one is announced again", "[session]")
{
    ReturningOffice office;
    StoreDevice& anna = office.anna;
    office.image();
    office.write(anna, "before");
    const auto twin = copyOf(anna);
    office.write(anna, "by one");
    twin->add(office.space, "note", "text", "by its twin");
    office.sync(*twin);
    REQUIRE(must(twin->database.number("SELECT count(*) FROM statement")) > 0);
    office.sync(anna);
    office.putBack();
    office.openCase(*office.jan);
    CHECK(office.sync(*twin).health == ServerHealth::Ok);
    checkHealed(office, {&anna, office.jan.get(), office.ewa.get(), twin.get()});
    CHECK(office.notes(*office.jan) == 3);
}

TEST_CASE(
    "parted members' logs: work that was sealed on the lost one accuses nobody once that is known",
    "[session]")
{
    PartedOffice office([](PartedOffice& in) { in.openCase(in.anna); });
    office.ewa->add(office.space, "note", "text", "handed to Jan, not to the server");
    must((*office.ewa)->sealAll());
    must((*office.jan)->storeCarried(must((*office.ewa)->segmentsToCarry(true, 1'000'000))));
    CHECK(must((*office.jan)->disputed()) == (*office.ewa)->device());

    CHECK(office.sync(*office.ewa).health == ServerHealth::Ok);
    checkHealed(office, office.everybody());
    CHECK(office.notes(*office.jan) == 2);
}

TEST_CASE(
    "parted members' logs: that the server lost a part is said again by whoever gives it back", "[session]")
{
    ReturningOffice office;
    StoreDevice& anna = office.anna;
    StoreDevice& jan = *office.jan;
    StoreDevice& ewa = *office.ewa;
    office.image();
    SECTION("of changes")
    {
        office.write(ewa, "Ewa's");
        office.write(jan, "Jan's", 3);
        office.sync(anna);
        office.putBack();
        // Jan says so, and gives everything back.
        office.sync(jan);
        office.sync(anna);
    }
    SECTION("of statements")
    {
        office.openCase(jan);
        office.write(jan, "Jan's", 3);
        office.sync(anna);
        office.putBack();
        office.openCase(ewa);
        office.write(ewa, "Ewa's");
        office.image();
        // Jan follows to where he knows no more than Ewa's case, and says what he had sealed his work on.
        office.sync(jan);
        office.sync(anna);
    }

    // Gone once more, Jan's word with it; Ewa has heard nothing of it, and Jan stays away.
    office.putBack();
    office.openCase(ewa);
    office.write(ewa, "Ewa's, later", 2);
    CHECK(office.sync(anna).health == ServerHealth::Ok);
    CHECK(must(anna.database.number("SELECT count(*) FROM parted_statement")) > 0);
    CHECK(office.sync(ewa).health == ServerHealth::Ok);
    CHECK(office.notes(ewa) == 6);
    checkHealed(office, {&anna, &ewa});
    checkHealed(office, {&anna, &ewa, &jan});
}

TEST_CASE("parted members' logs: hundreds of statements on either side", "[session]")
{
    SpaceId last;
    PartedOffice office([&](PartedOffice& in) {
        for (int i = 0; i < 150; ++i)
            last = in.openCase(in.anna);
    });
    for (int i = 0; i < 200; ++i)
        office.openCase(*office.jan);
    CHECK(office.sync(office.anna).health == ServerHealth::Ok);
    checkHealed(office, office.everybody());
    office.checkSame(last);
    CHECK(office.anna->membership().spaces().size() == 1 + 1 + 1 + 150 + 200);
}

TEST_CASE("parted members' logs: nobody follows to where a removed administrator is one again", "[session]")
{
    ReturningOffice office;
    StoreDevice& anna = office.anna;
    StoreDevice& jan = *office.jan;
    office.image();
    office.write(*office.ewa, "lost", 2);
    office.sync(anna);
    must(anna->queueAct(ledger::RemoveDevice{jan->device()}));
    office.sync(anna);
    office.sync(*office.ewa);
    office.putBack();
    // With a server that helps him, Jan signs another log from before he was removed.
    must(jan->queueAct(PartedOffice::invitation(jan)));
    office.sync(jan);
    const std::uint64_t height = anna->membership().height();
    for (StoreDevice* device : {&anna, office.ewa.get()}) {
        const auto ended = office.trySync(*device);
        REQUIRE(ended.failure);
        CHECK(ended.failure->code == Errc::Damaged);
        CHECK(ended.failure->detail.find("members' log") != std::string::npos);
        CHECK(ended.health == ServerHealth::Forked);
        CHECK((*device)->membership().height() == height);
        CHECK_FALSE((*device)->membership().find(jan->device())->isMember());
        CHECK(office.notes(*device) == 2);
        device->reopen();
        CHECK(office.trySync(*device).health == ServerHealth::Forked);
        checkSound(*device);
    }
}

TEST_CASE("parted members' logs: where both removed somebody, the way is free", "[session]")
{
    std::unique_ptr<StoreDevice> ola;
    ReturningOffice office;
    ola = office.join();
    office.sync(*office.jan);
    office.image();
    must(office.anna->queueAct(ledger::RemoveDevice{(*ola)->device()}));
    office.sync(office.anna);
    const SpaceId lost = office.openCase(office.anna);
    office.putBack();
    office.sync(*office.jan);
    must((*office.jan)->queueAct(ledger::RemoveDevice{(*ola)->device()}));
    office.sync(*office.jan);
    CHECK(office.sync(office.anna).health == ServerHealth::Ok);
    checkHealed(office, {&office.anna, office.jan.get(), office.ewa.get()});
    CHECK(must((*office.jan)->digest(lost)) == must(office.anna->digest(lost)));
}

TEST_CASE("returned server: lost work of a device that was removed meanwhile blocks nobody", "[session]")
{
    ReturningOffice office;
    StoreDevice& anna = office.anna;
    StoreDevice& jan = *office.jan;
    office.image();
    const RecordId record = office.ewa->add(office.space, "note", "text", "lost by the server");
    office.sync(*office.ewa);
    office.sync(jan);
    office.putBack();
    // Anna has not seen it, and removes its author before Jan can give it back.
    must(anna->queueAct(ledger::RemoveDevice{(*office.ewa)->device()}));
    office.sync(anna);
    office.sync(jan);
    office.write(jan, "after it", 3);

    // What Jan sends now goes, and what does not go is not tried for ever.
    CHECK(must(jan->outbox(0, 1'000'000)).empty());
    CHECK(counts(jan).unsent == 0);
    CHECK(office.sync(jan).counts.sent == 0);
    // It has not gone from the device that has it.
    CHECK(jan->record(record).has_value());
    checkSound(jan);

    // What Jan built on it waits at Anna's, until it is declared void.
    CHECK(office.sync(anna).health == ServerHealth::Ok);
    for (const store::AwaitedWork& work : must(anna->awaited()))
        must(anna->queueAct(ledger::Void{
            work.space, work.author.device, work.author.life, work.from, work.to, store::VoidReason::Lost}));
    office.sync(anna);
    office.sync(jan);
    CHECK(office.notes(anna) == 3);
    CHECK(must(jan->digest(office.space)) == must(anna->digest(office.space)));
    checkSound(jan);
}

TEST_CASE("returned server: it goes back twice, and further the second time", "[session]")
{
    ReturningOffice office;
    StoreDevice& anna = office.anna;
    office.image();
    office.write(anna, "first", 3);
    office.putBack();
    office.write(*office.jan, "meanwhile");
    office.sync(anna);
    office.sync(*office.jan);
    office.write(anna, "second", 2);
    office.putBack();
    office.write(*office.ewa, "meanwhile", 9);
    checkHealed(office, {&anna, office.jan.get(), office.ewa.get()});
    CHECK(office.notes(*office.ewa) == 15);
}

TEST_CASE("returned server: both heads are kept as it signed them", "[session]")
{
    ReturningOffice office;
    StoreDevice& anna = office.anna;
    office.image();
    office.write(anna, "lost");
    const ledger::TreeHead lost = anna->position().head;
    office.putBack();
    office.write(*office.jan, "meanwhile");
    office.sync(anna);
    sql::Statement& row = anna.database.statement(
        "SELECT lost_head, lost_signature, shown_head, shown_signature FROM went_back");
    REQUIRE(must(row.step()));
    std::vector<ledger::Head> heads;
    for (const int column : {0, 2}) {
        ledger::SignedHead head{toBytes(row.columnBlob(column)), {}};
        REQUIRE(row.columnBlob(column + 1).size() == head.signature.size());
        std::ranges::copy(row.columnBlob(column + 1), head.signature.begin());
        heads.push_back(
            must(ledger::openHead(head, office.server->store->identity().receiptKey.publicKey())));
    }
    row.reset();
    CHECK(heads[0].tree == lost);
    CHECK(heads[1].tree.size == lost.size);
    CHECK(heads[1].tree.root != lost.root);
}

TEST_CASE("returned server: what it took in a lost entry's place counts for all", "[session]")
{
    ReturningOffice office;
    StoreDevice& anna = office.anna;
    // Two of one profile: the server forgets what the one wrote, and hears of the other first.
    office.image();
    const auto twin = copyOf(*office.jan);
    office.write(*office.jan, "of the one");
    office.sync(anna);
    office.write(*office.jan, "of the one, and nobody has it");
    office.putBack();
    SECTION("and it stands in the log already")
    {
        office.write(*twin, "of the other");
        office.sync(anna);
        CHECK(told(anna, "has taken other work in its place since") == 1);
        CHECK(office.notes(anna) == 1);
    }
    SECTION("or what was lost comes back before")
    {
        office.sync(anna);
        office.write(*twin, "of the other");
    }
    office.sync(*office.jan);
    office.sync(*twin);
    checkHealed(office, {&anna, office.jan.get(), office.ewa.get(), twin.get()});
    CHECK(office.notes(anna) == 3);
}

TEST_CASE("returned server: a new life leaves what others may have built on as it was sealed", "[session]")
{
    ReturningOffice office;
    StoreDevice& anna = office.anna;
    StoreDevice& jan = *office.jan;
    const SpaceId other = office.openCase(anna);
    for (StoreDevice* device : {&jan, office.ewa.get()})
        office.sync(*device);
    office.image();
    const auto twin = copyOf(*office.ewa);
    const RecordId early = jan.add(other, "note", "text", "before");
    office.sync(jan);
    office.write(*office.ewa, "of the one", 2);
    office.sync(jan);
    const RecordId late = jan.add(office.space, "note", "text", "on top of it");
    office.sync(jan);
    office.sync(anna);
    anna.save(other, {assignOp(early, "status", "seen by Anna")});
    office.sync(anna);

    // What Jan's note on the one twin's work rests on does not come back; his other case has no part in that.
    office.putBack();
    office.write(*twin, "of the other");
    const std::uint64_t life = jan->life();
    office.sync(jan);
    CHECK(jan->life() != life);
    for (StoreDevice* device : {&anna, office.ewa.get(), twin.get(), &jan, &anna})
        office.sync(*device);
    for (StoreDevice* device : {&anna, &jan}) {
        const auto history = must((*device)->history(early));
        CHECK(
            std::ranges::count(
                history, "before", [](const auto& entry) { return std::string(textOf(entry.value.value)); })
            == 1);
        CHECK(device->values(late, "text").size() == 1);
        CHECK(device->values(early, "status") == std::vector<std::string>{"seen by Anna"});
        CHECK((*device)->life() == (*device)->membership().find((*device)->device())->lives.back());
        checkSound(*device);
    }
}

TEST_CASE("returned server: whoever heard of the new log before is believed once it is known", "[session]")
{
    ReturningOffice office;
    StoreDevice& anna = office.anna;
    office.image();
    office.write(anna, "lost by the server");
    office.putBack();
    office.write(*office.ewa, "in its place");
    office.ewa->add(office.space, "note", "text", "by a colleague, not by the server");
    must((*office.ewa)->sealAll());
    // Sealed by one who has seen another entry where Anna knows her own.
    must(anna->storeCarried(must((*office.ewa)->segmentsToCarry(true, 1'000'000))));
    CHECK(must(anna->disputed()) == (*office.ewa)->device());

    CHECK(office.sync(anna).health == ServerHealth::Ok);
    CHECK_FALSE(must(anna->disputed()).has_value());
    checkHealed(office, {&anna, office.jan.get(), office.ewa.get()});
    CHECK(office.notes(anna) == 3);
}

TEST_CASE(
    "returned server: who has applied what is told anew, though the members' log tells of it", "[session]")
{
    ReturningOffice office;
    const auto ola = office.join();
    const SpaceId busy = office.openCase(office.anna);
    for (StoreDevice* device : {office.jan.get(), office.ewa.get(), ola.get(), &office.anna})
        office.sync(*device);
    office.image();
    const auto serial = [&] { return must(office.server->store->appliedSerial(office.server->workspace())); };
    // Sealed: what is told again is not the same bytes.
    const auto wordOf = [&](StoreDevice& author) {
        const auto kept = must(
            office.server->store->applied(office.server->workspace(), (*office.anna).device(), 1, 1'000'000));
        const auto found = std::ranges::find_if(kept.words, [&](const ledger::AppliedWord& word) {
            return word.device == (*author).device() && word.space == office.space;
        });
        REQUIRE(found != kept.words.end());
        return found->box;
    };
    const Bytes older = wordOf(*office.ewa);
    office.write(office.anna, "first", 3);
    office.sync(*office.ewa);
    REQUIRE((wordOf(*office.ewa) != older));
    // The first time the office learns that this part was lost, and has it again in the old order.
    office.putBack();
    for (StoreDevice* device : {&office.anna, office.ewa.get(), &office.anna, office.ewa.get()})
        office.sync(*device);
    const std::uint64_t before = serial();

    // The second time there is nothing more to tell the members. Jan and Ola know of neither; by the time
    // Ewa's device comes, words of theirs have taken the counter past where it had been.
    office.putBack();
    REQUIRE((wordOf(*office.ewa) == older));
    for (int i = 0; serial() <= before; ++i) {
        REQUIRE(i < 50);
        office.jan->add(busy, "note", "text", "second");
        office.sync(*office.jan);
        office.sync(*ola);
    }
    office.sync(*office.ewa);
    const bool isTold = wordOf(*office.ewa) != older;
    CHECK(isTold);
    checkHealed(office, {&office.anna, office.jan.get(), office.ewa.get(), ola.get()});
}

TEST_CASE("returned server: heads are remembered ever more thinly, as far back as there are any", "[session]")
{
    StoreOffice office;
    StoreDevice& anna = office.founder();
    constexpr std::uint64_t kHeads = 6'000;
    const auto headOf = [](std::uint64_t size) {
        ledger::Head head;
        head.tree.size = size;
        return head;
    };
    for (std::uint64_t size = 1; size <= kHeads; ++size)
        must(anna->storeReceipt(headOf(size), {}));
    const std::vector<ledger::TreeHead> heads = must(anna->pastHeads(kHeads + 1));
    CHECK(heads.size() < 1'200);
    CHECK(heads.back().size == kHeads);
    std::uint64_t before = 0;
    for (const ledger::TreeHead& head : heads) {
        REQUIRE(head.size - before <= 1 + (kHeads - before) / 64);
        before = head.size;
    }
    REQUIRE(must(anna->pastHeads(100)).size() > 2);
    for (const ledger::TreeHead& head : must(anna->pastHeads(100)))
        CHECK(head.size < 100);
}

}  // namespace teren::test
