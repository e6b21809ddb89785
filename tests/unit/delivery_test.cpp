// SPDX-License-Identifier: EUPL-1.2
//
// Goal: an author knows whose device has applied what was written, from those devices' own signed words, and
// a server can keep such a word back but not invent, swap or replay one. Nothing is said when nothing is new.
//
// Methodology: real stores, real machines, a real server that is told what to do wrong.
#include "crypto/base/limits.h"
#include "tests/support/session_office.h"

#include <sqlite3.h>

#include <algorithm>

namespace teren::test {
namespace {

using Words = std::vector<ledger::AppliedWord>;

struct WritingOffice : SessionOffice {
    WritingOffice() : space(openCase(anna))
    {
        sync(*ewa);
        sync(anna);
    }

    void write(StoreDevice& device, std::string_view text = "written")
    {
        device.add(space, "note", "text", text);
        sync(device);
    }
    /// Work of `device` in the case, and how much of it `other` has applied as far as `device` knows.
    store::SpaceDelivery of(StoreDevice& device) const { return must(device->delivery(space)).at(0); }
    store::DeviceDelivery on(StoreDevice& device, StoreDevice& other) const
    {
        const store::SpaceDelivery all = of(device);
        const auto found = std::ranges::find(all.devices, (*other).device(), &store::DeviceDelivery::device);
        REQUIRE(found != all.devices.end());
        return *found;
    }
    /// What the server hands to who asks for all.
    Words kept(StoreDevice& reader) const
    {
        return must(server->store->applied(server->workspace(), (*reader).device(), 1, 1'000'000)).words;
    }
    static std::size_t told(StoreDevice& device, std::string_view words)
    {
        return static_cast<std::size_t>(
            std::ranges::count_if(must(device->notices()), [&](const store::Notice& notice) {
                return notice.text.find(words) != std::string::npos;
            }));
    }

