// SPDX-License-Identifier: EUPL-1.2
// The golden bytes of frames and messages: see tests/vectors/README.md.
#include "crypto/base/limits.h"
#include "sync/wire/frame.h"
#include "tests/support/catch.h"
#include "tests/support/sample_messages.h"
#include "tests/support/vector_writer.h"

#include <algorithm>

namespace teren::wire {
namespace {

using test::VectorFile;

void addMessage(const std::string& name, const std::string& to, const Bytes& bytes, const std::string& expect)
{
    test::addVector("messages", {name, {{"to", to}, {"expect", expect}}, bytes});
}

/// Decodes as the vector says and returns what happened; on success also checks that encoding gives the
/// bytes.
std::string outcomeOf(const VectorFile& file)
{
    const auto check = [&](const auto& decoded) {
        if (decoded)
            CHECK(encode(*decoded) == file.bytes);
        return test::outcomeOf(decoded);
    };
    if (file.at("to") == "position")
        return check(decodePosition(file.bytes));
    return file.at("to") == "server" ? check(decodeToServer(file.bytes)) : check(decodeToClient(file.bytes));
}

template <typename Samples>
void writeAll(const std::string& to, const Samples& samples)
{
    for (const auto& [name, message] : samples)
        addMessage(name, to, encode(message), "ok");
}

template <typename Samples>
void checkAll(const std::vector<VectorFile>& files, const Samples& samples)
{
    for (const auto& [name, message] : samples) {
        INFO(name);
        const auto file = std::ranges::find(files, name, &VectorFile::name);
        REQUIRE(file != files.end());
        CHECK(encode(message) == file->bytes);
    }
}

void refuseToServer(const std::string& name, const std::string& expect, const ToServer& message)
{
    addMessage("refused-" + name, "server", encode(message), expect);
}

void refuseToClient(const std::string& name, const std::string& expect, const ToClient& message)
{
    addMessage("refused-" + name, "client", encode(message), expect);
}

void writeRefusedToServer()
{
    const std::string malformed = "malformed";
    const std::string limit = "limit-exceeded";
    addMessage("refused-to-server-empty", "server", {}, malformed);
    addMessage("refused-to-server-unknown", "server", {15 << 3 | 2, 0}, malformed);
    addMessage("refused-to-server-broken", "server", {0x0a, 0x7f}, malformed);
    addMessage("refused-genesis-request-short-id", "server", {3 << 3 | 2, 3, 10, 1, 0}, malformed);
    addMessage("refused-join-submit-no-id", "server", {4 << 3 | 2, 0}, malformed);
    addMessage("refused-refresh-no-position", "server", {6 << 3 | 2, 0}, malformed);
    refuseToServer("create-workspace-long-token", limit, CreateWorkspace{Bytes(limits::kTokenMax + 1), {}});
    refuseToServer("join-submit-long", limit, JoinSubmit{{}, {}, Bytes(limits::kJoinRequestMax + 1)});
    refuseToServer("put-segment-short-header", malformed, PutSegment{Bytes(267), 0, {}});
    refuseToServer("put-segment-past-the-end", limit, PutSegment{Bytes(268), limits::kSegmentBodyMax, {1}});
    PutSegment both{Bytes(268), 0, {1}, ledger::ShortHeader{}};
    refuseToServer("put-segment-two-headers", malformed, both);
    both.header.clear();
    both.offset = 1;
    refuseToServer("put-segment-short-header-and-part", malformed, both);
    addMessage(
        "refused-put-segment-short-header-unsigned", "server",
        {8 << 3 | 2, 20, 4 << 3 | 2, 18, 1 << 3 | 2, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
        malformed);
    Open open;
    open.versions = {2, 1};
    refuseToServer("open-impossible-versions", malformed, open);
    open.versions = {0, 1};
    refuseToServer("open-version-zero", malformed, open);
    refuseToServer("consistency-query-zero", malformed, ConsistencyQuery{{1, 0}});
    refuseToServer(
        "consistency-query-long", limit,
        ConsistencyQuery{std::vector<std::uint64_t>(limits::kHeadsPerQueryMax + 1, 1)});
    addMessage("refused-blob-query-short-space", "server", {0xa2, 1, 2, 10, 0}, malformed);
    refuseToServer("put-blob-empty", malformed, PutBlob{{}, 10, 0, {}});
    refuseToServer("get-blob-nothing", limit, GetBlob{{}, 0, 0});
    ledger::AppliedWord word;
    word.box = Bytes(limits::kAppliedBoxMax + 1);
    refuseToServer("tell-applied-large", limit, TellApplied{{word}});
    addMessage("refused-tell-applied-short-space", "server", {0xc2, 2, 4, 10, 2, 10, 0}, malformed);
    refuseToServer("get-blob-too-much", limit, GetBlob{{}, 0, limits::kChunkMax + 1});
}

void writeRefusedToClient()
{
    const std::string malformed = "malformed";
    addMessage("refused-to-client-empty", "client", {}, malformed);
    addMessage("refused-to-client-unknown", "client", {15 << 3 | 2, 0}, malformed);
    addMessage("refused-server-info-no-key", "client", {1 << 3 | 2, 0}, malformed);
    addMessage("refused-genesis-no-statement", "client", {3 << 3 | 2, 0}, malformed);
    addMessage("refused-answer-short-hash", "client", {5 << 3 | 2, 3, 3 << 3 | 2, 1, 0}, malformed);
    addMessage("refused-position-empty", "position", {}, malformed);
    refuseToClient("receipt-out-of-order", malformed, Receipt{{}, {}, {{2, {}}, {1, {}}}, {}});
    refuseToClient("receipt-number-zero", malformed, Receipt{{}, {}, {{0, {}}}, {}});
    addMessage("refused-need-whole-no-name", "client", {13 << 3 | 2, 0}, malformed);
    refuseToClient("page-number-zero", malformed, Page{{{0, {}, 0, {}}}, {}, 0, false});
    refuseToClient("page-short-header", malformed, Page{{{1, Bytes(267), 0, {}}}, {}, 0, false});
    refuseToClient("refusal-unknown-code", malformed, Refusal{static_cast<RefusalCode>(14), {}, 0});
    refuseToClient(
        "segment-refused-unknown-code", malformed, SegmentRefused{{}, static_cast<SegmentRefusal>(10)});
    refuseToClient(
        "statements-result-unknown-code", malformed,
        StatementsResult{static_cast<StatementsResult::Code>(3), 0, {}});
    Answer answer;
    answer.uploadHave = limits::kSegmentBodyMax + 1;
    refuseToClient("answer-upload-too-large", "limit-exceeded", answer);
    refuseToClient("blob-states-unknown-code", malformed, BlobStates{{{{}, static_cast<BlobCode>(7), 0}}});
    refuseToClient("blob-data-empty", malformed, BlobData{{}, 10, 0, {}});
}

void writeFrames()
{
    const auto add = [](const std::string& name, const Bytes& bytes, const std::string& expect) {
        test::addVector("frame", {name, {{"expect", expect}}, bytes});
    };
    add("server-info-request", frame(encode(ToServer(ServerInfoRequest{}))).value(), "ok");
    add("answer-nothing-new", frame(encode(ToClient(Answer{}))).value(), "ok");
    add("largest", {0x00, 0x11, 0x00, 0x00}, "ok");
    add("empty", {0, 0, 0, 0}, "malformed");
    add("too-large", {0x00, 0x11, 0x00, 0x01}, "limit-exceeded");
    add("absurd", {0xff, 0xff, 0xff, 0xff}, "limit-exceeded");
}

}  // namespace

TEST_CASE("vectors: write the wire's", "[.generate]")
{
    writeAll("server", test::sampleMessagesToServer());
    writeAll("client", test::sampleMessagesToClient());
    writeAll("position", test::samplePositions());
    writeRefusedToServer();
    writeRefusedToClient();
    writeFrames();
}

TEST_CASE("vectors: messages")
{
    const auto files = test::vectorsIn("messages");
    REQUIRE(files.size() >= 55);
    for (const VectorFile& file : files) {
        INFO(file.name);
        CHECK(outcomeOf(file) == file.at("expect"));
    }
    checkAll(files, test::sampleMessagesToServer());
    checkAll(files, test::sampleMessagesToClient());
    checkAll(files, test::samplePositions());
}

TEST_CASE("vectors: frames")
{
    const auto files = test::vectorsIn("frame");
    REQUIRE(files.size() >= 6);
    for (const VectorFile& file : files) {
        INFO(file.name);
        REQUIRE(file.bytes.size() >= kFrameHeaderSize);
        const auto size = decodeFrameSize(std::span(file.bytes).first<kFrameHeaderSize>());
        CHECK(test::outcomeOf(size) == file.at("expect"));
        const Bytes message(file.bytes.begin() + kFrameHeaderSize, file.bytes.end());
        if (!message.empty()) {
            CHECK(*size == message.size());
            CHECK(frame(message).value() == file.bytes);
        }
    }
}

}  // namespace teren::wire
