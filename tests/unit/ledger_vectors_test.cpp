// SPDX-License-Identifier: EUPL-1.2
// The golden bytes of heads, Merkle proofs, segment headers and statements: see tests/vectors/README.md.
#include "crypto/base/limits.h"
#include "sync/ledger/proto_field.h"
#include "tests/support/catch.h"
#include "tests/support/membership_log.h"
#include "tests/support/naive_tree.h"
#include "tests/support/vector_writer.h"

namespace teren::ledger {
namespace {

using test::MembershipLog;
using test::NaiveTree;
using test::TestDevice;
using test::VectorFile;

template <typename Array>
Array arrayAt(const VectorFile& file, const std::string& key)
{
    Array array{};
    REQUIRE(readArray(textOf(fromHex(file.at(key)).value()), array));
    return array;
}

std::uint64_t numberAt(const VectorFile& file, const std::string& key)
{
    return std::stoull(file.at(key));
}

// ---- heads
// -------------------------------------------------------------------------------------------------

SignedHead headIn(const VectorFile& file)
{
    return {file.bytes, arrayAt<Signature>(file, "signature")};
}

VectorFile headVector(const std::string& name, const Bytes& body, const std::string& expect)
{
    test::SeededRandom random(201);
    const SigningKey key = SigningKey::generate(random);
    return {
        name,
        {{"expect", expect},
         {"receipt-key", toHex(key.publicKey())},
         {"signature", toHex(key.sign("teren.head.v1", body))}},
        body};
}

void writeHeadVectors()
{
    test::SeededRandom random(202);
    Head head;
    head.workspace = WorkspaceId::random(random);
    head.incarnation = 3;
    head.tree.size = 1'000;
    random.fill(head.tree.root);
    head.safe = 900;
    head.time = test::ManualClock().now();
    const SigningKey unused = SigningKey::generate(random);
    VectorFile file = headVector("head", signHead(head, unused).body, "ok");
    for (const auto& [key, value] : std::map<std::string, std::string>{
             {"workspace", head.workspace.hex()},
             {"incarnation", "3"},
             {"tree-size", "1000"},
             {"root", toHex(head.tree.root)},
             {"safe", "900"},
             {"time-ms", std::to_string(instantField(head.time))}})
        file.header.emplace(key, value);
    test::addVector("head", file);
    file.name = "head-forged";
    file.header["expect"] = "forged";
    file.bytes.back() ^= 1;
    test::addVector("head", file);
    head.safe = 1'001;
    test::addVector("head", headVector("head-safe-past-its-end", signHead(head, unused).body, "malformed"));
    test::addVector("head", headVector("head-empty", {}, "malformed"));
}

// ---- Merkle
// ------------------------------------------------------------------------------------------------

Bytes joined(const std::vector<Hash>& hashes)
{
    Bytes bytes;
    for (const Hash& hash : hashes)
        bytes.insert(bytes.end(), hash.begin(), hash.end());
    return bytes;
}

std::vector<Hash> splitHashes(const Bytes& bytes)
{
    REQUIRE(bytes.size() % 32 == 0);
    std::vector<Hash> hashes(bytes.size() / 32);
    for (std::size_t i = 0; i < hashes.size(); ++i)
        std::copy_n(bytes.begin() + static_cast<long>(32 * i), 32, hashes[i].begin());
    return hashes;
}

std::vector<std::uint64_t> numbersIn(const std::string& text)
{
    std::vector<std::uint64_t> numbers;
    std::istringstream in(text);
    for (std::uint64_t number = 0; in >> number;)
        numbers.push_back(number);
    return numbers;
}

void writeMerkleVectors()
{
    const NaiveTree tree(70);
    for (const std::uint64_t size : {0U, 1U, 2U, 3U, 4U, 5U, 6U, 7U, 8U, 21U, 70U})
        test::addVector(
            "merkle",
            {"root-" + std::to_string(size),
             {{"kind", "root"}, {"size", std::to_string(size)}},
             joined({tree.root(size)})});
    for (const auto& [from, to] :
         {std::pair(1, 2), {3, 7}, {4, 7}, {6, 7}, {6, 8}, {8, 8}, {0, 5}, {21, 70}, {64, 70}})
        test::addVector(
            "merkle",
            {"consistency-" + std::to_string(from) + "-" + std::to_string(to),
             {{"kind", "consistency"}, {"from", std::to_string(from)}, {"to", std::to_string(to)}},
             joined(consistencyProof(
                        static_cast<std::uint64_t>(from), static_cast<std::uint64_t>(to), tree.source())
                        .value())});
    for (const auto& [name, size, text] :
         {std::tuple("first", 7, "0"),
          {"last", 7, "6"},
          {"middle", 70, "33"},
          {"some", 70, "0 5 6 7 40 69"},
          {"all", 5, "0 1 2 3 4"},
          {"none", 5, ""},
          {"lone", 1, "0"}})
        test::addVector(
            "merkle",
            {std::string("inclusion-") + name,
             {{"kind", "inclusion"}, {"size", std::to_string(size)}, {"indexes", text}},
             joined(
                 inclusionProof(numbersIn(text), static_cast<std::uint64_t>(size), tree.source()).value())});
    test::SeededRandom random(203);
    Leaf leaf{7, SpaceId::random(random), DeviceId::random(random), 11, 12, 13, {}};
    random.fill(leaf.segment);
    test::addVector(
        "merkle",
        {"leaf",
         {{"kind", "leaf"},
          {"number", "7"},
          {"space", leaf.space.hex()},
          {"device", leaf.device.hex()},
          {"life", "11"},
          {"first-seq", "12"},
          {"count", "13"},
          {"segment", toHex(leaf.segment)},
          {"hash", toHex(leafHash(encode(leaf)))}},
         encode(leaf)});
}

void checkMerkle(const VectorFile& file, const NaiveTree& tree)
{
    const std::string& kind = file.at("kind");
    if (kind == "root") {
        CHECK(joined({tree.root(numberAt(file, "size"))}) == file.bytes);
    } else if (kind == "consistency") {
        const std::uint64_t from = numberAt(file, "from");
        const std::uint64_t to = numberAt(file, "to");
        CHECK(joined(consistencyProof(from, to, tree.source()).value()) == file.bytes);
        CHECK(verifyConsistency(from, tree.root(from), to, tree.root(to), splitHashes(file.bytes)));
    } else if (kind == "inclusion") {
        const std::uint64_t size = numberAt(file, "size");
        const auto indexes = numbersIn(file.at("indexes"));
        std::map<std::uint64_t, Hash> leaves;
        for (const std::uint64_t index : indexes)
            leaves.emplace(index, tree.leaf(index));
        CHECK(joined(inclusionProof(indexes, size, tree.source()).value()) == file.bytes);
        CHECK(verifyInclusion(leaves, size, tree.root(size), splitHashes(file.bytes)));
    } else {
        REQUIRE(kind == "leaf");
        Leaf leaf;
        leaf.number = numberAt(file, "number");
        leaf.space = SpaceId::fromHex(file.at("space")).value();
        leaf.device = DeviceId::fromHex(file.at("device")).value();
        leaf.life = numberAt(file, "life");
        leaf.firstSeq = numberAt(file, "first-seq");
        leaf.count = static_cast<std::uint32_t>(numberAt(file, "count"));
        leaf.segment = arrayAt<Hash>(file, "segment");
        CHECK(encode(leaf) == file.bytes);
        CHECK(leafHash(file.bytes) == arrayAt<Hash>(file, "hash"));
    }
}

// ---- segment headers
// ---------------------------------------------------------------------------------------

void addHeader(const std::string& name, const SegmentHeader& header, const std::string& expect)
{
    test::SeededRandom random(204);
    const SigningKey key = SigningKey::generate(random);
    const SignedSegmentHeader head = signHeader(header, key);
    test::addVector(
        "segment_header",
        {name,
         {{"expect", expect},
          {"device-key", toHex(key.publicKey())},
          {"hash", toHex(head.hash)},
          {"kind", std::to_string(static_cast<int>(header.kind))},
          {"workspace", header.workspace.hex()},
          {"space", header.space.hex()},
          {"device", header.device.hex()},
          {"life", std::to_string(header.life)},
          {"first-seq", std::to_string(header.firstSeq)},
          {"count", std::to_string(header.count)},
          {"epoch", std::to_string(header.epoch)},
          {"key-id", toHex(header.keyId)},
          {"membership-height", std::to_string(header.membershipHeight)},
          {"previous", toHex(header.previous)},
          {"plain-size-bound", std::to_string(header.plainSizeBound)},
          {"body-size", std::to_string(header.bodySize)},
          {"body-hash", toHex(header.bodyHash)}},
         head.bytes});
}

SegmentHeader headerIn(const VectorFile& file)
{
    SegmentHeader header;
    header.kind = static_cast<SpaceKind>(numberAt(file, "kind"));
    header.workspace = WorkspaceId::fromHex(file.at("workspace")).value();
    header.space = SpaceId::fromHex(file.at("space")).value();
    header.device = DeviceId::fromHex(file.at("device")).value();
    header.life = numberAt(file, "life");
    header.firstSeq = numberAt(file, "first-seq");
    header.count = static_cast<std::uint32_t>(numberAt(file, "count"));
    header.epoch = static_cast<std::uint32_t>(numberAt(file, "epoch"));
    header.keyId = arrayAt<Hash>(file, "key-id");
    header.membershipHeight = numberAt(file, "membership-height");
    header.previous = arrayAt<Hash>(file, "previous");
    header.plainSizeBound = static_cast<std::uint32_t>(numberAt(file, "plain-size-bound"));
    header.bodySize = static_cast<std::uint32_t>(numberAt(file, "body-size"));
    header.bodyHash = arrayAt<Hash>(file, "body-hash");
    return header;
}

void writeHeaderVectors()
{
    test::SeededRandom random(205);
    SegmentHeader header;
    header.workspace = WorkspaceId::random(random);
    header.space = SpaceId::random(random);
    header.device = DeviceId::random(random);
    header.life = 0x0102030405060708;
    header.firstSeq = 41;
    header.count = 2;
    header.epoch = 3;
    random.fill(header.keyId);
    header.membershipHeight = 17;
    random.fill(header.previous);
    header.plainSizeBound = 192;
    header.bodySize = 256;
    random.fill(header.bodyHash);
    addHeader("typical", header, "ok");
    const auto variant = [&](const std::string& name, const std::string& expect, const auto& change) {
        SegmentHeader other = header;
        change(other);
        addHeader(name, other, expect);
    };
    using H = SegmentHeader;
    variant("first-of-its-chain", "ok", [](H& h) {
        h.firstSeq = 1;
        h.previous = {};
    });
    variant("body-too-large", "limit-exceeded", [](H& h) { h.bodySize = limits::kSegmentBodyMax + 1; });
    variant(
        "bound-too-large", "limit-exceeded", [](H& h) { h.plainSizeBound = limits::kSegmentPlainMax + 1; });
    variant("too-many-changes", "limit-exceeded", [](H& h) { h.count = limits::kChangesPerSegmentMax + 1; });
    variant("seq-too-large", "limit-exceeded", [](H& h) { h.firstSeq = limits::kSeqMax; });
    variant("no-changes", "malformed", [](H& h) { h.count = 0; });
    variant("seq-zero", "malformed", [](H& h) { h.firstSeq = 0; });
    variant("epoch-zero", "malformed", [](H& h) { h.epoch = 0; });
    variant("height-zero", "malformed", [](H& h) { h.membershipHeight = 0; });
    variant("no-body", "malformed", [](H& h) { h.bodySize = 0; });
    variant("unknown-kind", "malformed", [](H& h) { h.kind = static_cast<SpaceKind>(6); });
}

// ---- statements
// --------------------------------------------------------------------------------------------

/// One log that holds each act. The files are its links, in the order of their names.
class LogWriter {
public:
    void add(const TestDevice& signer, const std::string& name, std::vector<Act> acts)
    {
        write(name, log.sign(signer, acts), signer, "ok");
        REQUIRE(log.add(signer, std::move(acts)));
    }
    void refuse(const TestDevice& signer, const std::string& name, const std::vector<Act>& acts)
    {
        const SignedStatement statement = log.sign(signer, acts);
        Membership copy = log.state;
        write(name, statement, signer, test::outcomeOf(copy.apply(statement)));
    }
    void write(
        const std::string& name, const SignedStatement& statement, const TestDevice& signer,
        const std::string& expect)
    {
        const std::string number = std::to_string(++count_);
        test::addVector(
            "statements",
            {std::string(number.size() < 2 ? "0" : "") + number + "-" + name,
             {{"expect", expect},
              {"device", signer.id().hex()},
              {"device-key", toHex(signer.key.publicKey())},
              {"signature", toHex(statement.signature)},
              {"hash", toHex(statement.hash())}},
             statement.body});
    }