    std::unique_ptr<StoreDevice> ewa = join();
    std::unique_ptr<StoreDevice> jan = join();
    SpaceId space;
};

/// Hands out `words` in the next answer that `device` gets, and nothing else of the kind.
void handOut(SessionOffice& office, StoreDevice& device, const Words& words)
{
    office.server->doctor = [words](wire::Answer& answer) {
        answer.applied = words;
        answer.appliedSerial += 1;
    };
    office.sync(device);
    office.server->doctor = nullptr;
}

}  // namespace

TEST_CASE("delivery: the author learns who has applied what was written", "[session]")
{
    WritingOffice office;
    office.write(office.anna);
    office.write(office.anna);
    CHECK(office.on(office.anna, *office.ewa).applied == 1);  // The case itself.
    CHECK(office.on(office.anna, *office.ewa).lacksSince.has_value());

    office.ewa->clock.advance(std::chrono::hours(2));
    office.sync(*office.ewa);
    CHECK(office.on(office.anna, *office.ewa).applied == 1);  // Nobody has told Anna's device yet.
    office.sync(office.anna);
    CHECK(office.on(office.anna, *office.ewa).applied == 3);
    CHECK_FALSE(office.on(office.anna, *office.ewa).lacksSince.has_value());
    CHECK(office.on(office.anna, *office.ewa).stated == office.ewa->clock.now());
    CHECK(office.on(office.anna, *office.jan).applied == 0);
    CHECK_FALSE(office.on(office.anna, *office.jan).stated.has_value());
    CHECK(office.of(office.anna).confirmed == 3);
    CHECK(office.of(office.anna).unsent == 0);
    CHECK(office.of(office.anna).lastNumber == office.server->size());
    checkSound(office.anna);
}

TEST_CASE("delivery: what was learned outlives a restart", "[session]")
{
    WritingOffice office;
    office.write(office.anna);
    office.sync(*office.ewa);
    office.sync(office.anna);
    office.anna.reopen();
    CHECK(office.on(office.anna, *office.ewa).applied == 2);
}

TEST_CASE("delivery: where nothing is new nothing is said, and a word is answered by none", "[session]")
{
    WritingOffice office;
    office.write(office.anna);
    for (int round = 0; round < 2; ++round)
        for (StoreDevice* device : {&office.anna, office.ewa.get(), office.jan.get()})
            office.sync(*device);
    const std::uint64_t serial = must(office.server->store->appliedSerial(office.server->workspace()));
    CHECK(must(office.anna->appliedToTell(office.anna.clock.now(), 1'000'000, {})).empty());
    for (StoreDevice* device : {&office.anna, office.ewa.get(), office.jan.get()}) {
        office.server->answered = 0;
        CHECK(office.sync(*device).counts.roundTrips == 1);
        CHECK(office.server->answered < 100);
    }
    CHECK(must(office.server->store->appliedSerial(office.server->workspace())) == serial);
}

TEST_CASE("delivery: one's own work is not said, so a lone change costs what it did", "[session]")
{
    WritingOffice office;
    const std::uint64_t serial = must(office.server->store->appliedSerial(office.server->workspace()));
    office.write(office.anna);
    CHECK(must(office.server->store->appliedSerial(office.server->workspace())) == serial);
}

TEST_CASE("delivery: the server keeps one word a device and space, for readers who wrote there", "[session]")
{
    WritingOffice office;
    for (int i = 0; i < 3; ++i) {
        office.write(office.anna);
        office.sync(*office.ewa);
    }
    CHECK(office.kept(office.anna).size() == 1);
    office.sync(*office.jan);
    CHECK(office.kept(office.anna).size() == 2);
    CHECK(office.kept(*office.jan).empty());  // Jan's device has written nothing.
    office.write(*office.jan);
    CHECK(office.kept(*office.jan).size() == 1);
}

// ---- a server that lies ----------------------------------------------------------------------------------

TEST_CASE("delivery attack: an older word does not take a newer one's place", "[session]")
{
    WritingOffice office;
    const Words old = office.kept(office.anna);
    REQUIRE(old.size() == 1);
    office.write(office.anna);
    office.sync(*office.ewa);
    office.sync(office.anna);
    REQUIRE(office.on(office.anna, *office.ewa).applied == 2);

    handOut(office, office.anna, old);
    CHECK(office.on(office.anna, *office.ewa).applied == 2);
    // After a restart neither.
    office.anna.reopen();
    handOut(office, office.anna, old);
    CHECK(office.on(office.anna, *office.ewa).applied == 2);
}

TEST_CASE("delivery attack: a word counts for its device, space and epoch only", "[session]")
{
    WritingOffice office;
    const SpaceId other = office.openCase(office.anna);
    office.write(office.anna);
    office.sync(*office.ewa);
    const Words words = office.kept(office.anna);
    REQUIRE(words.size() == 2);
    const auto word = std::ranges::find(words, office.space, &ledger::AppliedWord::space);
    REQUIRE(word != words.end());

    ledger::AppliedWord swapped = *word;
    SECTION("another device's")
    {
        swapped.device = (*office.jan)->device();
    }
    SECTION("another space's")
    {
        swapped.space = other;
    }
    SECTION("another epoch's")
    {
        swapped.epoch = 2;
    }
    SECTION("another box")
    {
        swapped.box.back() ^= 1;
    }
    SECTION("invented by the server")
    {
        swapped.signature.fill(7);
    }
    SECTION("of a device that nobody knows")
    {
        swapped.device.bytes.fill(9);
    }
    handOut(office, office.anna, {swapped});
    CHECK(office.on(office.anna, *office.ewa).applied <= 1);
    CHECK(office.on(office.anna, *office.jan).applied == 0);
    CHECK(must(office.anna->delivery(other)).at(0).devices.at(0).applied == 0);
    CHECK(WritingOffice::told(office.anna, "have not signed") == 1);
    office.sync(office.anna);  // The session was good, and so is the next.
}

TEST_CASE("delivery attack: a colleague cannot speak for another's device", "[session]")
{
    WritingOffice office;
    office.write(office.anna);
    // Ewa's device has the key of the case and signs, in Jan's name, that all has been applied there.
    office.sync(*office.ewa);
    ledger::AppliedWord word = office.kept(office.anna).at(0);
    word.device = (*office.jan)->device();
    ledger::signApplied(word, office.server->workspace(), (*office.ewa)->keys().signing);
    handOut(office, office.anna, {word});
    CHECK(office.on(office.anna, *office.jan).applied == 0);
    CHECK(WritingOffice::told(office.anna, "have not signed") == 1);
}

TEST_CASE("delivery attack: what is kept back shows as not yet, and stops nothing", "[session]")
{
    WritingOffice office;
    office.write(office.anna);
    office.sync(*office.ewa);
    office.server->doctor = [](wire::Answer& answer) { answer.applied.clear(); };
    office.sync(office.anna);
    CHECK(office.on(office.anna, *office.ewa).applied < 2);
    CHECK(office.of(office.anna).confirmed == 2);
}

TEST_CASE("delivery attack: a colleague's nonsense says nothing and ends no session", "[session]")
{
    WritingOffice office;
    office.write(office.anna);
    office.sync(*office.ewa);
    ledger::AppliedWord word = office.kept(office.anna).at(0);
    word.box = Bytes(200, 5);
    ledger::signApplied(word, office.server->workspace(), (*office.ewa)->keys().signing);
    handOut(office, office.anna, {word});
    CHECK(office.on(office.anna, *office.ewa).applied < 2);
    CHECK(WritingOffice::told(office.anna, "have not signed") == 0);
}

TEST_CASE("delivery attack: what a server did not say it kept is said again", "[session]")
{
    WritingOffice office;
    office.write(office.anna);
    office.server->swallows = true;
    office.sync(*office.ewa);
    office.server->swallows = false;
    office.sync(*office.ewa);  // Said again.
    office.sync(office.anna);
    CHECK(office.on(office.anna, *office.ewa).applied == 2);
}

TEST_CASE("delivery attack: a reply that is long in coming holds nothing up, and may still come", "[session]")
{
    WritingOffice office;
    office.write(office.anna);
    office.server->swallows = true;
    office.sync(*office.ewa);  // Applied, and not said.
    engine::AppliedWords words(**office.ewa);
    const Instant now = office.ewa->clock.now();
    wire::Answer answer;
    answer.features = wire::kKeepsApplied;
    must(words.take(answer));
    REQUIRE(must(words.next(now)).has_value());
    // As often as others write meanwhile.
    for (int i = 0; i < 20; ++i)
        CHECK_FALSE(must(words.next(now + std::chrono::seconds(i))).has_value());
    CHECK_FALSE(words.isDone());
    CHECK_FALSE(must(words.next(now + engine::AppliedWords::kPatience)).has_value());
    CHECK(words.isDone());
    CHECK(words.take(wire::AppliedKept{1}, now).has_value());
    words.reset();
    const Status unasked = words.take(wire::AppliedKept{1}, now);
    REQUIRE_FALSE(unasked);
    CHECK(unasked.error().code == Errc::Malformed);
}

// ---- other builds ----------------------------------------------------------------------------------------

TEST_CASE("delivery: a server that does not keep such words is told none", "[session]")
{
    WritingOffice office;
    office.write(office.anna);
    const std::uint64_t serial = must(office.server->store->appliedSerial(office.server->workspace()));
    office.server->doctor = [](wire::Answer& answer) {
        answer.features &= ~std::uint64_t{wire::kKeepsApplied};
        answer.applied.clear();
        answer.appliedSerial = 0;
    };
    office.sync(*office.ewa);
    CHECK(must(office.server->store->appliedSerial(office.server->workspace())) == serial);
    office.server->doctor = nullptr;
    office.sync(*office.ewa);
    CHECK(must(office.server->store->appliedSerial(office.server->workspace())) == serial + 1);
}

// ---- what goes back --------------------------------------------------------------------------------------

namespace {

void image(SessionOffice& office)
{
    office.server->stop();
    std::filesystem::copy_file(
        office.folder.path() / "server.db", office.folder.path() / "image.db",
        std::filesystem::copy_options::overwrite_existing);
    office.server->start();
}

void putBack(SessionOffice& office)
{
    office.server->stop();
    std::filesystem::copy_file(
        office.folder.path() / "image.db", office.folder.path() / "server.db",
        std::filesystem::copy_options::overwrite_existing);
    office.server->start();
}

}  // namespace

TEST_CASE(
    "delivery: what the server lost is unsent again, and who has applied it is still known", "[session]")
{
    WritingOffice office;
    office.write(office.anna);
    office.sync(*office.ewa);
    image(office);
    const Words imaged = office.kept(office.anna);
    office.write(office.anna);
    office.sync(*office.ewa);
    office.sync(office.anna);
    REQUIRE(office.of(office.anna).confirmed == 3);
    REQUIRE(office.on(office.anna, *office.ewa).applied == 3);

    putBack(office);
    // Anna's device finds out, but the server takes nothing in that session.
    office.server->refusing = wire::SegmentRefusal::NoRoom;
    office.trySync(office.anna);
    office.server->refusing.reset();
    const store::SpaceDelivery lost = office.of(office.anna);
    CHECK(lost.confirmed == 2);
    CHECK(lost.unsent == 1);
    CHECK(lost.lost == 1);
    CHECK(lost.sent == 0);
    CHECK(lost.lastNumber == 2);
    CHECK(office.on(office.anna, *office.ewa).applied == 3);
    // The receipt of what is lost is no receipt any more; the others are.
    std::size_t covered = 0;
    for (const store::KeptReceipt& receipt : must(office.anna->receipts(office.space)).receipts)
        covered += receipt.lost ? 0 : receipt.ours.size();
    CHECK(covered == 2);
    CHECK(must(office.anna.database.number("SELECT count(*) FROM receipt WHERE lost = 1")) == 1);

    office.sync(office.anna);
    CHECK(office.of(office.anna).confirmed == 3);
    CHECK(office.of(office.anna).lost == 0);
    // The server has no word of Ewa's device about the last change: it says it again.
    office.sync(*office.ewa);
    REQUIRE(office.kept(office.anna).size() == 1);
    CHECK(office.kept(office.anna).at(0).box != imaged.at(0).box);
    office.sync(office.anna);
    CHECK(office.on(office.anna, *office.ewa).applied == 3);
}

TEST_CASE("delivery: a server that forgot words alone is told them again", "[session]")
{
    WritingOffice office;
    office.write(office.anna);
    image(office);
    office.sync(*office.ewa);
    office.sync(office.anna);
    REQUIRE(office.on(office.anna, *office.ewa).applied == 2);
    putBack(office);  // The log is the same.
    office.sync(*office.ewa);
    office.sync(*office.ewa);
    REQUIRE(office.kept(office.anna).size() == 1);
    office.write(office.anna);
    office.sync(*office.ewa);
    office.sync(office.anna);
    CHECK(office.on(office.anna, *office.ewa).applied == 3);
}

TEST_CASE("delivery: a device that was put back says so under its new life", "[session]")
{
    WritingOffice office;
    office.write(*office.ewa, "before the copy");
    auto old = std::make_unique<StoreDevice>(4'711);
    sqlite3_backup* backup
        = sqlite3_backup_init(old->database.handle(), "main", office.ewa->database.handle(), "main");
    REQUIRE(backup != nullptr);
    sqlite3_backup_step(backup, -1);
    REQUIRE(sqlite3_backup_finish(backup) == SQLITE_OK);
    old->reopen();

    office.write(office.anna);
    office.write(office.anna);
    office.sync(*office.ewa);
    office.write(*office.ewa, "lost with the disk");
    office.sync(office.anna);
    REQUIRE(office.on(office.anna, *office.ewa).applied == 3);
    const Words before = office.kept(office.anna);

    // The copy says what the copy holds, whatever the lost disk had said.
    must((*old)->startNewLife(engine::LifeReason::Restored));
    office.sync(*old);
    office.sync(*old);
    office.sync(office.anna);
    CHECK(office.on(office.anna, *office.ewa).applied == 3);
    handOut(office, office.anna, before);
    CHECK(must(office.anna.database.number("SELECT max(life_order) FROM applied_by")) == 1);
}

TEST_CASE("delivery: what a colleague removed to save room has been applied all the same", "[session]")
{
    WritingOffice office;
    office.write(office.anna);
    office.sync(*office.ewa);
    office.sync(office.anna);
    REQUIRE(office.on(office.anna, *office.ewa).applied == 2);
    must(office.server->store->raiseSafe(office.server->workspace(), office.server->size()));
    office.sync(*office.ewa);
    must((*office.ewa)->evict(office.space, "1/2026"));
    office.sync(*office.ewa);
    office.write(office.anna);
    office.sync(*office.ewa);
    office.sync(office.anna);
    CHECK(office.on(office.anna, *office.ewa).applied == 2);
    must((*office.ewa)->fetchEvicted(office.space));
    office.sync(*office.ewa);
    office.sync(*office.ewa);
    office.sync(office.anna);
    CHECK(office.on(office.anna, *office.ewa).applied == 3);
}

TEST_CASE("delivery: of a device that was removed nothing is kept", "[session]")
{
    WritingOffice office;
    office.write(office.anna);
    office.sync(*office.ewa);
    office.sync(office.anna);
    REQUIRE(office.of(office.anna).devices.size() == 2);
    must(office.anna->queueAct(ledger::RemoveDevice{(*office.ewa)->device()}));
    office.sync(office.anna);
    CHECK(office.kept(office.anna).empty());
    CHECK(office.of(office.anna).devices.size() == 1);
    CHECK(must(office.anna.database.number("SELECT count(*) FROM applied_by")) == 0);
}

// ---- unsent, sent, confirmed -----------------------------------------------------------------------------

TEST_CASE("delivery: sealed and without a receipt is sent, refused is not", "[session]")
{
    WritingOffice office;
    office.anna.add(office.space, "note", "text", "only here");
    CHECK(office.of(office.anna).unsent == 1);
    CHECK(office.of(office.anna).sent == 0);
    CHECK(office.of(office.anna).oldestUnsent.has_value());
    must(office.anna->sealAll());
    CHECK(office.of(office.anna).sent == 1);

    office.server->refusing = wire::SegmentRefusal::NotAWriter;
    office.trySync(office.anna);
    office.server->refusing.reset();
    CHECK(office.of(office.anna).unsent == 1);
    CHECK(office.of(office.anna).sent == 0);
    office.sync(office.anna);
    CHECK(office.of(office.anna).unsent == 0);
    CHECK(office.of(office.anna).confirmed == 2);
}

TEST_CASE("delivery: receipts prove each confirmed change to whoever has the server's key", "[session]")
{
    WritingOffice office;
    for (int i = 0; i < 5; ++i)
        office.write(i % 2 == 0 ? office.anna : *office.ewa);
    const store::KeptReceipts kept = must(office.anna->receipts(office.space));
    CHECK(kept.withoutReceipt == 0);
    std::uint64_t changes = 0;
    for (const store::KeptReceipt& receipt : kept.receipts) {
        const ledger::Head head
            = must(ledger::openHead(receipt.head, office.anna->membership().genesis().serverReceiptKey));
        std::map<std::uint64_t, Hash> leaves;
        for (const store::KeptReceipt::Leaf& leaf : receipt.leaves)
            leaves[leaf.number - 1] = leaf.hash;
        must(ledger::verifyInclusion(leaves, head.tree.size, head.tree.root, receipt.proof));
        for (const ledger::SignedSegmentHeader& ours : receipt.ours)
            changes += ours.header.count;
    }
    CHECK(changes == office.of(office.anna).confirmed);
}

}  // namespace teren::test
