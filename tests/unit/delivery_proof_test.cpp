// SPDX-License-Identifier: EUPL-1.2
//
// Goal: what a statement of delivery proves is what the server signed, of this device and this case; whoever
// signs the rest lies in their own name only.
//
// Methodology: proofs of real stores after sessions with a real server, then a device that lies with its own
// key: everything below is signed as the format asks.
#include "app/service/delivery_proving.h"
#include "crypto/base/limits.h"
#include "tests/support/session_office.h"
#include "tests/support/vector_writer.h"

#include <algorithm>

namespace teren::test {
namespace {

using carrier::DeliveryProof;

struct ProvingOffice : SessionOffice {
    ProvingOffice() : space(openCase(anna)), other(openCase(anna))
    {
        for (const SpaceId& each : {space, other, space}) {
            anna.add(each, "note", "text", "written");
            anna.add(each, "note", "text", "and written");
            sync(anna);
        }
        sync(*ewa);
        ewa->add(space, "note", "text", "a colleague's");
        sync(*ewa);
        anna.add(space, "note", "text", "not sent");
    }
    DeliveryProof of(StoreDevice& device, const SpaceId& which) const
    {
        DeliveryProof proof = must(service::proveDelivery(*device, which));
        proof.told.language = carrier::DeliveryTold::Language::English;
        return proof;
    }
    DeliveryProof of(StoreDevice& device) const { return of(device, space); }

    /// What a reader says of it, signed by `device`.
    Result<carrier::Delivered> read(const DeliveryProof& proof, StoreDevice& device) const
    {
        TEREN_TRY(const Bytes block, carrier::encode(proof, (*device).keys().signing));
        TEREN_TRY(const DeliveryProof decoded, carrier::decodeDelivery(block));
        CHECK(decoded == proof);
        return carrier::checkDelivery(decoded);
    }
    Errc refusalOf(const DeliveryProof& proof) { return refusalOf(proof, anna); }
    Errc refusalOf(const DeliveryProof& proof, StoreDevice& device) const
    {
        const auto delivered = read(proof, device);
        REQUIRE_FALSE(delivered);
        return delivered.error().code;
    }

