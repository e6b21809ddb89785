// SPDX-License-Identifier: EUPL-1.2
#include "sync/wire/messages.h"

#include "crypto/base/limits.h"
#include "crypto/sign/hash.h"
#include "sync/wire/short_receipt.h"
#include "tests/support/catch.h"
#include "tests/support/later_fields.h"
#include "tests/support/sample_messages.h"

namespace teren::wire {
namespace {

constexpr std::size_t kHeader = ledger::SignedSegmentHeader::kSize;

template <typename Message>
Errc errorOf(const Message& message)
{
    if constexpr (std::is_constructible_v<ToServer, Message>) {
        const auto decoded = decodeToServer(encode(ToServer(message)));
        REQUIRE_FALSE(decoded.has_value());
        return decoded.error().code;
    } else {
        const auto decoded = decodeToClient(encode(ToClient(message)));
        REQUIRE_FALSE(decoded.has_value());
        return decoded.error().code;
    }
}

template <typename Message>
bool passes(const Message& message)
{
    if constexpr (std::is_constructible_v<ToServer, Message>)
        return decodeToServer(encode(ToServer(message))) == ToServer(message);
    else
        return decodeToClient(encode(ToClient(message))) == ToClient(message);
}

/// A length-delimited protobuf field.
Bytes field(std::uint8_t number, const Bytes& payload)
{
    Bytes bytes{static_cast<std::uint8_t>(number << 3 | 2)};
    for (std::size_t size = payload.size();; size >>= 7) {
        if (size < 0x80) {
            bytes.push_back(static_cast<std::uint8_t>(size));
            break;
        }
        bytes.push_back(static_cast<std::uint8_t>(size | 0x80));
    }
    bytes.insert(bytes.end(), payload.begin(), payload.end());
    return bytes;
}

}  // namespace

TEST_CASE("messages: every message is read back as it was written")
{
    for (const auto& [name, message] : test::sampleMessagesToServer()) {
        INFO(name);
        const auto decoded = decodeToServer(encode(message));
        REQUIRE(decoded.has_value());
        CHECK(decoded->index() == message.index());
        CHECK((*decoded == message));
    }
    for (const auto& [name, message] : test::sampleMessagesToClient()) {
        INFO(name);
        const auto decoded = decodeToClient(encode(message));
        REQUIRE(decoded.has_value());
        CHECK(decoded->index() == message.index());
        CHECK((*decoded == message));
    }
    for (const auto& [name, position] : test::samplePositions()) {
        INFO(name);
        CHECK(decodePosition(encode(position)) == position);
    }
}

TEST_CASE("messages: the receipt of the samples that is called short is one")
{
    for (const auto& [name, message] : test::sampleMessagesToClient())
        if (const auto* receipt = std::get_if<Receipt>(&message))
            CHECK(isShort(*receipt) == name.starts_with("receipt-short"));
}

TEST_CASE("messages: cut off anywhere, a message is refused or another one, never a crash")
{
    for (const auto& [name, message] : test::sampleMessagesToServer()) {
        const Bytes bytes = encode(message);
        for (std::size_t size = 0; size < bytes.size(); ++size)
            REQUIRE_FALSE(decodeToServer(ByteView(bytes).first(size)).has_value());
    }
    for (const auto& [name, message] : test::sampleMessagesToClient()) {
        const Bytes bytes = encode(message);
        for (std::size_t size = 0; size < bytes.size(); ++size)
            REQUIRE_FALSE(decodeToClient(ByteView(bytes).first(size)).has_value());
    }
}

TEST_CASE("messages: with nothing new, question and answer stay under 300 bytes each")
{
    Position position;
    position.head.size = ~std::uint64_t{0};
    position.membershipHeight = ~std::uint64_t{0};
    position.cursor = ~std::uint64_t{0};
    Open open;
    open.position = encode(position);
    CHECK(encode(ToServer(open)).size() + 4 < 300);
    CHECK(encode(ToClient(Answer{})).size() + 4 < 300);
}

TEST_CASE("messages: an unknown message is refused, an unknown field is not")
{
    CHECK(decodeToServer({}).error().code == Errc::Malformed);
    CHECK(decodeToClient({}).error().code == Errc::Malformed);
    CHECK(decodeToServer(field(15, {})).error().code == Errc::Malformed);
    CHECK(decodeToClient(field(15, {})).error().code == Errc::Malformed);
    CHECK(decodeToServer(Bytes{0xff, 0xff, 0xff}).error().code == Errc::Malformed);
    CHECK(decodeToServer(field(1, field(9, {1, 2, 3}))) == ToServer(ServerInfoRequest{}));
    Bytes beside = encode(ToServer(ServerInfoRequest{}));
    const Bytes later = field(15, {0xff, 0xff});
    beside.insert(beside.end(), later.begin(), later.end());
    CHECK(decodeToServer(beside) == ToServer(ServerInfoRequest{}));
}

TEST_CASE("messages: fields of a later build, in every message and each message in it, change nothing")
{
    const test::MessageFields fields("sync/wire/messages.proto");
    CHECK(fields.messages() > 40);
    const auto check = [](const auto& decoded, const auto& message) {
        REQUIRE(decoded.has_value());
        CHECK((*decoded == message));
    };
    for (const auto& [name, message] : test::sampleMessagesToServer()) {
        INFO(name);
        const Bytes bytes = encode(message);
        const Bytes later = fields.withLater(bytes, "ToServer");
        CHECK(later.size() > bytes.size() + 20);
        check(decodeToServer(later), message);
    }
    for (const auto& [name, message] : test::sampleMessagesToClient()) {
        INFO(name);
        check(decodeToClient(fields.withLater(encode(message), "ToClient")), message);
    }
    for (const auto& [name, position] : test::samplePositions()) {
        INFO(name);
        check(decodePosition(fields.withLater(encode(position), "Position")), position);
    }
}

TEST_CASE("messages: a field of another size than its kind has is refused")
{
    // GenesisRequest { workspace }, JoinSubmit { workspace, invitation }, ServerInfo { receipt key, versions
    // }
    CHECK(decodeToServer(field(3, field(1, Bytes(32, 1)))).has_value());
    for (const std::size_t size : {0U, 16U, 31U, 33U})
        CHECK(decodeToServer(field(3, field(1, Bytes(size, 1)))).error().code == Errc::Malformed);
    CHECK(decodeToServer(field(4, field(1, Bytes(32, 1)))).error().code == Errc::Malformed);
    CHECK(decodeToClient(field(1, field(1, Bytes(32, 1)))).error().code == Errc::Malformed);
    CHECK(decodeToClient(field(3, {})).error().code == Errc::Malformed);
    CHECK(decodeToClient(field(5, field(3, Bytes(31, 1)))).error().code == Errc::Malformed);
}

TEST_CASE("messages: header sizes are exact")
{
    CHECK(errorOf(PutSegment{Bytes(kHeader - 1, 1), 0, {}}) == Errc::Malformed);
    CHECK(errorOf(PutSegment{{}, 0, {}}) == Errc::Malformed);
    CHECK(errorOf(Page{{{1, Bytes(kHeader + 1, 1), 0, {}}}, {}, 0, false}) == Errc::Malformed);
    CHECK(errorOf(Page{{{0, {}, 0, {}}}, {}, 0, false}) == Errc::Malformed);
}

TEST_CASE("messages: blobs keep to their limits")
{
    CHECK(errorOf(PutBlob{{}, 1 << 20, 0, Bytes(limits::kChunkMax + 1)}) == Errc::LimitExceeded);
    CHECK(passes(PutBlob{{}, 1 << 20, 0, Bytes(limits::kChunkMax)}));
    CHECK(errorOf(BlobData{{}, 1 << 20, 0, Bytes(limits::kChunkMax + 1)}) == Errc::LimitExceeded);
    CHECK(errorOf(BlobQuery{std::vector<BlobName>(limits::kBlobsPerQueryMax + 1)}) == Errc::LimitExceeded);
    CHECK(passes(BlobQuery{std::vector<BlobName>(limits::kBlobsPerQueryMax)}));
    CHECK(errorOf(BlobStates{std::vector<BlobState>(limits::kBlobsPerQueryMax + 1)}) == Errc::LimitExceeded);
    CHECK(errorOf(GetBlob{{}, ~std::uint64_t{0}, 0}) == Errc::LimitExceeded);
    CHECK(passes(GetBlob{{}, ~std::uint64_t{0}, limits::kChunkMax}));
}

TEST_CASE("messages: chunks keep to the chunk size and inside the largest body")
{
    const Bytes header(kHeader, 1);
    CHECK(
        passes(PutSegment{header, limits::kSegmentBodyMax - limits::kChunkMax, Bytes(limits::kChunkMax, 1)}));
    CHECK(
        errorOf(
            PutSegment{header, limits::kSegmentBodyMax - limits::kChunkMax + 1, Bytes(limits::kChunkMax, 1)})
        == Errc::LimitExceeded);
    CHECK(errorOf(PutSegment{header, 0xffffffff, Bytes(2, 1)}) == Errc::LimitExceeded);
    CHECK(errorOf(PutSegment{header, 0, Bytes(limits::kChunkMax + 1, 1)}) == Errc::LimitExceeded);
    CHECK(
        errorOf(Page{{{1, header, 0, Bytes(limits::kChunkMax + 1, 1)}}, {}, 1, true}) == Errc::LimitExceeded);
    Answer answer;
    answer.uploadHave = limits::kSegmentBodyMax + 1;
    CHECK(errorOf(answer) == Errc::LimitExceeded);
    Position position;
    position.partialSize = limits::kSegmentBodyMax + 1;
    CHECK(errorOf(Refresh{position}) == Errc::LimitExceeded);
}

TEST_CASE("messages: texts of outsiders are bounded")
{
    CHECK(passes(JoinSubmit{{}, {}, Bytes(limits::kJoinRequestMax, 1)}));
    CHECK(errorOf(JoinSubmit{{}, {}, Bytes(limits::kJoinRequestMax + 1, 1)}) == Errc::LimitExceeded);
    CHECK(errorOf(CreateWorkspace{Bytes(limits::kTokenMax + 1, 1), {}}) == Errc::LimitExceeded);
    const SignedStatement large{Bytes(limits::kStatementMax + 1, 1), {}, {}};
    CHECK(errorOf(CreateWorkspace{{}, {large}}) == Errc::LimitExceeded);
    CHECK(errorOf(SubmitStatements{{large}}) == Errc::LimitExceeded);
    JoinRequestsQuery query;
    query.invitations.resize(limits::kInvitationsPerQueryMax);
    CHECK(passes(query));
    query.invitations.emplace_back();
    CHECK(errorOf(query) == Errc::LimitExceeded);
}

TEST_CASE("messages: a flood of empty elements is refused before it is built")
{
    Bytes entries;
    for (std::size_t i = 0; i <= limits::kFieldsPerMessageMax; ++i) {
        entries.push_back(1 << 3 | 2);
        entries.push_back(0);
    }
    CHECK(decodeToClient(field(9, entries)).error().code == Errc::LimitExceeded);
    CHECK(decodePosition(entries).error().code == Errc::LimitExceeded);
    CHECK(decodeToServer(Bytes(limits::kMessageMax + 1, 0)).error().code == Errc::LimitExceeded);
    Answer most;
    most.consistency.resize(30'000);
    CHECK(passes(most));
}

TEST_CASE("messages: unknown codes and impossible versions are refused")
{
    CHECK(errorOf(SegmentRefused{{}, static_cast<SegmentRefusal>(0)}) == Errc::Malformed);
    CHECK(errorOf(SegmentRefused{{}, static_cast<SegmentRefusal>(10)}) == Errc::Malformed);
    CHECK(errorOf(Refusal{static_cast<RefusalCode>(0), {}, 0}) == Errc::Malformed);
    CHECK(errorOf(Refusal{static_cast<RefusalCode>(14), {}, 0}) == Errc::Malformed);
    CHECK(errorOf(StatementsResult{static_cast<StatementsResult::Code>(3), 0, {}}) == Errc::Malformed);
    Open open;
    open.versions = {2, 1};
    CHECK(errorOf(open) == Errc::Malformed);
    open.versions = {0, 1};
    CHECK(errorOf(open) == Errc::Malformed);
    CHECK(errorOf(ServerInfo{{}, {0, 0}}) == Errc::Malformed);
}

TEST_CASE("messages: a receipt's entries ascend")
{
    CHECK(errorOf(Receipt{{}, {}, {{2, {}}, {1, {}}}, {}}) == Errc::Malformed);
    CHECK(errorOf(Receipt{{}, {}, {{2, {}}, {2, {}}}, {}}) == Errc::Malformed);
    CHECK(errorOf(Receipt{{}, {}, {{0, {}}}, {}}) == Errc::Malformed);
    CHECK(passes(Receipt{{}, {}, {{1, {}}, {2, {}}}, {}}));
}

TEST_CASE("messages: the device proof covers the channel, the head and all that the message says")
{
    const auto samples = test::sampleMessagesToServer();
    Open open;
    for (const auto& [name, message] : samples)
        if (const auto* found = std::get_if<Open>(&message))
            open = *found;
    const Hash exporter = blake2b({viewOf("channel")});
    const TreeHead head{5, blake2b({viewOf("root")})};
    const Bytes proof = proofMessage(exporter, open, head);
    CHECK(proof.size() == 32 + 32 + 16 + 8 + 32 + 4 + 4 + 32);
    CHECK(proofMessage(blake2b({viewOf("other")}), open, head) != proof);
    CHECK(proofMessage(exporter, open, {6, head.root}) != proof);
    CHECK(proofMessage(exporter, open, {5, {}}) != proof);
    const auto differs = [&](const auto& change) {
        Open other = open;
        change(other);
        return proofMessage(exporter, other, head) != proof;
    };
    CHECK(differs([](Open& o) { o.workspace.bytes[0] ^= 1; }));
    CHECK(differs([](Open& o) { o.device.bytes[0] ^= 1; }));
    CHECK(differs([](Open& o) { o.versions.min++; }));
    CHECK(differs([](Open& o) { o.versions.max++; }));
    CHECK(differs([](Open& o) { o.position.push_back(0); }));
}

}  // namespace teren::wire
