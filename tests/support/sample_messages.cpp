// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/sample_messages.h"

#include "sync/wire/short_receipt.h"
#include "tests/support/membership_log.h"

namespace teren::test {
namespace {

using namespace teren::wire;

Bytes filled(std::size_t size, std::uint8_t value)
{
    return Bytes(size, value);
}

Hash hashOf(std::uint8_t value)
{
    Hash hash{};
    hash.fill(value);
    return hash;
}

template <typename T>
T idOf(std::uint8_t value)
{
    T id;
    id.bytes.fill(value);
    return id;
}

Signature signatureOf(std::uint8_t value)
{
    Signature signature{};
    signature.fill(value);
    return signature;
}

SignedStatement sampleStatement()
{
    MembershipLog log(21);
    return log.sign(log.founder, {log.genesis});
}

SignedHead sampleHead()
{
    SeededRandom random(22);
    ledger::Head head;
    head.workspace = idOf<WorkspaceId>(1);
    head.incarnation = 1;
    head.tree = {1'000, hashOf(3)};
    head.time = ManualClock().now();
    return signHead(head, SigningKey::generate(random));
}

BlobName sampleBlob()
{
    return {idOf<SpaceId>(5), hashOf(28)};
}

ledger::AppliedWord sampleWord(std::uint8_t device)
{
    return {idOf<SpaceId>(5), idOf<DeviceId>(device), 1, filled(192, 40), signatureOf(41)};
}

ledger::ShortHeader sampleShortHeader(std::uint64_t life = 0)
{
    return {
        .space = idOf<SpaceId>(5),
        .life = life,
        .firstSeq = 1'234,
        .count = 1,
        .epoch = 2,
        .membershipHeight = 300,
        .plainSizeBound = life == 0 ? 0U : 448U,
        .signature = signatureOf(44)};
}

Position samplePosition()
{
    Position position;
    position.head = {1'000, hashOf(3)};
    position.membershipHeight = 12;
    position.membershipHash = hashOf(4);
    position.cursor = 998;
    return position;
}

}  // namespace

std::vector<std::pair<std::string, Position>> samplePositions()
{
    Position full = samplePosition();
    full.exceptions = {{idOf<SpaceId>(5), 0}, {idOf<SpaceId>(6), 77}};
    full.uploading = hashOf(7);
    full.partialNumber = 999;
    full.partialSize = 65'536;
    Position safe = full;
    safe.safe = 998;
    Position applied = safe;
    applied.appliedFrom = 1'234;
    return {
        {"position-empty", {}},
        {"position", samplePosition()},
        {"position-full", full},
        {"position-safe", safe},
        {"position-applied", applied}};
}

std::vector<std::pair<std::string, ToServer>> sampleMessagesToServer()
{
    const Open open{
        {1, 1}, idOf<WorkspaceId>(1), idOf<DeviceId>(2), encode(samplePosition()), signatureOf(8)};
    const Bytes header = filled(ledger::SignedSegmentHeader::kSize, 9);
    return {
        {"server-info-request", ServerInfoRequest{}},
        {"create-workspace-empty", CreateWorkspace{}},
        {"create-workspace", CreateWorkspace{filled(32, 10), {sampleStatement()}}},
        {"genesis-request", GenesisRequest{idOf<WorkspaceId>(1)}},
        {"join-submit-empty", JoinSubmit{idOf<WorkspaceId>(1), idOf<InvitationId>(11), {}}},
        {"join-submit", JoinSubmit{idOf<WorkspaceId>(1), idOf<InvitationId>(11), filled(500, 12)}},
        {"open", open},
        {"refresh", Refresh{samplePositions().at(2).second}},
        {"submit-statements-empty", SubmitStatements{}},
        {"submit-statements", SubmitStatements{{sampleStatement(), sampleStatement()}}},
        {"put-segment-empty", PutSegment{header, 0, {}}},
        {"put-segment", PutSegment{header, 128, filled(192, 13)}},
        {"put-segment-short", PutSegment{{}, 0, filled(192, 13), sampleShortHeader(), 0}},
        {"put-segment-short-knows-peaks",
         PutSegment{{}, 0, filled(192, 13), sampleShortHeader(0xfedcba9876543210), 1'000}},
        {"join-requests-query-empty", JoinRequestsQuery{}},
        {"join-requests-query", JoinRequestsQuery{{idOf<InvitationId>(11), idOf<InvitationId>(14)}}},
        {"consistency-query", ConsistencyQuery{{1, 998}}},
        {"blob-query-empty", BlobQuery{}},
        {"blob-query", BlobQuery{{sampleBlob(), {idOf<SpaceId>(5), hashOf(29)}}}},
        {"put-blob", PutBlob{sampleBlob(), 5'000'000'000, 4'294'967'296, filled(300, 30)}},
        {"get-blob", GetBlob{sampleBlob(), 65'536, 65'536}},
        {"present", Present{{1, 1}, filled(300, 31), {}}},
        {"present-named-carrier", Present{{1, 1}, filled(300, 31), signatureOf(32)}},
        {"finish", Finish{}},
        {"tell-applied-empty", TellApplied{}},
        {"tell-applied", TellApplied{{sampleWord(42), sampleWord(43)}}},
    };
}

std::vector<std::pair<std::string, ToClient>> sampleMessagesToClient()
{
    const Bytes header = filled(ledger::SignedSegmentHeader::kSize, 9);
    Answer answer;
    answer.head = sampleHead();
    answer.consistency = {hashOf(15), hashOf(16)};
    answer.statements = {sampleStatement()};
    answer.moreStatements = true;
    answer.uploadHave = 65'536;
    answer.ownAhead = 3;
    answer.toReceive = 4'000;
    const Receipt receipt{
        sampleHead(), {hashOf(15)}, {{999, hashOf(17)}, {1'000, hashOf(18)}}, {hashOf(19), hashOf(20)}};
    Receipt shortReceipt = receipt;
    (void)shorten(shortReceipt, 998, 1'000);
    Receipt shortestReceipt = receipt;
    (void)shorten(shortestReceipt, 998, 1'000, 998);
    const Page page{
        {{7, header, 0, filled(200, 21)}, {8, {}, 65'536, filled(100, 22)}}, {hashOf(19)}, 8, true};
    Answer carrying;
    carrying.features = kCarriesBlobs;
    Answer telling;
    telling.features = kCarriesBlobs | kKeepsApplied;
    telling.applied = {sampleWord(42), sampleWord(43)};
    telling.appliedSerial = 1'235;
    return {
        {"server-info", ServerInfo{hashOf(23), {1, 1}}},
        {"reply-seal", ReplySeal{signatureOf(33)}},
        {"workspace-created", WorkspaceCreated{}},
        {"genesis", GenesisReply{sampleStatement()}},
        {"join-taken", JoinTaken{}},
        {"answer-nothing-new", Answer{}},
        {"answer", answer},
        {"statements-result-taken", StatementsResult{StatementsResult::Code::Taken, 13, {}}},
        {"statements-result-moved", StatementsResult{StatementsResult::Code::Moved, 13, {sampleStatement()}}},
        {"receipt", receipt},
        {"receipt-short", shortReceipt},
        {"receipt-shortest", shortestReceipt},
        {"need-whole", NeedWhole{hashOf(45)}},
        {"segment-refused", SegmentRefused{hashOf(17), SegmentRefusal::NoRoom}},
        {"page-empty", Page{}},
        {"page", page},
        {"join-requests-empty", JoinRequests{}},
        {"join-requests", JoinRequests{{{idOf<InvitationId>(11), filled(300, 24)}}}},
        {"refusal", Refusal{RefusalCode::Malformed, {1, 1}, 0, 0}},
        {"refusal-unknown-head", Refusal{RefusalCode::UnknownHead, {1, 1}, 900, 0}},
        {"refusal-went-back", Refusal{RefusalCode::UnknownHead, {1, 1}, 900, 12}},
        {"consistency", Consistency{{{1, {hashOf(25), hashOf(26)}}, {998, {hashOf(27)}}}, {}}},
        {"consistency-went-back", Consistency{{{1, {hashOf(25), hashOf(26)}}}, sampleHead()}},
        {"answer-carries-blobs", carrying},
        {"answer-applied", telling},
        {"applied-kept", AppliedKept{2}},
        {"blob-states-empty", BlobStates{}},
        {"blob-states",
         BlobStates{
             {{hashOf(28), BlobCode::Absent, 65'536},
              {hashOf(29), BlobCode::Stored, 4'200},
              {hashOf(31), BlobCode::NotYours, 0}}}},
        {"blob-data", BlobData{hashOf(28), 4'200, 4'096, filled(104, 32)}},
    };
}

}  // namespace teren::test