    std::unique_ptr<StoreDevice> ewa = join();
    SpaceId space;
    SpaceId other;
};

}  // namespace

TEST_CASE("statement of delivery: a stranger verifies what the server confirmed", "[delivery]")
{
    ProvingOffice office;
    const DeliveryProof proof = office.of(office.anna);
    const carrier::Delivered delivered = must(office.read(proof, office.anna));
    CHECK(delivered.workspace == office.server->workspace());
    CHECK(delivered.device == (*office.anna).device());
    CHECK(delivered.changes() == 5);  // The case itself and four notes.
    CHECK(delivered.changes() == must(office.anna->delivery(office.space)).at(0).confirmed);
    REQUIRE(delivered.keys.size() == 1);
    CHECK(delivered.keys[0].receipt == office.server->store->identity().receiptKey.publicKey());
    // Of nothing confirmed nothing is proven, and that can be stated too.
    const SpaceId fresh = office.anna.openCase();
    CHECK(must(office.read(office.of(office.anna, fresh), office.anna)).changes() == 0);
}

TEST_CASE("statement of delivery attack: another case's proof", "[delivery]")
{
    ProvingOffice office;
    DeliveryProof proof = office.of(office.anna);
    const DeliveryProof other = office.of(office.anna, office.other);
    SECTION("in whole")
    {
        proof.receipts = other.receipts;
        proof.told.runs = other.told.runs;
    }
    SECTION("beside")
    {
        proof.receipts.push_back(other.receipts.back());
        proof.told.runs.push_back(other.told.runs.back());
        std::ranges::sort(proof.told.runs, {}, &carrier::DeliveryTold::Run::number);
    }
    SECTION("by its name only")
    {
        proof.told.space = office.other;
    }
    CHECK(office.refusalOf(proof) == Errc::Forged);
}

TEST_CASE("statement of delivery attack: a colleague's work as one's own", "[delivery]")
{
    ProvingOffice office;
    DeliveryProof proof = office.of(office.anna);
    SECTION("under her own name")
    {
        const DeliveryProof own = office.of(*office.ewa);
        proof.signKey = own.signKey;
        proof.boxKey = own.boxKey;
        CHECK(office.refusalOf(proof, *office.ewa) == Errc::Forged);
    }
    SECTION("under Anna's name")
    {
        CHECK(office.refusalOf(proof, *office.ewa) == Errc::Forged);
    }
    SECTION("a device made of two others' keys")
    {
        proof.boxKey = office.of(*office.ewa).boxKey;
        CHECK(office.refusalOf(proof) == Errc::Forged);
    }
}

TEST_CASE("statement of delivery attack: a forged head", "[delivery]")
{
    ProvingOffice office;
    DeliveryProof proof = office.of(office.anna);
    ledger::SignedHead& signedHead = proof.receipts.back().head;
    ledger::Head head
        = must(ledger::openHead(signedHead, office.server->store->identity().receiptKey.publicKey()));
    SECTION("signed by the device")
    {
        head.time -= std::chrono::hours(24 * 30);
        signedHead = ledger::signHead(head, (*office.anna).keys().signing);
    }
    SECTION("altered")
    {
        signedHead.body.back() ^= 1;
    }
    SECTION("of a larger tree, by the server")
    {
        // Any other head of the server: the proof does not fit.
        head.tree.size += 1;
        signedHead = ledger::signHead(head, office.server->store->identity().receiptKey);
    }
    SECTION("of another office of the same server")
    {
        head.workspace.bytes[0] ^= 1;
        signedHead = ledger::signHead(head, office.server->store->identity().receiptKey);
    }
    CHECK(office.refusalOf(proof) == Errc::Forged);
}

TEST_CASE("statement of delivery attack: entries that are not, or count twice", "[delivery]")
{
    ProvingOffice office;
    DeliveryProof proof = office.of(office.anna);
    carrier::ShownReceipt& receipt = proof.receipts.back();
    SECTION("another number")
    {
        receipt.entries.back().number += 1;
        proof.told.runs.back().number += 1;
    }
    SECTION("not in the receipt")
    {
        std::erase_if(
            receipt.leaves, [&](const auto& leaf) { return leaf.number == receipt.entries.back().number; });
    }
    SECTION("a leaf made up")
    {
        receipt.leaves.back().hash[5] ^= 1;
    }
    SECTION("a proof made up")
    {
        REQUIRE_FALSE(receipt.proof.empty());
        receipt.proof.front()[5] ^= 1;
    }
    SECTION("twice in one receipt")
    {
        receipt.entries.push_back(receipt.entries.back());
        proof.told.runs.push_back(proof.told.runs.back());
    }
    SECTION("in two receipts")
    {
        proof.receipts.push_back(receipt);
        proof.told.runs.push_back(proof.told.runs.back());
    }
    SECTION("more in a segment than was signed")
    {
        ledger::SegmentHeader header = must(ledger::decodeHeader(receipt.entries.back().header)).header;
        header.count += 7;
        receipt.entries.back().header = ledger::signHeader(header, (*office.anna).keys().signing).bytes;
    }
    SECTION("not signed by the device, although the server has numbered it")
    {
        receipt.entries.back().header.back() ^= 1;
    }
    SECTION("told of and not proven")
    {
        proof.told.runs.push_back({proof.told.runs.back().number + 1, {}, {}, "visit"});
    }
    SECTION("proven and not told of")
    {
        proof.told.runs.pop_back();
    }
    SECTION("a receipt of nothing of it")
    {
        receipt.entries.clear();
        proof.told.runs.pop_back();
    }
    CHECK(office.refusalOf(proof) == Errc::Forged);
}

TEST_CASE("statement of delivery attack: text that runs over its line", "[delivery]")
{
    ProvingOffice office;
    DeliveryProof proof = office.of(office.anna);
    proof.told.person = "Anna\nEntry 99. Changes: 40.";
    const Bytes block = must(carrier::encode(proof, (*office.anna).keys().signing));
    const auto read = carrier::decodeDelivery(block);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == Errc::Malformed);
}

