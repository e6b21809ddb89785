// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/session_office.h"

#include <algorithm>

namespace teren::test {
namespace {

/// Anna and Jan have worked on one case; a backup elsewhere holds all of it.
struct EndedCase : SessionOffice {
    EndedCase() : space(openCase(anna)), kept(openCase(anna))
    {
        note = anna.add(space, "note", "text", "od Anny");
        anna.add(kept, "note", "text", "inna sprawa");
        exchange();
        jan->save(space, {assignOp(note, "text", "od Jana")});
        anna.save(space, {assignOp(note, "date", "2026-11-23")});
        exchange();
    }
    void exchange()
    {
        for (int round = 0; round < 2; ++round)
            for (StoreDevice* device : {&anna, jan.get()})
                sync(*device);
    }
    void backUp()
    {
        must(server->store->raiseSafe(server->workspace(), server->size()));
        exchange();
    }
    /// What `putBack` restores: an older backup of the server.
    void keepImage()
    {
        server->stop();
        std::filesystem::copy_file(folder.path() / "server.db", folder.path() / "image.db");
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
    bool isToldOfReturn()
    {
        return std::ranges::any_of(must(anna->notices()), [this](const store::Notice& notice) {
            return notice.text.find("holds all of space " + space.hex() + " again") != std::string::npos;
        });
    }
    void evict() { must(anna->evict(space, "1/2026\nZielona")); }
    bool isHere() { return !must(anna->records(space)).empty(); }
    Errc refused()
    {
        const Status status = anna->evict(space, "x");
        REQUIRE_FALSE(status);
        CHECK(isHere());
        return status.error().code;
    }

    std::unique_ptr<StoreDevice> jan = join();
    SpaceId space;
    SpaceId kept;
    RecordId note;
};

}  // namespace

TEST_CASE("eviction: only what is in a backup elsewhere leaves a device", "[session]")
{
    EndedCase office;
    CHECK(office.refused() == Errc::Refused);  // No backup at all.
    office.backUp();
    office.jan->save(office.space, {assignOp(office.note, "text", "po kopii")});
    office.exchange();
    CHECK(office.refused() == Errc::Refused);  // One entry is younger than the backup.
    office.backUp();
    office.anna.save(office.space, {assignOp(office.note, "text", "nie wysłane")});
    CHECK(office.refused() == Errc::Refused);
    office.exchange();
    office.backUp();
    office.evict();
    CHECK_FALSE(office.isHere());
}

TEST_CASE("eviction: a case of which nothing has come yet cannot go", "[session]")
{
    EndedCase office;
    StoreDevice& jan = *office.jan;
    const SpaceId later = office.openCase(office.anna);
    must(jan->storeStatements(must(office.anna->statementsAbove(jan->membership().height(), 1'000'000))));
    REQUIRE(jan->membership().canRead(jan->device(), later));
    // As on a device that has read nothing at all.
    must(jan.database.execute("DELETE FROM space_cursor"));
    jan.reopen();
    CHECK(jan->evict(later, "x").error().code == Errc::Refused);
    CHECK(jan->evicted().empty());
    office.sync(jan);
    CHECK(must(jan->records(later)).size() == 1);
}

TEST_CASE("eviction: what went stays known, and everything else goes on", "[session]")
{
    EndedCase office;
    StoreDevice& anna = office.anna;
    office.backUp();
    const Hash digest = must(anna->digest(office.space));
    const store::OutboxCounts before = must(anna->outboxCounts());
    office.evict();
    anna.reopen();
    REQUIRE(anna->evicted().size() == 1);
    CHECK(anna->evicted().front().label == "1/2026\nZielona");
    CHECK(anna->evicted().front().changes >= 4);
    CHECK(anna->evicted().front().digest == digest);
    CHECK(must(anna->search("jana", 5)).empty());
    CHECK(must(anna->digest(office.space)) == digest);
    CHECK(must(anna->outboxCounts()).confirmed == before.confirmed);
    CHECK(must(anna->outboxCounts()).backedUp == before.backedUp);
    checkSound(anna);

    const store::SpaceOps ops{office.space, {assignOp(office.note, "text", "nie tutaj")}};
    CHECK(anna->save(std::span(&ops, 1)).error().code == Errc::Refused);
    CHECK(anna->evict(office.space, "x").error().code == Errc::Refused);
    CHECK(anna->fetchEvicted(office.kept).error().code == Errc::NotFound);

    // Others write on there; it does not come back by itself, and nothing else is held up.
    office.jan->save(office.space, {assignOp(office.note, "text", "dalej")});
    office.jan->add(office.kept, "note", "text", "tu też");
    office.exchange();
    anna.add(office.kept, "note", "text", "i Anna");
    office.exchange();
    CHECK_FALSE(office.isHere());
    CHECK(must(anna->outboxCounts()).waiting == 0);
    CHECK(must(anna->outboxCounts()).unsent == 0);
    CHECK(must(anna->digest(office.kept)) == must((*office.jan)->digest(office.kept)));
    checkSound(anna);

    must(anna->fetchEvicted(office.space));
    anna.reopen();
    CHECK(anna->evicted().front().returning);
    CHECK(anna->save(std::span(&ops, 1)).error().code == Errc::Refused);
    office.sync(anna);
    CHECK(anna->evicted().empty());
    CHECK(anna.values(office.note, "text") == std::vector<std::string>{"dalej"});
    CHECK(anna.values(office.note, "date") == std::vector<std::string>{"2026-11-23"});
    CHECK(must(anna->digest(office.space)) == must((*office.jan)->digest(office.space)));
    CHECK_FALSE(must(anna->search("dalej", 5)).empty());
    checkSound(anna);
    // The chain goes on where it was: no number is used twice.
    anna.save(office.space, {assignOp(office.note, "text", "znowu tu")});
    office.exchange();
    CHECK(office.jan->values(office.note, "text") == std::vector<std::string>{"znowu tu"});
    CHECK(must(anna->digest(office.space)) == must((*office.jan)->digest(office.space)));
}

TEST_CASE(
    "eviction: what is wanted back while an answer is on its way is asked for all the same", "[session]")
{
    EndedCase office;
    StoreDevice& anna = office.anna;
    office.backUp();
    office.evict();
    must(anna->fetchEvicted(office.space));
    // The answer to what was asked before.
    must(anna->storePage({}, anna->position().cursor));
    REQUIRE(anna->position().exceptions.size() == 1);
    CHECK(anna->position().exceptions.front().space == office.space);
    anna.reopen();
    office.sync(anna);
    CHECK(anna->evicted().empty());
    CHECK(anna->position().exceptions.empty());
    CHECK(office.isHere());
    CHECK(must(anna->digest(office.space)) == must((*office.jan)->digest(office.space)));
    checkSound(anna);
}

TEST_CASE("eviction: a void and a new life meanwhile change nothing of what comes back", "[session]")
{
    EndedCase office;
    StoreDevice& anna = office.anna;
    office.backUp();
    office.evict();
    must((*office.jan)
             ->queueAct(ledger::Void{
                 office.space, (*office.jan)->device(), (*office.jan)->keys().life, 1, 1,
                 ledger::VoidReason::Forged}));
    office.exchange();
    must(anna->startNewLife(engine::LifeReason::Restored));
    office.exchange();
    checkSound(anna);
    must(anna->fetchEvicted(office.space));
    office.sync(anna);
    CHECK(anna->evicted().empty());
    CHECK(anna.values(office.note, "text") == std::vector<std::string>{"od Anny"});
    CHECK(must(anna->digest(office.space)) == must((*office.jan)->digest(office.space)));
    checkSound(anna);
}

TEST_CASE(
    "eviction: a server that was restored below its own safe mark is told of, and nothing is claimed",
    "[session]")
{
    EndedCase office;
    StoreDevice& anna = office.anna;
    office.keepImage();
    anna.save(office.space, {assignOp(office.note, "text", "później")});
    office.exchange();
    office.backUp();
    office.evict();
    office.putBack();

    const store::OutboxCounts before = must(anna->outboxCounts());
    office.sync(anna);
    const std::string what = ": 1 of space " + office.space.hex() + ". Do not call them lost";
    const std::vector<store::Notice> notices = must(anna->notices());
    REQUIRE(notices.size() == 1);
    CHECK(notices.front().text.find(what) != std::string::npos);
    CHECK(notices.front().text.find("until the server has confirmed them again: 0;") != std::string::npos);
    anna.reopen();
    REQUIRE(anna->evicted().size() == 1);
    CHECK(anna->evicted().front().lost == 1);
    CHECK(must(anna->outboxCounts()).confirmed < before.confirmed);
    checkSound(anna);
    must(anna->fetchEvicted(office.space));
    office.sync(anna);
    REQUIRE(anna->evicted().size() == 1);  // Not all of it is there.
    CHECK(anna->evicted().front().lost == 1);
    checkSound(anna);

    // A colleague has it, and gives it back.
    office.sync(*office.jan);
    office.sync(anna);
    CHECK(anna->evicted().empty());
    CHECK(office.isToldOfReturn());
    CHECK(anna.values(office.note, "text") == std::vector<std::string>{"później"});
    CHECK(must(anna->outboxCounts()).confirmed == before.confirmed);
    checkSound(anna);
}

TEST_CASE("eviction: what the server lost is lost until the last of it is back", "[session]")
{
    EndedCase office;
    StoreDevice& anna = office.anna;
    const auto ewa = office.join();
    office.exchange();
    office.keepImage();
    anna.save(office.space, {assignOp(office.note, "text", "później")});
    office.exchange();
    office.sync(*ewa);
    anna.save(office.space, {assignOp(office.note, "text", "najpóźniej")});
    office.exchange();
    office.backUp();
    office.evict();
    office.putBack();
    office.sync(anna);
    CHECK(anna->evicted().front().lost == 2);
    office.sync(*ewa);  // She has the first of the two.
    office.sync(anna);
    CHECK(anna->evicted().front().lost == 1);
    CHECK_FALSE(office.isToldOfReturn());
    office.sync(*office.jan);
    office.sync(anna);
    CHECK(anna->evicted().front().lost == 0);
    CHECK(office.isToldOfReturn());
    CHECK_FALSE(office.isHere());  // Nobody has asked for it.
    must(anna->fetchEvicted(office.space));
    office.sync(anna);
    CHECK(anna.values(office.note, "text") == std::vector<std::string>{"najpóźniej"});
    checkSound(anna);
}

TEST_CASE("eviction: a server that went back is believed less, though the line was cut at once", "[session]")
{
    EndedCase office;
    office.anna.add(office.kept, "note", "text", "na końcu");
    office.backUp();
    // All that this device hears is that the last entry is gone, and a head that knows of no backup.
    const ledger::TreeHead before = office.anna->position().head;
    ledger::Head shown;
    shown.tree = {before.size - 1, blake2b({bytesOf("root")})};
    shown.safe = 0;
    must(office.anna->wentBack({shown.tree, shown, office.anna->membership().height()}));
    CHECK(office.refused() == Errc::Refused);
}

TEST_CASE("eviction: a new device is complete with the log alone, after three years of one case", "[session]")
{
    // 5 000 changes: no snapshot, and nothing but the segments travels.
    EndedCase office;
    for (int batch = 0; batch < 50; ++batch) {
        for (int i = 0; i < 100; ++i)
            office.anna.save(office.space, {assignOp(office.note, "text", std::to_string(batch * 100 + i))});
        office.sync(office.anna);
    }
    const auto ewa = office.join();
    office.sync(office.anna);
    office.sync(*ewa);
    CHECK(must((*ewa)->digest(office.space)) == must(office.anna->digest(office.space)));
    CHECK(ewa->values(office.note, "text") == std::vector<std::string>{"4999"});
}

}  // namespace teren::test
