// SPDX-License-Identifier: EUPL-1.2
// Blobs at the server: what a store must do, and what nobody may make of it.
#include "sync/server/sqlite_blobs.h"

#include "crypto/base/limits.h"
#include "crypto/sign/hash.h"
#include "tests/support/server_office.h"

#include <numeric>

namespace teren {
namespace {

using server::SqliteBlobs;
using test::only;
using test::PeerClient;
using test::ServedCase;
using test::TestDevice;
using wire::BlobCode;
using wire::BlobName;
using wire::BlobState;
using wire::RefusalCode;

Bytes randomBytes(std::size_t size, std::uint64_t seed)
{
    test::SeededRandom random(seed);
    Bytes bytes(size);
    random.fill(bytes);
    return bytes;
}

template <typename IdType>
IdType idOf(std::uint8_t value)
{
    IdType id;
    id.bytes.fill(value);
    return id;
}

/// A store, a workspace, a device.
struct Shelf {
    Shelf() { reopen(); }
    void reopen(const SqliteBlobs::Options& options = {})
    {
        store.reset();
        auto opened = SqliteBlobs::open(folder.path() / "blobs.db", options);
        REQUIRE(opened);
        store = *std::move(opened);
    }
    BlobName nameOf(const Bytes& blob) const { return {idOf<SpaceId>(5), blake2b({blob})}; }
    BlobState put(
        const BlobName& name, const Bytes& blob, std::uint64_t from, std::size_t size,
        const DeviceId& device = idOf<DeviceId>(2)) const
    {
        const ByteView data = ByteView(blob).subspan(static_cast<std::size_t>(from), size);
        const auto state = store->put(workspace, device, {name, blob.size(), from, toBytes(data)}, now);
        REQUIRE(state);
        return *state;
    }
    BlobState putAll(const BlobName& name, const Bytes& blob, const DeviceId& device = idOf<DeviceId>(2))
    {
        BlobState state;
        for (std::size_t from = 0; from < blob.size() && state.code == BlobCode::Absent; from += 60'000)
            state = put(name, blob, from, std::min<std::size_t>(60'000, blob.size() - from), device);
        return state;
    }
    BlobState held(const BlobName& name, const DeviceId& device = idOf<DeviceId>(2)) const
    {
        const auto state = store->held(workspace, name, device, now);
        REQUIRE(state);
        return *state;
    }
    Bytes read(const BlobName& name, std::size_t step) const
    {
        Bytes all;
        for (;;) {
            const auto part = store->part(workspace, name, all.size(), static_cast<std::uint32_t>(step));
            REQUIRE(part);
            const std::optional<server::BlobStore::Part>& found = *part;
            if (!found)
                return all;
            all.insert(all.end(), found->data.begin(), found->data.end());
        }
    }

    test::TempFolder folder;
    std::unique_ptr<SqliteBlobs> store;
    WorkspaceId workspace = idOf<WorkspaceId>(1);
    Instant now{std::chrono::hours(24 * 365 * 50)};
};

}  // namespace

TEST_CASE("server blobs: what was stored is handed out as it was, in parts of any size")
{
    Shelf shelf;
    const Bytes blob = randomBytes(200'123, 1);
    const BlobName name = shelf.nameOf(blob);
    CHECK(shelf.held(name) == BlobState{name.address, BlobCode::Absent, 0});
    CHECK(shelf.putAll(name, blob) == BlobState{name.address, BlobCode::Stored, blob.size()});
    shelf.reopen();
    CHECK(shelf.held(name) == BlobState{name.address, BlobCode::Stored, blob.size()});
    for (const std::size_t step : {1'000U, 4'096U, 60'000U, 65'536U})
        CHECK(shelf.read(name, step) == blob);
    // Again, by anybody: it changes nothing.
    CHECK(shelf.put(name, blob, 0, 100, idOf<DeviceId>(9)).code == BlobCode::Stored);
    CHECK(shelf.read(name, 65'536) == blob);
    // Of this space and this workspace, and of no other.
    CHECK(shelf.held({idOf<SpaceId>(6), name.address}).code == BlobCode::Absent);
    shelf.workspace = idOf<WorkspaceId>(3);
    CHECK(shelf.held(name).code == BlobCode::Absent);
    CHECK(shelf.read(name, 1'000).empty());
}

TEST_CASE("server blobs: a beginning is kept for its device for a week, and handed out to nobody")
{
    Shelf shelf;
    const Bytes blob = randomBytes(150'000, 2);
    const BlobName name = shelf.nameOf(blob);
    CHECK(shelf.put(name, blob, 0, 50'000) == BlobState{name.address, BlobCode::Absent, 50'000});
    shelf.reopen();
    CHECK(shelf.held(name).have == 50'000);
    CHECK(shelf.held(name, idOf<DeviceId>(9)).have == 0);
    CHECK(shelf.read(name, 1'000).empty());
    shelf.now += limits::kPartialKept - std::chrono::hours(1);
    CHECK(shelf.put(name, blob, 50'000, 50'000).have == 100'000);
    shelf.now += limits::kPartialKept + std::chrono::hours(1);
    CHECK(shelf.held(name).have == 0);
    CHECK(shelf.put(name, blob, 100'000, 50'000) == BlobState{name.address, BlobCode::Absent, 0});
    CHECK(shelf.putAll(name, blob).code == BlobCode::Stored);
}

TEST_CASE("server blobs: a part that does not follow is not taken, wherever it begins")
{
    Shelf shelf;
    const Bytes blob = randomBytes(100'000, 3);
    const BlobName name = shelf.nameOf(blob);
    CHECK(shelf.put(name, blob, 30'000, 10'000).have == 0);
    shelf.put(name, blob, 0, 30'000);
    for (const std::uint64_t from : {0U, 1U, 29'999U, 30'001U, 60'000U})
        CHECK(shelf.put(name, blob, from, 10'000) == BlobState{name.address, BlobCode::Absent, 30'000});
    const auto beyond = [&](std::uint64_t size, std::uint64_t offset, std::size_t length) {
        return shelf.store
            ->put(shelf.workspace, idOf<DeviceId>(2), {name, size, offset, Bytes(length)}, shelf.now)
            ->code;
    };
    CHECK(beyond(blob.size(), blob.size(), 1) == BlobCode::Malformed);
    CHECK(beyond(blob.size(), blob.size() - 10, 11) == BlobCode::Malformed);
    CHECK(beyond(blob.size(), ~std::uint64_t{0}, 2) == BlobCode::Malformed);
    CHECK(beyond(5, 0, 6) == BlobCode::Malformed);
    CHECK(beyond(0, 0, 1) == BlobCode::Malformed);
    CHECK(beyond(limits::kBlobMax + 1, 0, 100) == BlobCode::Limit);
    CHECK(beyond(~std::uint64_t{0}, 0, 100) == BlobCode::Limit);
    CHECK(shelf.put(name, blob, 30'000, 60'000).have == 90'000);
    CHECK(shelf.put(name, blob, 90'000, 10'000).code == BlobCode::Stored);
}

TEST_CASE("server blobs: a size that lies is refused, or begins the blob anew")
{
    Shelf shelf;
    const Bytes blob = randomBytes(100'000, 4);
    const BlobName name = shelf.nameOf(blob);
    const auto lie = [&](std::uint64_t size, std::uint64_t offset) {
        return *shelf.store->put(
            shelf.workspace, idOf<DeviceId>(2),
            {name, size, offset, toBytes(ByteView(blob).subspan(static_cast<std::size_t>(offset), 40'000))},
            shelf.now);
    };
    CHECK(lie(200'000, 0).have == 40'000);
    CHECK(lie(100'000, 40'000).code == BlobCode::Malformed);
    CHECK(shelf.held(name).have == 40'000);
    CHECK(lie(100'000, 0) == BlobState{name.address, BlobCode::Absent, 40'000});
    CHECK(lie(100'000, 40'000).have == 80'000);
    // Less than all of it is not it.
    CHECK(lie(40'000, 0) == BlobState{name.address, BlobCode::Damaged, 0});
    CHECK(shelf.held(name) == BlobState{name.address, BlobCode::Absent, 0});
    CHECK(shelf.putAll(name, blob).code == BlobCode::Stored);
}

TEST_CASE("server blobs: what does not hash to its address is discarded whole")
{
    Shelf shelf;
    const Bytes blob = randomBytes(130'000, 5);
    const BlobName name = shelf.nameOf(blob);
    for (const std::size_t place : {0U, 65'000U, 129'999U}) {
        Bytes other = blob;
        other[place] ^= 1;
        CHECK(shelf.putAll(name, other) == BlobState{name.address, BlobCode::Damaged, 0});
        CHECK(shelf.held(name) == BlobState{name.address, BlobCode::Absent, 0});
        CHECK(shelf.read(name, 1'000).empty());
    }
    // One device's rubbish is not in another's way.
    Bytes rubbish = blob;
    rubbish[0] ^= 1;
    shelf.put(name, rubbish, 0, 60'000, idOf<DeviceId>(9));
    CHECK(shelf.putAll(name, blob).code == BlobCode::Stored);
    CHECK(shelf.read(name, 65'536) == blob);
}

TEST_CASE("server blobs: a device that begins without end keeps its last beginnings only")
{
    Shelf shelf;
    const Bytes blob = randomBytes(50'000, 6);
    const auto begin = [&](std::uint16_t number, const DeviceId& device, std::uint64_t size) {
        BlobName name{idOf<SpaceId>(5), {}};
        name.address[0] = static_cast<std::uint8_t>(number);
        name.address[1] = static_cast<std::uint8_t>(number >> 8);
        shelf.now += std::chrono::milliseconds(1);
        const auto state = shelf.store->put(shelf.workspace, device, {name, size, 0, Bytes(10)}, shelf.now);
        REQUIRE(state);
        return *state;
    };
    shelf.put(shelf.nameOf(blob), blob, 0, 20'000, idOf<DeviceId>(7));
    for (std::uint16_t number = 0; number < 100; ++number)
        CHECK(begin(number, idOf<DeviceId>(2), limits::kBlobMax).have == 10);
    std::size_t kept = 0;
    for (std::uint16_t number = 0; number < 100; ++number) {
        BlobName name{idOf<SpaceId>(5), {}};
        name.address[0] = static_cast<std::uint8_t>(number);
        kept += shelf.held(name).have > 0 ? 1 : 0;
    }
    CHECK(kept == limits::kBlobPartialsPerDevice);
    CHECK(shelf.held(shelf.nameOf(blob), idOf<DeviceId>(7)).have == 20'000);
    // Many such devices at once meet the bound of the workspace; what is whole and what is begun goes on.
    BlobCode last = BlobCode::Absent;
    for (std::uint16_t number = 0; number < 64 && last == BlobCode::Absent; ++number)
        last = begin(number, idOf<DeviceId>(static_cast<std::uint8_t>(100 + number / 4)), limits::kBlobMax)
                   .code;
    CHECK(last == BlobCode::NoRoom);
    CHECK(shelf.put(shelf.nameOf(blob), blob, 20'000, 30'000, idOf<DeviceId>(7)).code == BlobCode::Stored);
    // A week later there is room again.
    shelf.now += limits::kPartialKept + std::chrono::hours(1);
    CHECK(begin(1, idOf<DeviceId>(3), limits::kBlobMax).have == 10);
}

TEST_CASE("server blobs: a full disk is said, keeps nothing half, and reading goes on")
{
    Shelf shelf;
    const Bytes small = randomBytes(50'000, 7);
    CHECK(shelf.putAll(shelf.nameOf(small), small).code == BlobCode::Stored);
    const Bytes large = randomBytes(900'000, 8);
    SECTION("its own bound")
    {
        shelf.reopen({.bytesMax = 400 << 10, .reserve = 0});
    }
    SECTION("what is left to the records")
    {
        shelf.reopen({.bytesMax = 0, .reserve = std::uint64_t{1} << 60});
    }
    CHECK(shelf.putAll(shelf.nameOf(large), large).code == BlobCode::NoRoom);
    CHECK(shelf.read(shelf.nameOf(small), 65'536) == small);
    const std::uint64_t have = shelf.held(shelf.nameOf(large)).have;
    shelf.reopen();
    CHECK(shelf.held(shelf.nameOf(large)).have == have);
    for (std::size_t from = have; from < large.size(); from += 60'000)
        shelf.put(shelf.nameOf(large), large, from, std::min<std::size_t>(60'000, large.size() - from));
    CHECK(shelf.read(shelf.nameOf(large), 65'536) == large);
}

// ---- who may -------------------------------------------------------------------------------------------

namespace {

struct BlobCase : ServedCase {
    BlobCase()
    {
        auto memory = sql::Database::openInMemory();
        REQUIRE(memory);
        auto blobs = SqliteBlobs::over(*std::move(memory));
        REQUIRE(blobs);
        office.store->carry(*std::move(blobs));
    }
    BlobName name() const { return {office.space, blake2b({blob})}; }
    BlobState put(PeerClient& client, const SpaceId& space)
    {
        return only<wire::BlobStates>(
                   client.say(wire::PutBlob{{space, blake2b({blob})}, blob.size(), 0, blob}))
            .states.at(0);
    }
    BlobState ask(PeerClient& client, const SpaceId& space)
    {
        return only<wire::BlobStates>(client.say(wire::BlobQuery{{{space, blake2b({blob})}}})).states.at(0);
    }
    Bytes blob = randomBytes(40'000, 9);
};

}  // namespace

TEST_CASE("peer: readers of a space exchange blobs, and an old client is told nothing that it cannot read")
{
    BlobCase served;
    CHECK(served.founder.catchUp().features == (wire::kCarriesBlobs | wire::kKeepsApplied));
    CHECK(served.worker.catchUp().features == (wire::kCarriesBlobs | wire::kKeepsApplied));
    CHECK(served.put(served.founder, served.office.space).code == BlobCode::Stored);
    CHECK(served.ask(served.worker, served.office.space).code == BlobCode::Stored);
    const auto data = only<wire::BlobData>(served.worker.say(wire::GetBlob{served.name(), 10'000, 20'000}));
    CHECK(data.size == served.blob.size());
    CHECK(data.offset == 10'000);
    CHECK(ByteView(data.data).size() == 20'000);
    CHECK(std::ranges::equal(data.data, ByteView(served.blob).subspan(10'000, 20'000)));
    CHECK(
        only<wire::BlobStates>(served.worker.say(wire::GetBlob{served.name(), 40'000, 1})).states.at(0).code
        == BlobCode::Absent);
}

TEST_CASE("peer: who is no reader of a space neither puts, gets nor learns of a blob there")
{
    BlobCase served;
    served.founder.catchUp();
    const std::size_t before = served.office.log.statements.size();
    const TestDevice stranger = served.office.log.admit(served.office.log.founder, ledger::ReadInternal);
    const std::vector newer(
        served.office.log.statements.begin() + static_cast<std::ptrdiff_t>(before),
        served.office.log.statements.end());
    REQUIRE(
        only<wire::StatementsResult>(served.founder.say(wire::SubmitStatements{newer})).code
        == wire::StatementsResult::Code::Taken);
    PeerClient outside(served.office, stranger);
    outside.catchUp();
    const BlobState refused{served.name().address, BlobCode::NotYours, 0};
    CHECK(served.put(outside, served.office.space) == refused);
    CHECK(served.ask(outside, served.office.space) == refused);
    CHECK(served.put(served.founder, served.office.space).code == BlobCode::Stored);
    // There or not, it is told the same; and so it is of a space that does not exist.
    CHECK(served.ask(outside, served.office.space) == refused);
    CHECK(served.ask(outside, idOf<SpaceId>(99)) == refused);
    CHECK(served.put(outside, idOf<SpaceId>(99)) == refused);
    CHECK(only<wire::BlobStates>(outside.say(wire::GetBlob{served.name(), 0, 100})).states.at(0) == refused);
    CHECK(served.ask(served.founder, served.office.space).code == BlobCode::Stored);
}

TEST_CASE("peer: blobs before a session, after a removal, or where none are carried, are refused")
{
    BlobCase served;
    const wire::ToServer question = GENERATE_COPY(0, 1, 2) == 0
        ? wire::ToServer(wire::BlobQuery{{served.name()}})
        : wire::ToServer(wire::GetBlob{served.name(), 0, 100});
    PeerClient::Output output = served.founder.say(question);
    CHECK(only<wire::Refusal>(output).code == RefusalCode::OutOfTurn);
    CHECK(output.close);

    served.worker.catchUp();
    REQUIRE(
        served.office.log.add(served.office.log.founder, {ledger::RemoveDevice{served.worker.device.id()}}));
    served.founder.connect();
    served.founder.catchUp();
    REQUIRE(
        served.founder.say(wire::SubmitStatements{{served.office.log.statements.back()}}).messages.size()
        == 1);
    output = served.worker.say(question);
    CHECK(only<wire::Refusal>(output).code == RefusalCode::NotAMember);

    served.office.store->carry(nullptr);
    output = served.founder.say(question);
    CHECK(only<wire::Refusal>(output).code == RefusalCode::Malformed);
    CHECK(output.close);
}

TEST_CASE("peer: a blob is answered while pages are on their way, and a segment before it is committed")
{
    BlobCase served;
    served.founder.catchUp();
    for (int i = 0; i < 5; ++i)
        served.founder.upload(served.byFounder.next(60'000));
    REQUIRE(served.worker.say(served.worker.opening()).messages.size() == 1);
    REQUIRE(served.worker.machine->hasPages());
    CHECK(served.ask(served.worker, served.office.space).code == BlobCode::Absent);
    CHECK(served.worker.machine->hasPages());

    REQUIRE(served.founder.put(served.byFounder.next()).messages.empty());
    const PeerClient::Output output
        = served.founder.say(wire::PutBlob{served.name(), served.blob.size(), 0, served.blob});
    REQUIRE(output.messages.size() == 2);
    CHECK(std::holds_alternative<wire::Receipt>(output.messages.front()));
    CHECK(std::holds_alternative<wire::BlobStates>(output.messages.back()));
}

}  // namespace teren