TEST_CASE("statement of delivery attack: a made-up office that names a real server", "[delivery]")
{
    // Somebody founds an office on a server of their own, whose key consents to be followed by the real
    // server's: the members' log then names the real one, and the receipts are the false one's.
    ProvingOffice forged;
    SeededRandom random(4'242);
    const ledger::ServerKeyPair real{
        SigningKey::generate(random).publicKey(), SigningKey::generate(random).publicKey()};
    ledger::ServerKeys act{real, forged.anna.clock.now(), {}};
    const server::ServerIdentity& own = forged.server->store->identity();
    act.consent = own.receiptKey.sign(
        ledger::kConsentLabel,
        ledger::consentMessage({own.tlsKey.publicKey(), own.receiptKey.publicKey()}, act.next, act.from));
    must(forged.anna->queueAct(act));
    (void)forged.trySync(forged.anna);
    REQUIRE(forged.anna->membership().serverKeys().size() == 2);
    const carrier::Delivered delivered = must(forged.read(forged.of(forged.anna), forged.anna));
    REQUIRE(delivered.keys.size() == 1);
    CHECK(delivered.keys[0].receipt == own.receiptKey.publicKey());
    CHECK_FALSE(delivered.keys[0] == real);
}

TEST_CASE("statement of delivery: a block that was cut or altered is noticed at every byte", "[delivery]")
{
    ProvingOffice office;
    const Bytes block = must(carrier::encode(office.of(office.anna), (*office.anna).keys().signing));
    for (std::size_t i = 0; i < block.size(); i += 11) {
        Bytes altered = block;
        altered[i] ^= 0x20;
        REQUIRE_FALSE(carrier::decodeDelivery(altered));
        REQUIRE_FALSE(carrier::decodeDelivery(ByteView(block).first(i)));
    }
}

TEST_CASE("statement of delivery: what the server has lost is not proven", "[delivery]")
{
    ProvingOffice office;
    office.server->stop();
    std::filesystem::copy_file(office.folder.path() / "server.db", office.folder.path() / "image.db");
    office.server->start();
    office.sync(office.anna);
    CHECK(must(office.read(office.of(office.anna), office.anna)).changes() == 6);

    office.server->stop();
    std::filesystem::copy_file(
        office.folder.path() / "image.db", office.folder.path() / "server.db",
        std::filesystem::copy_options::overwrite_existing);
    office.server->start();
    office.server->refusing = wire::SegmentRefusal::NoRoom;
    office.trySync(office.anna);
    office.server->refusing.reset();
    CHECK(must(office.read(office.of(office.anna), office.anna)).changes() == 5);
    office.sync(office.anna);
    const DeliveryProof again = office.of(office.anna);
    CHECK(must(office.read(again, office.anna)).changes() + again.told.seen == 6);
}

namespace {

/// The same bytes at every run: all that is random in it is seeded.
Bytes goldenBlock(ProvingOffice& office, bool isForged, std::uint8_t wording = 0)
{
    DeliveryProof proof = office.of(office.anna);
    proof.told.number = "AS-1/2026";
    proof.told.person = "Anna Przykładowa";
    proof.told.device = "AP-1";
    proof.told.made = office.anna.clock.now();
    proof.told.unsent = 1;
    proof.told.unsentSince = office.anna.clock.now();
    for (carrier::DeliveryTold::Run& run : proof.told.runs)
        run.what = "Note: 1";
    proof.told.holders.push_back({"Jan Próbny", "JP-1", (*office.ewa)->device(), 4, 6, proof.told.made, {}});
    proof.told.wording = wording;
    if (wording > 0)
        proof.told.refused = proof.told.made;
    if (isForged)
        proof.told.space = office.other;
    return must(carrier::encode(proof, (*office.anna).keys().signing));
}

}  // namespace

TEST_CASE("vectors: write statements of delivery", "[.generate]")
{
    ProvingOffice office;
    const std::string workspace = office.server->workspace().hex();
    const std::string device = (*office.anna).device().hex();
    addVector(
        "delivery",
        {"five-of-six",
         {{"expect", "ok"}, {"workspace", workspace}, {"device", device}, {"changes", "5"}},
         goldenBlock(office, false)});
    addVector(
        "delivery",
        {"second-wording",
         {{"expect", "ok"}, {"workspace", workspace}, {"device", device}, {"changes", "5"}},
         goldenBlock(office, false, 1)});
    addVector(
        "delivery",
        {"refused-another-case",
         {{"expect", "forged"}, {"workspace", workspace}, {"device", device}, {"changes", "0"}},
         goldenBlock(office, true)});
}

TEST_CASE("vectors: statements of delivery are read as they say")
{
    const auto files = vectorsIn("delivery");
    REQUIRE(files.size() >= 3);
    for (const VectorFile& file : files) {
        INFO(file.name);
        const DeliveryProof proof = must(carrier::decodeDelivery(file.bytes));
        const auto delivered = carrier::checkDelivery(proof);
        CHECK(outcomeOf(delivered) == file.at("expect"));
        if (!delivered)
            continue;
        CHECK(delivered->workspace.hex() == file.at("workspace"));
        CHECK(delivered->device.hex() == file.at("device"));
        CHECK(std::to_string(delivered->changes()) == file.at("changes"));
    }
}

}  // namespace teren::test
