// SPDX-License-Identifier: EUPL-1.2
#include "app/service/carrying.h"
#include "crypto/base/limits.h"
#include "crypto/sign/hash.h"
#include "sync/carrier/evidence.h"
#include "sync/carrier/verify.h"
#include "tests/support/session_office.h"
#include "tests/support/vector_writer.h"

#include <algorithm>

namespace teren::test {
namespace {

using carrier::Evidence;
using carrier::Finding;

/// Signed things of one workspace, without a store.
struct Signatures {
    SeededRandom random{77};
    SigningKey receipt = SigningKey::generate(random);
    SigningKey device = SigningKey::generate(random);
    ledger::DeviceStatement founder;
    ledger::SignedStatement genesis;
    WorkspaceId workspace;
    static constexpr Instant kMade{std::chrono::milliseconds(1'795'392'000'000)};

    Signatures()
    {
        founder.signKey = device.publicKey();
        random.fill(founder.boxKey);
        founder.life = 4;
        founder.time = kMade;
        ledger::Genesis act;
        act.founder = ledger::signDevice(founder, device);
        act.member = MemberId::random(random);
        random.fill(act.recoveryKey);
        random.fill(act.serverTlsKey);
        act.serverReceiptKey = receipt.publicKey();
        ledger::Statement statement;
        statement.height = 1;
        statement.time = kMade;
        statement.acts = {act};
        genesis = ledger::signStatement(statement, founder.id(), device);
        workspace = WorkspaceId{genesis.hash()};
    }
    ledger::SignedHead head(std::uint64_t size, std::string_view root, int minutes) const
    {
        return ledger::signHead(
            {workspace, 1, {size, blake2b({viewOf(root)})}, 0, kMade + std::chrono::minutes(minutes)},
            receipt);
    }
    Bytes header(std::uint64_t first, std::uint32_t count, std::uint8_t body) const
    {
        ledger::SegmentHeader header;
        header.workspace = workspace;
        header.space.bytes.fill(9);
        header.device = founder.id();
        header.life = 4;
        header.firstSeq = first;
        header.count = count;
        header.epoch = 1;
        header.membershipHeight = 1;
        header.plainSizeBound = 128;
        header.bodySize = 128;
        header.bodyHash.fill(body);
        return ledger::signHeader(header, device).bytes;
    }
    Evidence evidence(
        std::vector<carrier::HeadPair> heads, std::vector<carrier::TwinSegments> twins = {}) const
    {
        return {{genesis}, std::move(heads), std::move(twins)};
    }
    carrier::TwinSegments twins(Bytes first, Bytes second) const
    {
        return {founder.signKey, founder.boxKey, std::move(first), std::move(second)};
    }
    Evidence all() const
    {
        return evidence(
            {{head(7, "one", 0), head(7, "other", 5)},
             {head(9, "long", 0), head(7, "short", 5)},
             {head(7, "one", 0), head(9, "more", 5)}},
            {twins(header(3, 2, 1), header(4, 1, 2))});
    }
};

Errc refusalOf(const Evidence& evidence)
{
    const auto findings = carrier::checkEvidence(evidence);
    REQUIRE_FALSE(findings);
    return findings.error().code;
}

}  // namespace

TEST_CASE("evidence: a stranger verifies it from the file alone", "[evidence]")
{
    const Signatures signs;
    const Bytes file = must(carrier::encode(signs.all()));
    const Evidence read = must(carrier::decodeEvidence(file));
    CHECK(read == signs.all());
    const carrier::Findings findings = must(carrier::checkEvidence(read));
    CHECK(findings.workspace == signs.workspace);
    REQUIRE(findings.found.size() == 4);
    CHECK(findings.found[0].kind == Finding::Kind::ServerForked);
    CHECK(findings.found[1].kind == Finding::Kind::ServerWentBack);
    CHECK(findings.found[2].kind == Finding::Kind::ServerMoved);
    CHECK_FALSE(findings.found[2].proves());
    CHECK(findings.found[3].kind == Finding::Kind::DeviceTwice);
    CHECK(findings.found[3].device == signs.founder.id());
    CHECK(findings.found[3].seq == 4);
}

TEST_CASE("evidence: nobody can make any up", "[evidence]")
{
    const Signatures signs;
    Signatures other;
    other.receipt = SigningKey::generate(other.random);
    const ledger::SignedHead good = signs.head(7, "one", 0);
    CHECK(refusalOf(signs.evidence({})) == Errc::Forged);
    CHECK(refusalOf(signs.evidence({{good, good}})) == Errc::Forged);
    CHECK(refusalOf(signs.evidence({{good, signs.head(7, "one", 3)}})) == Errc::Forged);
    CHECK(refusalOf(signs.evidence({{good, other.head(7, "two", 0)}})) == Errc::Forged);
    Evidence stranger = signs.evidence({{good, signs.head(7, "two", 0)}});
    stranger.statements.clear();
    CHECK(refusalOf(stranger) == Errc::Forged);
    // A server of one's own says what one likes, of a workspace of one's own.
    Signatures made;
    made.workspace = WorkspaceId{Hash{5}};
    CHECK(refusalOf(signs.evidence({{good, made.head(7, "two", 0)}})) == Errc::Forged);

    const Bytes first = signs.header(1, 3, 1);
    CHECK(refusalOf(signs.evidence({}, {signs.twins(first, first)})) == Errc::Forged);
    CHECK(refusalOf(signs.evidence({}, {signs.twins(first, signs.header(4, 1, 2))})) == Errc::Forged);
    carrier::TwinSegments foreign = signs.twins(first, signs.header(2, 1, 2));
    foreign.boxKey.fill(1);
    CHECK(refusalOf(signs.evidence({}, {foreign})) == Errc::Forged);
    Bytes turned = signs.header(2, 1, 2);
    turned.back() ^= 1;
    CHECK(refusalOf(signs.evidence({}, {signs.twins(first, turned)})) == Errc::Forged);
}

TEST_CASE("evidence: a file that was cut or altered is noticed at every byte", "[evidence]")
{
    const Bytes file = must(carrier::encode(Signatures().all()));
    for (std::size_t i = 0; i < file.size(); i += 7) {
        Bytes altered = file;
        altered[i] ^= 0x40;
        REQUIRE_FALSE(carrier::decodeEvidence(altered));
        REQUIRE_FALSE(carrier::decodeEvidence(ByteView(file).first(i)));
    }
    // Whoever makes the hash fit again has changed a signature, or a length.
    for (std::size_t i = 9; i + 32 < file.size(); i += 3) {
        Bytes altered = file;
        altered[i] ^= 1;
        altered.resize(altered.size() - 32);
        const Hash hash = blake2b({viewOf("teren.evidence.v1"), altered});
        altered.insert(altered.end(), hash.begin(), hash.end());
        const auto read = carrier::decodeEvidence(altered);
        REQUIRE_FALSE((read && carrier::checkEvidence(*read)));
    }
}

TEST_CASE("evidence: a server that shows two people two logs is caught when they meet", "[evidence]")
{
    SessionOffice office;
    StoreDevice& anna = office.anna;
    const auto jan = office.join();
    const SpaceId space = office.openCase(anna);
    anna.add(space, "note", "text", "for both");
    office.sync(anna);
    office.sync(*jan);
    office.sync(anna);

    // From here on each has a server of their own, with the same keys.
    office.server->stop();
    const auto copy = office.folder.path() / "second.db";
    std::filesystem::copy_file(office.folder.path() / "server.db", copy);
    office.server->start();
    OfficeServer second(copy);
    anna.add(space, "note", "text", "for Anna");
    office.sync(anna);
    jan->add(space, "note", "text", "for Jan");
    office.sync(*jan, second);
    REQUIRE(anna->position().head.size == (*jan)->position().head.size);
    REQUIRE(must((*jan)->headPairs()).empty());

    const auto meet = [&] {
        const carrier::Bundle bundle
            = must(service::bundleOf(*anna, anna.clock.now(), limits::kTicketLife, true));
        carrier::Verified verified
            = must(carrier::verifyBundle(bundle, (*jan)->membership(), jan->clock.now()));
        service::ImportReport report;
        must(service::applyVerified(**jan, std::move(verified), report));
    };
    meet();
    const auto pairs = must((*jan)->headPairs());
    REQUIRE(pairs.size() == 1);
    const carrier::Findings findings
        = must(carrier::checkEvidence({{office.genesis}, {{pairs.front().first, pairs.front().second}}, {}}));
    CHECK(findings.found.front().kind == Finding::Kind::ServerForked);
    CHECK(findings.workspace == anna->membership().workspace());
    const auto told = [&] {
        return std::ranges::count_if(must((*jan)->notices()), [](const store::Notice& notice) {
            return notice.text.starts_with("The server has signed two logs");
        });
    };
    CHECK(told() == 1);
    meet();
    CHECK(must((*jan)->headPairs()).size() == 1);
    CHECK(told() == 1);
}

TEST_CASE("vectors: write the evidence", "[.generate]")
{
    const Signatures signs;
    addVector(
        "evidence",
        {"all",
         {{"expect", "ok"},
          {"workspace", signs.workspace.hex()},
          {"findings", "server-forked server-went-back server-moved device-twice"}},
         must(carrier::encode(signs.all()))});
    addVector(
        "evidence",
        {"refused-same-head",
         {{"expect", "forged"}, {"workspace", signs.workspace.hex()}, {"findings", ""}},
         must(carrier::encode(signs.evidence({{signs.head(7, "one", 0), signs.head(7, "one", 9)}})))});
}

TEST_CASE("vectors: evidence", "[evidence]")
{
    const auto files = vectorsIn("evidence");
    REQUIRE(files.size() >= 2);
    for (const VectorFile& file : files) {
        INFO(file.name);
        const Evidence evidence = must(carrier::decodeEvidence(file.bytes));
        CHECK(must(carrier::encode(evidence)) == file.bytes);
        const auto findings = carrier::checkEvidence(evidence);
        CHECK(outcomeOf(findings) == file.at("expect"));
        if (findings)
            CHECK(findings->workspace.hex() == file.at("workspace"));
    }
}

}  // namespace teren::test