    MembershipLog log{206};

private:
    int count_ = 0;
};

void writeStatementVectors()
{
    LogWriter out;
    MembershipLog& log = out.log;
    const TestDevice& founder = log.founder;
    const SpaceId staff = log.newSpace();
    const SpaceId space = log.newSpace();
    out.refuse(founder, "refused-no-genesis", {NewLife{1, 2}});
    Genesis later = log.genesis;
    later.version = 2;
    out.refuse(founder, "too-new-genesis", {later});
    out.add(
        founder, "genesis",
        {log.genesis, OpenSpace{staff, SpaceKind::Workspace, {}}, MembershipLog::epoch(staff, 1),
         MembershipLog::grant(staff, 1, founder), log.recoveryGrant(staff, 1)});
    const Invite voided = log.invite(ReadInternal);
    out.add(founder, "invite", {voided});
    out.add(founder, "void-invite", {VoidInvite{voided.invitation}});
    const Invite invite = log.invite(OpenSpaces | ReadInternal);
    out.add(founder, "invite", {invite});
    const TestDevice worker = TestDevice::make(log.random);
    out.add(founder, "admit", {Admit{invite.invitation, worker.signedStatement()}});
    out.refuse(founder, "refused-used-invitation", {Admit{invite.invitation, worker.signedStatement()}});
    log.seen = {3, emptyRoot()};
    out.add(
        worker, "open-case",
        {MembershipLog::openCase(space), MembershipLog::epoch(space, 1),
         MembershipLog::grant(space, 1, worker), MembershipLog::grant(space, 1, founder),
         log.recoveryGrant(space, 1)});
    out.refuse(worker, "refused-epoch-without-right", {MembershipLog::epoch(space, 2)});
    Grant ghost = MembershipLog::grant(space, 1, founder);
    ghost.recipientKey = {};
    out.refuse(worker, "refused-grant-to-another-key", {ghost});
    out.add(worker, "new-life", {NewLife{77, worker.statement.life}});
    out.refuse(founder, "refused-foreign-life", {NewLife{78, 77}});
    out.add(founder, "void", {Void{space, worker.id(), 77, 4, 6, VoidReason::Lost}});
    out.add(
        founder, "remove-and-new-epoch",
        {RemoveDevice{worker.id()}, MembershipLog::epoch(space, 2), MembershipLog::grant(space, 2, founder),
         log.recoveryGrant(space, 2)});
    out.refuse(worker, "refused-removed-signer", {NewLife{79, 77}});
    out.refuse(founder, "refused-last-administrator", {RemoveDevice{founder.id()}});

    SignedStatement unknown = log.sign(founder, {log.invite(0)});
    for (const int byte : {7 << 3 | 2, 4, 0xfa, 0x06, 1, 0x41})
        unknown.body.push_back(static_cast<std::uint8_t>(byte));
    unknown.signature = founder.key.sign("teren.statement.v1", unknown.body);
    out.write("too-new-act", unknown, founder, "too-new");
    SignedStatement forged = log.sign(founder, {log.invite(0)});
    forged.body.back() ^= 1;
    out.write("forged", forged, founder, "forged");
    SignedStatement broken{{0xff, 0xff}, founder.id(), {}};
    out.write("malformed", broken, founder, "malformed");
    out.add(founder, "ask-key", {AskKey{space}});
    out.refuse(founder, "refused-asking-twice", {AskKey{space}});
    TreeHead lost;
    lost.size = 900;
    lost.root.fill(0x5a);
    out.add(founder, "lost-head", {LostHead{lost, 300, 12}});
    lost.size = 800;
    out.refuse(founder, "refused-lost-head-known", {LostHead{lost, 400, 12}});
    out.add(founder, "lost-statements", {LostStatements{5, 9, lost.root}});
    out.refuse(founder, "refused-lost-statements-known", {LostStatements{6, 9, lost.root}});
    out.refuse(founder, "refused-lost-statements-to-come", {LostStatements{1'000, 1'001, lost.root}});
}

}  // namespace

TEST_CASE("vectors: write the ledger's", "[.generate]")
{
    writeHeadVectors();
    writeMerkleVectors();
    writeHeaderVectors();
    writeStatementVectors();
}

TEST_CASE("vectors: heads")
{
    const auto files = test::vectorsIn("head");
    REQUIRE(files.size() >= 4);
    for (const VectorFile& file : files) {
        INFO(file.name);
        const auto head = openHead(headIn(file), arrayAt<VerifyKey>(file, "receipt-key"));
        CHECK(test::outcomeOf(head) == file.at("expect"));
        if (!head)
            continue;
        CHECK(head->workspace.hex() == file.at("workspace"));
        CHECK(head->incarnation == numberAt(file, "incarnation"));
        CHECK(head->tree == TreeHead{numberAt(file, "tree-size"), arrayAt<Hash>(file, "root")});
        CHECK(head->safe == numberAt(file, "safe"));
        CHECK(instantField(head->time) == numberAt(file, "time-ms"));
        test::SeededRandom random(201);
        CHECK(signHead(*head, SigningKey::generate(random)) == headIn(file));
    }
}

TEST_CASE("vectors: Merkle roots, proofs and leaves")
{
    const NaiveTree tree(70);
    const auto files = test::vectorsIn("merkle");
    REQUIRE(files.size() >= 28);
    for (const VectorFile& file : files) {
        INFO(file.name);
        checkMerkle(file, tree);
    }
}

TEST_CASE("vectors: segment headers")
{
    const auto files = test::vectorsIn("segment_header");
    REQUIRE(files.size() >= 12);
    test::SeededRandom random(204);
    const SigningKey key = SigningKey::generate(random);
    for (const VectorFile& file : files) {
        INFO(file.name);
        CHECK(signHeader(headerIn(file), key).bytes == file.bytes);
        const auto head = decodeHeader(file.bytes);
        CHECK(test::outcomeOf(head) == file.at("expect"));
        if (!head)
            continue;
        CHECK(head->header == headerIn(file));
        CHECK(head->hash == arrayAt<Hash>(file, "hash"));
        CHECK(verifyHeader(*head, arrayAt<VerifyKey>(file, "device-key")));
    }
}

TEST_CASE("vectors: a membership log with each act, and what it refuses")
{
    const auto files = test::vectorsIn("statements");
    REQUIRE(files.size() >= 20);
    Membership membership;
    for (const VectorFile& file : files) {
        INFO(file.name);
        SignedStatement statement{
            file.bytes, DeviceId::fromHex(file.at("device")).value(), arrayAt<Signature>(file, "signature")};
        CHECK(statement.hash() == arrayAt<Hash>(file, "hash"));
        CHECK(test::outcomeOf(membership.apply(statement)) == file.at("expect"));
    }
    CHECK(membership.height() == 12);
}

}  // namespace teren::ledger
