// SPDX-License-Identifier: EUPL-1.2
#include "app/service/carrying.h"
#include "crypto/base/limits.h"
#include "tests/sim/database_image.h"
#include "tests/support/store_office.h"

#include <algorithm>

// Work that goes from device to device without the server, and back into the one log.
namespace teren::test {
namespace {

using service::ImportReport;

carrier::Bundle bundleFrom(StoreDevice& device, bool all = true)
{
    return must(service::bundleOf(*device, device.clock.now(), limits::kTicketLife, all));
}

Bytes fileOf(const carrier::Bundle& bundle)
{
    return must(carrier::encode(bundle));
}

/// As `service::importBundle`, without a disk.
Result<ImportReport> tryImport(StoreDevice& device, ByteView file)
{
    TEREN_TRY(carrier::Bundle bundle, carrier::decodeBundle(file));
    TEREN_TRY(
        carrier::Verified verified,
        carrier::verifyBundle(std::move(bundle), device->membership(), device.clock.now()));
    ImportReport report;
    TEREN_CHECK(service::applyVerified(*device, std::move(verified), report));
    return report;
}

ImportReport import(StoreDevice& device, ByteView file)
{
    return must(tryImport(device, file));
}

/// A person who can make the hash at the end fit again.
Bytes withHash(Bytes file)
{
    file.resize(file.size() - sizeof(Hash));
    const Hash hash = Hasher().add("teren.bundle.v1").add(file).finish();
    file.insert(file.end(), hash.begin(), hash.end());
    return file;
}

/// Everything that a device holds, to see that a file has changed nothing.
std::string stateOf(StoreDevice& device)
{
    std::string text;
    for (const auto& [id, space] : device->membership().spaces())
        if (device->membership().canRead(device->device(), id))
            text += toHex(must(device->digest(id)));
    const store::OutboxCounts counts = must(device->outboxCounts());
    text += "/" + std::to_string(counts.unsent) + "/" + std::to_string(counts.confirmed) + "/"
        + std::to_string(counts.waiting) + "/" + std::to_string(counts.quarantined);
    text += "/" + toHex(device->membership().hash()) + "/" + toHex(wire::encode(device->position()));
    for (const ledger::Segment& segment : must(device->segmentsToCarry(true, limits::kBundleMax)))
        text += toHex(segment.head.hash).substr(0, 8);
    return text;
}

void checkSame(StoreDevice& one, StoreDevice& other)
{
    for (const auto& [id, space] : one->membership().spaces()) {
        INFO("space " << id.hex());
        CHECK(must(one->digest(id)) == must(other->digest(id)));
    }
}

/// Two who met, then work apart.
struct Apart : TwoWithACase {
    Apart()
    {
        office.sync(anna);
        office.sync(*jan);
        record = anna.add(space, "visit", "note", "pierwsza");
    }
    RecordId record;
};

TEST_CASE("carried work is there at once, has no number, and confirms nothing")
{
    Apart two;
    const wire::Position before = (*two.jan)->position();
    const ImportReport report = import(*two.jan, fileOf(bundleFrom(two.anna)));
    CHECK(report.from == two.anna->device().hex());
    CHECK(report.changes == 1);
    CHECK(report.segments == 1);
    CHECK(two.jan->values(two.record, "note") == std::vector<std::string>{"pierwsza"});
    CHECK((*two.jan)->position() == before);
    CHECK(must(two.anna->outboxCounts()).unsent == 1);
    CHECK(must((*two.jan)->outboxCounts()).unsent == 0);
    checkSound(*two.jan);

    const std::string state = stateOf(*two.jan);
    const ImportReport again = import(*two.jan, fileOf(bundleFrom(two.anna)));
    CHECK(again.changes == 0);
    CHECK(again.segments == 0);
    CHECK(stateOf(*two.jan) == state);
}

TEST_CASE("a colleague hands in what was carried to them, and its author has it confirmed")
{
    Apart two;
    import(*two.jan, fileOf(bundleFrom(two.anna)));
    two.jan->save(two.space, {assignOp(two.record, "note", "druga")});
    const std::size_t before = two.office.log.size();
    two.office.sync(*two.jan);
    CHECK(two.office.log.size() == before + 2);

    two.office.sync(two.anna);
    CHECK(two.office.log.size() == before + 2);
    CHECK(must(two.anna->outboxCounts()).unsent == 0);
    CHECK(two.anna.values(two.record, "note") == std::vector<std::string>{"druga"});
    two.office.sync(*two.jan);
    checkSame(two.anna, *two.jan);
    checkSound(two.anna);
    checkSound(*two.jan);
}

TEST_CASE("carried work whose author syncs first only gets its number")
{
    Apart two;
    import(*two.jan, fileOf(bundleFrom(two.anna)));
    const std::size_t before = two.office.log.size();
    two.office.sync(two.anna);
    two.office.sync(*two.jan);
    CHECK(two.office.log.size() == before + 1);
    two.office.sync(two.anna);
    CHECK(two.office.log.size() == before + 1);
    checkSame(two.anna, *two.jan);
    checkSound(*two.jan);
}

TEST_CASE("carried membership comes before what rests on it")
{
    Apart two;
    const SpaceId later = two.anna.openCase("Polna");
    two.office.sync(two.anna);
    const RecordId record = two.anna.add(later, "visit", "note", "nowa sprawa");
    // Jan has never heard of this case.
    REQUIRE((*two.jan)->membership().find(later) == nullptr);
    two.office.sync(two.anna);
    const ImportReport report = import(*two.jan, fileOf(bundleFrom(two.anna)));
    CHECK(report.statements > 0);
    CHECK(two.jan->values(record, "note") == std::vector<std::string>{"nowa sprawa"});
    checkSame(two.anna, *two.jan);
    two.office.sync(*two.jan);
    checkSound(*two.jan);
    checkSame(two.anna, *two.jan);
}

TEST_CASE("carried files that were cut or altered at any byte change nothing")
{
    Apart two;
    const Bytes file = fileOf(bundleFrom(two.anna, false));
    const std::string before = stateOf(*two.jan);
    for (std::size_t size = 0; size < file.size(); ++size)
        REQUIRE_FALSE(tryImport(*two.jan, ByteView(file).first(size)));
    for (std::size_t at = 0; at < file.size(); ++at) {
        Bytes altered = file;
        altered[at] ^= 0x41;
        REQUIRE_FALSE(tryImport(*two.jan, altered));
    }
    Bytes longer = file;
    longer.push_back(0);
    REQUIRE_FALSE(tryImport(*two.jan, longer));
    CHECK(stateOf(*two.jan) == before);
}

/// Whether all that `file` still says is what `whole` says as well.
bool isPartOf(ByteView file, const carrier::Bundle& whole)
{
    const carrier::Bundle left = must(carrier::decodeBundle(file));
    const auto isGenuine = [&](const ledger::Segment& segment) {
        return std::ranges::any_of(whole.segments, [&](const ledger::Segment& other) {
            return other.head.bytes == segment.head.bytes && other.body == segment.body;
        });
    };
    return left.ticket == whole.ticket && std::ranges::all_of(left.segments, isGenuine)
        && std::ranges::all_of(left.statements, [&](const ledger::SignedStatement& statement) {
               return std::ranges::find(whole.statements, statement) != whole.statements.end();
           });
}

TEST_CASE("carried files altered by someone who makes the hash fit are found out")
{
    Apart two;
    const carrier::Bundle bundle = bundleFrom(two.anna, false);
    const Bytes file = fileOf(bundle);
    std::string before = stateOf(*two.jan);
    std::size_t taken = 0;
    std::uint64_t changes = 0;
    // The second makes another field's number of many a tag.
    for (const unsigned mask : {0x01U, 0x10U})
        for (std::size_t at = 0; at + sizeof(Hash) < file.size(); ++at) {
            Bytes altered = file;
            altered[at] ^= static_cast<std::uint8_t>(mask);
            altered = withHash(altered);
            const Result<ImportReport> report = tryImport(*two.jan, altered);
            if (!report) {
                REQUIRE(stateOf(*two.jan) == before);
                continue;
            }
            INFO("byte " << at);
            REQUIRE(isPartOf(altered, bundle));
            REQUIRE(report->statements == 0);
            ++taken;
            changes += report->changes;
            before = stateOf(*two.jan);
        }
    // A statement whose field has an unknown number is one that does not stand in the file.
    CHECK(taken > 0);
    CHECK(taken <= bundle.statements.size());
    CHECK(changes == 1);
    import(*two.jan, file);
    checkSame(two.anna, *two.jan);
    checkSound(*two.jan);
}

TEST_CASE("carried files of other offices, of strangers and past their time are refused")
{
    Apart two;
    const std::string before = stateOf(*two.jan);
    SECTION("another office")
    {
        StoreOffice other(4711);
        const Result<ImportReport> report = tryImport(*two.jan, fileOf(bundleFrom(other.founder())));
        REQUIRE_FALSE(report);
        CHECK(report.error().code == Errc::Refused);
    }
    SECTION("expired")
    {
        const Bytes file = fileOf(bundleFrom(two.anna));
        two.jan->clock.advance(limits::kTicketLife + std::chrono::hours(24));
        const Result<ImportReport> report = tryImport(*two.jan, file);
        REQUIRE_FALSE(report);
        CHECK(report.error().code == Errc::Refused);
    }
    SECTION("a ticket that gives itself a year")
    {
        carrier::Bundle bundle = bundleFrom(two.anna);
        carrier::Ticket ticket = must(carrier::decodeTicket(bundle.ticket));
        ticket.expires = ticket.issued + std::chrono::hours(24 * 365);
        bundle.ticket = carrier::signTicket(ticket, two.anna->keys().signing);
        const Result<ImportReport> report = tryImport(*two.jan, fileOf(bundle));
        REQUIRE_FALSE(report);
        CHECK(report.error().code == Errc::Refused);
    }
    SECTION("a ticket in a colleague's name")
    {
        carrier::Bundle bundle = bundleFrom(two.anna);
        const carrier::Ticket ticket = must(carrier::decodeTicket(bundle.ticket));
        SeededRandom random(5);
        bundle.ticket = carrier::signTicket(ticket, SigningKey::generate(random));
        const Result<ImportReport> report = tryImport(*two.jan, fileOf(bundle));
        REQUIRE_FALSE(report);
        CHECK(report.error().code == Errc::Forged);
    }
    SECTION("a segment that its author did not sign")
    {
        carrier::Bundle bundle = bundleFrom(two.anna, false);
        REQUIRE(bundle.segments.size() == 1);
        SeededRandom random(5);
        ledger::Segment& segment = bundle.segments.front();
        segment.head = ledger::signHeader(segment.head.header, SigningKey::generate(random));
        const Result<ImportReport> report = tryImport(*two.jan, fileOf(bundle));
        REQUIRE_FALSE(report);
        CHECK(report.error().code == Errc::Forged);
    }
    SECTION("a segment of another office, by a device that is in both")
    {
        carrier::Bundle bundle = bundleFrom(two.anna, false);
        REQUIRE(bundle.segments.size() == 1);
        ledger::Segment& segment = bundle.segments.front();
        ledger::SegmentHeader header = segment.head.header;
        header.workspace.bytes[0] ^= 1;
        segment.head = ledger::signHeader(header, two.anna->keys().signing);
        const Result<ImportReport> report = tryImport(*two.jan, fileOf(bundle));
        REQUIRE_FALSE(report);
        CHECK(report.error().code == Errc::Forged);
    }
    SECTION("a statement that is known, with a signature that is not")
    {
        const std::size_t count = bundleFrom(two.anna).statements.size();
        REQUIRE(count > 1);
        for (std::size_t at = 0; at < count; ++at) {
            INFO("statement " << at);
            carrier::Bundle bundle = bundleFrom(two.anna);
            bundle.statements[at].signature[5] ^= 1;
            const Result<ImportReport> report = tryImport(*two.jan, fileOf(bundle));
            REQUIRE_FALSE(report);
            CHECK(report.error().code == Errc::Forged);
        }
    }
    SECTION("another members' log")
    {
        carrier::Bundle bundle = bundleFrom(two.anna);
        ledger::Statement forked;
        forked.workspace = two.office.membership.workspace();
        forked.height = two.office.membership.height();
        forked.previous = two.office.membership.hashAt(forked.height - 1);
        forked.acts = {ledger::Invite{InvitationId::random(two.anna.random), {}, 0, {}}};
        bundle.statements.back()
            = ledger::signStatement(forked, two.anna->device(), two.anna->keys().signing);
        const Result<ImportReport> report = tryImport(*two.jan, fileOf(bundle));
        REQUIRE_FALSE(report);
        CHECK(report.error().code == Errc::Forged);
    }
    CHECK(stateOf(*two.jan) == before);
}

TEST_CASE("carried files of a device that was removed are refused")
{
    Apart two;
    const auto ewa = two.office.join();
    two.office.sync(two.anna);
    two.office.sync(*ewa);
    ewa->add(two.space, "visit", "note", "od Ewy");
    const Bytes file = fileOf(bundleFrom(*ewa));
    must(two.anna->queueAct(ledger::RemoveDevice{(*ewa)->device()}));
    two.office.sync(two.anna);
    two.office.sync(*two.jan);
    const std::string before = stateOf(*two.jan);
    const Result<ImportReport> report = tryImport(*two.jan, file);
    REQUIRE_FALSE(report);
    CHECK(report.error().code == Errc::Refused);
    CHECK(stateOf(*two.jan) == before);
}

TEST_CASE("carried work of a device that is removed afterwards counts for nobody")
{
    Apart two;
    const auto ewa = two.office.join();
    two.office.sync(two.anna);
    two.office.sync(*ewa);
    two.office.sync(*two.jan);
    const RecordId record = ewa->add(two.space, "visit", "note", "od Ewy");
    import(*two.jan, fileOf(bundleFrom(*ewa)));
    REQUIRE(two.jan->values(record, "note") == std::vector<std::string>{"od Ewy"});

    must(two.anna->queueAct(ledger::RemoveDevice{(*ewa)->device()}));
    two.office.sync(two.anna);
    const std::size_t before = two.office.log.size();
    two.office.sync(*two.jan);
    CHECK(two.office.log.size() == before);
    CHECK_FALSE((*two.jan)->record(record));
    checkSame(two.anna, *two.jan);
    checkSound(*two.jan);
    CHECK(must((*two.jan)->outboxCounts()).quarantined == 1);
}

/// Jan has built on work of Ewa's that only he has, and she has been removed.
struct BuiltOnApart : Apart {
    BuiltOnApart()
    {
        office.sync(anna);
        office.sync(*ewa);
        office.sync(*jan);
        lost = ewa->add(space, "visit", "note", "od Ewy");
        import(*jan, fileOf(bundleFrom(*ewa)));
        jan->save(space, {assignOp(record, "note", "druga")});
    }
    void remove()
    {
        must(anna->queueAct(ledger::RemoveDevice{(*ewa)->device()}));
        office.sync(anna);
        office.fetchStatements(*jan);
        REQUIRE_FALSE((*jan)->record(lost));
    }
    void checkAllDone()
    {
        for (StoreDevice* device : {jan.get(), &anna, jan.get(), &anna})
            office.sync(*device);
        for (StoreDevice* device : {jan.get(), &anna}) {
            const store::OutboxCounts counts = must((*device)->outboxCounts());
            CHECK(counts.unsent == 0);
            CHECK(counts.waiting == 0);
            CHECK(must((*device)->outbox(0, 1'000'000)).empty());
            device->reopen();
            checkSound(*device);
        }
        checkSame(anna, *jan);
    }
    std::unique_ptr<StoreDevice> ewa = office.join();
    RecordId lost;
};

TEST_CASE("carried work that is put apart takes no later work of who built on it along")
{
    BuiltOnApart two;
    two.remove();
    two.jan->save(two.space, {assignOp(two.record, "date", "2026-11-23")});
    CHECK(two.jan->values(two.record, "note") == std::vector<std::string>{"druga"});
    CHECK(two.jan->values(two.record, "date") == std::vector<std::string>{"2026-11-23"});
    two.jan->save(two.space, {assignOp(two.record, "note", "trzecia")});
    CHECK(two.jan->values(two.record, "note") == std::vector<std::string>{"trzecia"});
    checkSound(*two.jan);

    two.checkAllDone();
    CHECK(two.anna.values(two.record, "note") == std::vector<std::string>{"trzecia"});
    CHECK(two.anna.values(two.record, "date") == std::vector<std::string>{"2026-11-23"});
}

TEST_CASE("carried work that is put apart takes nothing along that was sealed on it and not sent yet")
{
    BuiltOnApart two;
    must((*two.jan)->sealAll());
    const std::uint64_t life = (*two.jan)->life();
    two.remove();
    CHECK(two.jan->values(two.record, "note") == std::vector<std::string>{"pierwsza"});

    two.checkAllDone();
    CHECK((*two.jan)->life() != life);
    CHECK(two.anna.values(two.record, "note") == std::vector<std::string>{"druga"});
    CHECK(must(two.anna->awaited()).empty());
}

TEST_CASE("carried work that is put apart keeps what was made on it from being sealed before it is made anew")
{
    BuiltOnApart two;
    StoreDevice& jan = *two.jan;
    two.remove();
    must(jan->sealAll());
    for (const engine::Outgoing& outgoing : must(jan->outbox(0, 1'000'000)))
        CHECK(outgoing.segment.head.header.device != jan->device());
    CHECK(must(jan->waiting()).unsealed == 0);

    two.checkAllDone();
    CHECK(two.anna.values(two.record, "note") == std::vector<std::string>{"druga"});
}

TEST_CASE("carried work that is put apart holds up what was sent on top of it, and nothing after that")
{
    BuiltOnApart two;
    StoreDevice& jan = *two.jan;
    must(jan->sealAll());
    const std::vector<engine::Outgoing> sent = must(jan->outbox(0, 1'000'000));
    const ledger::Segment& own = sent.back().segment;
    REQUIRE(own.head.header.device == jan->device());
    const bool isLate = GENERATE(false, true);
    const std::uint64_t number = two.office.append(own);
    if (!isLate)
        two.office.receipt(jan, own, number);
    two.remove();
    CHECK(jan.values(two.record, "note") == std::vector<std::string>{"pierwsza"});
    jan.save(two.space, {assignOp(two.record, "date", "2026-11-23")});
    if (isLate)
        two.office.receipt(jan, own, number);
    jan.save(two.space, {assignOp(two.record, "place", "dom")});
    CHECK(jan.values(two.record, "date") == std::vector<std::string>{"2026-11-23"});
    CHECK(jan.values(two.record, "place") == std::vector<std::string>{"dom"});
    checkSound(jan);

    two.office.sync(jan);
    two.office.sync(two.anna);
    CHECK(two.anna.values(two.record, "place") == std::vector<std::string>{"dom"});
    for (const store::AwaitedWork& work : must(two.anna->awaited()))
        must(two.anna->queueAct(ledger::Void{
            work.space, work.author.device, work.author.life, work.from, work.to, ledger::VoidReason::Lost}));
    two.checkAllDone();
    // What void work had seen, nobody can say who never held it: so what was made on it stands beside the
    // value that it was to replace, unless it was issued again.
    const auto values
        = isLate ? std::vector<std::string>{"druga"} : std::vector<std::string>{"pierwsza", "druga"};
    CHECK(jan.values(two.record, "note") == values);
    CHECK(two.anna.values(two.record, "date") == std::vector<std::string>{"2026-11-23"});
}

TEST_CASE("carried work of a device that was removed after the server had it counts again")
{
    Apart two;
    const auto ewa = two.office.join();
    two.office.sync(two.anna);
    two.office.sync(*ewa);
    two.office.sync(*two.jan);
    const RecordId record = ewa->add(two.space, "visit", "note", "od Ewy");
    import(*two.jan, fileOf(bundleFrom(*ewa)));
    two.office.sync(*ewa);
    two.office.sync(two.anna);
    must(two.anna->queueAct(ledger::RemoveDevice{(*ewa)->device()}));
    two.office.sync(two.anna);

    two.office.fetchStatements(*two.jan);
    CHECK_FALSE((*two.jan)->record(record));
    two.office.sync(*two.jan);
    CHECK(two.jan->values(record, "note") == std::vector<std::string>{"od Ewy"});
    checkSame(two.anna, *two.jan);
    checkSound(*two.jan);
}

TEST_CASE("carried segments of cases that are not for this device stay out")
{
    Apart two;
    const auto guest = two.office.join(ledger::OpenSpaces);
    two.office.sync(two.anna);
    two.office.sync(*guest);
    const std::vector<SpaceId> before = (*guest)->spaces(ledger::SpaceKind::CaseInternal);
    REQUIRE_FALSE((*guest)->membership().canRead((*guest)->device(), two.space));
    const ImportReport report = import(*guest, fileOf(bundleFrom(two.anna)));
    CHECK(report.notOurs > 0);
    CHECK((*guest)->spaces(ledger::SpaceKind::CaseInternal) == before);
    CHECK(
        must((*guest)->segmentsToCarry(true, limits::kBundleMax)).size()
        == must((*guest)->segmentsToCarry(true, limits::kBundleMax)).size());
    checkSound(*guest);
}

TEST_CASE("carried work gives way to what the log holds in its place")
{
    Apart two;
    must(two.anna->sealAll());
    const Bytes file = fileOf(bundleFrom(two.anna, false));
    import(*two.jan, file);
    // The same seq, sealed anew because the server refused the first: other bytes, the same change.
    const std::vector<engine::Outgoing> sealed = must(two.anna->outbox(0, limits::kBundleMax));
    REQUIRE(sealed.size() == 1);
    must(two.anna->segmentRefused(sealed.front().segment.head.hash, wire::SegmentRefusal::NotAWriter));
    two.office.join();
    two.office.sync(two.anna);
    REQUIRE(two.office.log.back().head.hash != sealed.front().segment.head.hash);

    two.office.sync(*two.jan);
    checkSame(two.anna, *two.jan);
    checkSound(*two.jan);
    // And what comes once more by a stick is known to be out.
    const std::string state = stateOf(*two.jan);
    import(*two.jan, file);
    CHECK(stateOf(*two.jan) == state);
    // The author is not told that somebody else uses its keys.
    const std::uint64_t life = two.anna->life();
    import(two.anna, file);
    CHECK(two.anna->life() == life);
    checkSound(two.anna);
}

TEST_CASE("carried work does not follow what has given way to the log's")
{
    Apart two;
    must(two.anna->sealAll());
    const std::unique_ptr<sql::Database> image = sim::copyOf(two.anna.database.handle());
    StoreDevice twin(4'711);
    twin.database = std::move(*image);
    twin.reopen();
    two.anna.add(two.space, "visit", "note", "po kopii");
    import(*two.jan, fileOf(bundleFrom(two.anna)));
    // The same seq of the same life, sent by the copy of her profile: Anna's gives way.
    twin.add(two.space, "visit", "note", "na kopii");
    two.office.sync(twin);
    two.office.sync(*two.jan);

    two.anna.add(two.space, "visit", "note", "jeszcze dalej");
    const ImportReport report = import(*two.jan, fileOf(bundleFrom(two.anna)));
    CHECK(report.apart == 1);
    CHECK(report.segments == 0);
    CHECK(must((*two.jan)->outbox(0, limits::kBundleMax)).empty());
    checkSound(*two.jan);
    // Anna issues it again under another life, and that comes to everybody.
    two.office.sync(two.anna);
    two.office.sync(*two.jan);
    checkSame(two.anna, *two.jan);
    checkSound(*two.jan);
}

TEST_CASE("carried home, work that a restored device has forgotten begins a new life")
{
    Apart two;
    const std::unique_ptr<sql::Database> image = sim::copyOf(two.anna.database.handle());
    const RecordId forgotten = two.anna.add(two.space, "visit", "note", "po kopii");
    import(*two.jan, fileOf(bundleFrom(two.anna)));
    two.anna.store.reset();
    two.anna.database = std::move(*image);
    two.anna.reopen();
    const std::uint64_t life = two.anna->life();
    const RecordId since = two.anna.add(two.space, "visit", "note", "po przywróceniu");

    import(two.anna, fileOf(bundleFrom(*two.jan)));
    CHECK(two.anna->life() != life);
    CHECK(two.anna.values(forgotten, "note") == std::vector<std::string>{"po kopii"});
    CHECK(two.anna.values(since, "note") == std::vector<std::string>{"po przywróceniu"});
    checkSound(two.anna);
    two.office.sync(two.anna);
    two.office.sync(*two.jan);
    two.office.sync(two.anna);
    checkSame(two.anna, *two.jan);
    CHECK(must(two.anna->outboxCounts()).unsent == 0);
    checkSound(two.anna);
    checkSound(*two.jan);
}

TEST_CASE("carried work that cites what a restored device has forgotten begins a new life")
{
    Apart two;
    two.office.sync(two.anna);
    two.office.sync(*two.jan);
    const std::unique_ptr<sql::Database> image = sim::copyOf(two.anna.database.handle());
    two.anna.save(two.space, {assignOp(two.record, "date", "2026-11-23")});
    import(*two.jan, fileOf(bundleFrom(two.anna)));
    two.jan->save(two.space, {assignOp(two.record, "place", "dom")});
    two.anna.store.reset();
    two.anna.database = std::move(*image);
    two.anna.reopen();

    // Jan's alone: it is not Anna's lost work that comes back.
    carrier::Bundle bundle = bundleFrom(*two.jan);
    std::erase_if(bundle.segments, [&](const ledger::Segment& segment) {
        return segment.head.header.device != (*two.jan)->device();
    });
    const std::uint64_t life = two.anna->life();
    CHECK(must(two.anna->storeCarried(bundle.segments)).ownUnknown);
    must(two.anna->startNewLife(engine::LifeReason::RolledBack));
    CHECK(two.anna->life() != life);
    two.anna.save(two.space, {assignOp(two.record, "place", "szkoła")});
    checkSound(two.anna);

    // Nothing that Jan had seen was made to look as if it were what Anna writes now: both stand.
    import(two.anna, fileOf(bundleFrom(*two.jan)));
    CHECK(two.anna.values(two.record, "place") == std::vector<std::string>{"dom", "szkoła"});
    CHECK(two.anna.values(two.record, "date") == std::vector<std::string>{"2026-11-23"});
    CHECK(must(two.anna->outboxCounts()).waiting == 0);
    checkSound(two.anna);
}

TEST_CASE("carried tickets show a split view as soon as two meet")
{
    Apart two;
    carrier::Bundle bundle = bundleFrom(two.anna);
    carrier::Ticket ticket = must(carrier::decodeTicket(bundle.ticket));
    wire::Position position = must(wire::decodePosition(ticket.position));
    REQUIRE(position.head.size > 0);
    position.head.root[0] ^= 1;
    ticket.position = wire::encode(position);
    bundle.ticket = carrier::signTicket(ticket, two.anna->keys().signing);
    import(*two.jan, fileOf(bundle));
    CHECK(must((*two.jan)->disputed()) == two.anna->device());
}

TEST_CASE("carried in any order, twice, in parts, by anybody, work converges with the server's")
{
    const std::size_t runs = 40;
    for (std::size_t run = 0; run < runs; ++run) {
        INFO("run " << run);
        SeededRandom random(run + 1);
        StoreOffice office(run + 1);
        StoreDevice& anna = office.founder();
        const SpaceId space = anna.openCase();
        office.sync(anna);
        const auto jan = office.join();
        const auto ewa = office.join();
        office.sync(anna);
        office.sync(*jan);
        office.sync(*ewa);
        const std::vector<StoreDevice*> all{&anna, jan.get(), ewa.get()};
        std::vector<RecordId> records;
        for (int step = 0; step < 30; ++step) {
            StoreDevice& one = *all[random.below(all.size())];
            StoreDevice& other = *all[random.below(all.size())];
            switch (random.below(5)) {
            case 0:
                records.push_back(one.add(space, "visit", "note", "a" + std::to_string(step)));
                break;
            case 1:
                if (!records.empty()) {
                    const RecordId& record = records[random.below(records.size())];
                    if (one->record(record))
                        one.save(space, {assignOp(record, "note", "b" + std::to_string(step))});
                }
                break;
            case 2:
                office.sync(one);
                break;
            case 3:
            case 4: {
                carrier::Bundle bundle = bundleFrom(one, random.below(2) == 0);
                std::vector<ledger::Segment>& segments = bundle.segments;
                for (std::size_t i = segments.size(); i > 1; --i)
                    std::swap(segments[i - 1], segments[random.below(i)]);
                if (!segments.empty() && random.below(3) == 0)
                    segments.push_back(segments.front());
                if (random.below(3) == 0)
                    segments.resize(segments.size() - random.below(segments.size() + 1));
                import(other, fileOf(bundle));
                break;
            }
            }
        }
        for (int round = 0; round < 2; ++round)
            for (StoreDevice* device : all)
                office.sync(*device);
        const std::size_t size = office.log.size();
        for (StoreDevice* device : all) {
            office.sync(*device);
            checkSame(anna, *device);
            checkSound(*device);
            CHECK(must((*device)->outboxCounts()).unsent == 0);
            CHECK(must((*device)->outboxCounts()).waiting == 0);
        }
        CHECK(office.log.size() == size);
        std::set<Hash> numbered;
        for (const ledger::Segment& segment : office.log)
            CHECK(numbered.insert(segment.head.hash).second);
    }
}

}  // namespace
}  // namespace teren::test
