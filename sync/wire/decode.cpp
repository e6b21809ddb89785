// SPDX-License-Identifier: EUPL-1.2
#include "crypto/base/limits.h"
#include "sync/ledger/proto_field.h"
#include "sync/wire/messages.h"
#include "sync/wire/messages.pb.h"

#include <algorithm>

namespace teren::wire {
namespace {

using ledger::bytesFrom;
using ledger::readArray;
using ledger::readId;
using ledger::walkFields;

/// Counts fields before a parser allocates an object for each element of a repeated one.
class FieldCount {
public:
    Status add(ByteView message)
    {
        return walkFields(message, [this](std::uint32_t, ByteView) -> Status {
            if (++fields_ > limits::kFieldsPerMessageMax)
                return fail(Errc::LimitExceeded, "message of too many fields");
            return {};
        });
    }

private:
    std::size_t fields_ = 0;
};

/// `ToServer` and `ToClient` have one field, which is the message itself: its fields are counted.
Status checkBody(ByteView envelope)
{
    FieldCount count;
    TEREN_CHECK(count.add(envelope));
    return walkFields(envelope, [&](std::uint32_t, ByteView payload) -> Status {
        const Status counted = count.add(payload);
        // A field that a later version adds beside the message need not be a message.
        return counted || counted.error().code == Errc::Malformed ? Status() : counted;
    });
}

template <typename T>
Status parse(ByteView bytes, T& out)
{
    if (bytes.size() > limits::kMessageMax)
        return fail(Errc::LimitExceeded, "message of " + std::to_string(bytes.size()) + " bytes");
    TEREN_CHECK(std::is_same_v<T, pb::Position> ? FieldCount().add(bytes) : checkBody(bytes));
    if (!out.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
        return fail(Errc::Malformed, "message");
    return {};
}

Status checkSize(std::string_view field, std::size_t max)
{
    if (field.size() > max)
        return fail(Errc::LimitExceeded, "field of " + std::to_string(field.size()) + " bytes");
    return {};
}

Status readBytes(std::string_view field, std::size_t max, Bytes& out)
{
    TEREN_CHECK(checkSize(field, max));
    out = bytesFrom(field);
    return {};
}

template <typename Hashes>
Status readHashes(const Hashes& fields, std::vector<Hash>& out)
{
    out.resize(static_cast<std::size_t>(fields.size()));
    for (std::size_t i = 0; i < out.size(); ++i)
        TEREN_CHECK(readArray(fields.Get(static_cast<int>(i)), out[i]));
    return {};
}

/// @param last  The largest value of the enumeration, which has no gaps.
template <typename T>
Status readEnum(std::uint32_t field, T first, T last, T& out)
{
    if (field < static_cast<std::uint32_t>(first) || field > static_cast<std::uint32_t>(last))
        return fail(Errc::Malformed, "unknown code " + std::to_string(field));
    out = static_cast<T>(field);
    return {};
}

Status read(const pb::SignedStatement& message, SignedStatement& out)
{
    TEREN_CHECK(readBytes(message.body(), limits::kStatementMax, out.body));
    TEREN_CHECK(readId(message.device(), out.device));
    return readArray(message.signature(), out.signature);
}

template <typename Statements>
Status readStatements(const Statements& fields, std::vector<SignedStatement>& out)
{
    out.resize(static_cast<std::size_t>(fields.size()));
    for (std::size_t i = 0; i < out.size(); ++i)
        TEREN_CHECK(read(fields.Get(static_cast<int>(i)), out[i]));
    return {};
}

Status read(const pb::AppliedWord& message, ledger::AppliedWord& out)
{
    TEREN_CHECK(readId(message.space(), out.space));
    TEREN_CHECK(readId(message.device(), out.device));
    out.epoch = message.epoch();
    TEREN_CHECK(readBytes(message.box(), limits::kAppliedBoxMax, out.box));
    return readArray(message.signature(), out.signature);
}

template <typename Words>
Status readWords(const Words& fields, std::vector<ledger::AppliedWord>& out)
{
    if (static_cast<std::size_t>(fields.size()) > limits::kAppliedPerMessageMax)
        return fail(Errc::LimitExceeded, "too many words about applied changes");
    out.resize(static_cast<std::size_t>(fields.size()));
    for (std::size_t i = 0; i < out.size(); ++i)
        TEREN_CHECK(read(fields.Get(static_cast<int>(i)), out[i]));
    return {};
}

Status read(const pb::SignedHead& message, SignedHead& out)
{
    TEREN_CHECK(readBytes(message.body(), limits::kChunkMax, out.body));
    return readArray(message.signature(), out.signature);
}

Status readVersions(std::uint32_t min, std::uint32_t max, VersionRange& out)
{
    if (min == 0 || min > max)
        return fail(Errc::Malformed, "impossible range of versions");
    out = {min, max};
    return {};
}

/// A part of a segment's body that begins at `offset`.
Status readChunk(std::string_view data, std::uint32_t offset, Bytes& out)
{
    TEREN_CHECK(readBytes(data, limits::kChunkMax, out));
    if (offset > limits::kSegmentBodyMax - out.size())
        return fail(Errc::LimitExceeded, "part of a segment past the largest body");
    return {};
}

Status read(const pb::Position& message, Position& out)
{
    out.head.size = message.tree_size();
    TEREN_CHECK(readArray(message.root(), out.head.root));
    out.membershipHeight = message.membership_height();
    TEREN_CHECK(readArray(message.membership_hash(), out.membershipHash));
    out.cursor = message.cursor();
    if (static_cast<std::size_t>(message.exceptions_size()) > limits::kExceptionsMax)
        return fail(Errc::LimitExceeded, "too many spaces in a position");
    for (const pb::SpaceCursor& item : message.exceptions()) {
        Position::SpaceCursor& exception = out.exceptions.emplace_back();
        TEREN_CHECK(readId(item.space(), exception.space));
        exception.cursor = item.cursor();
    }
    if (!message.uploading().empty())
        TEREN_CHECK(readArray(message.uploading(), out.uploading.emplace()));
    out.partialNumber = message.partial_number();
    out.partialSize = message.partial_size();
    out.safe = message.safe();
    out.appliedFrom = message.applied_from();
    if (out.partialSize > limits::kSegmentBodyMax)
        return fail(Errc::LimitExceeded, "part of a segment past the largest body");
    return {};
}

// ---- to the server ---------------------------------------------------------------------------------------

Status read(const pb::ServerInfoRequest&, ServerInfoRequest&)
{
    return {};
}

Status read(const pb::CreateWorkspace& message, CreateWorkspace& out)
{
    TEREN_CHECK(readBytes(message.token(), limits::kTokenMax, out.token));
    return readStatements(message.statements(), out.statements);
}

Status read(const pb::GenesisRequest& message, GenesisRequest& out)
{
    return readId(message.workspace(), out.workspace);
}

Status read(const pb::JoinSubmit& message, JoinSubmit& out)
{
    TEREN_CHECK(readId(message.workspace(), out.workspace));
    TEREN_CHECK(readId(message.invitation(), out.invitation));
    return readBytes(message.request(), limits::kJoinRequestMax, out.request);
}

Status read(const pb::Open& message, Open& out)
{
    TEREN_CHECK(readVersions(message.version_min(), message.version_max(), out.versions));
    TEREN_CHECK(readId(message.workspace(), out.workspace));
    TEREN_CHECK(readId(message.device(), out.device));
    TEREN_CHECK(readBytes(message.position(), limits::kMessageMax, out.position));
    return readArray(message.signature(), out.signature);
}

Status read(const pb::Refresh& message, Refresh& out)
{
    TEREN_TRY(out.position, decodePosition(viewOf(message.position())));
    return {};
}

Status read(const pb::SubmitStatements& message, SubmitStatements& out)
{
    return readStatements(message.statements(), out.statements);
}

Status read(const pb::ShortHeader& message, ledger::ShortHeader& out)
{
    TEREN_CHECK(readId(message.space(), out.space));
    out.life = message.life();
    out.firstSeq = message.first_seq();
    out.count = message.count();
    out.epoch = message.epoch();
    out.membershipHeight = message.membership_height();
    out.plainSizeBound = message.plain_size_bound();
    return readArray(message.signature(), out.signature);
}

Status read(const pb::PutSegment& message, PutSegment& out)
{
    if (message.header().size() != (message.has_short_header() ? 0 : ledger::SignedSegmentHeader::kSize))
        return fail(Errc::Malformed, "segment header of another size");
    if (message.has_short_header()) {
        TEREN_CHECK(read(message.short_header(), out.shortHeader.emplace()));
        if (message.offset() != 0)
            return fail(Errc::Malformed, "a short header with a part of a body");
    }
    out.header = bytesFrom(message.header());
    out.offset = message.offset();
    out.peaksOf = message.peaks_of();
    return readChunk(message.data(), message.offset(), out.data);
}

Status read(const pb::JoinRequestsQuery& message, JoinRequestsQuery& out)
{
    if (static_cast<std::size_t>(message.invitations_size()) > limits::kInvitationsPerQueryMax)
        return fail(Errc::LimitExceeded, "too many invitations in one question");
    for (const std::string& invitation : message.invitations())
        TEREN_CHECK(readId(invitation, out.invitations.emplace_back()));
    return {};
}

Status read(const pb::ConsistencyQuery& message, ConsistencyQuery& out)
{
    if (static_cast<std::size_t>(message.tree_sizes_size()) > limits::kHeadsPerQueryMax)
        return fail(Errc::LimitExceeded, "too many heads in one question");
    out.treeSizes.assign(message.tree_sizes().begin(), message.tree_sizes().end());
    if (std::ranges::find(out.treeSizes, 0U) != out.treeSizes.end())
        return fail(Errc::Malformed, "a question about an empty log");
    return {};
}

Status read(const pb::BlobName& message, BlobName& out)
{
    TEREN_CHECK(readId(message.space(), out.space));
    return readArray(message.address(), out.address);
}

Status read(const pb::BlobQuery& message, BlobQuery& out)
{
    if (static_cast<std::size_t>(message.blobs_size()) > limits::kBlobsPerQueryMax)
        return fail(Errc::LimitExceeded, "too many blobs in one question");
    for (const pb::BlobName& blob : message.blobs())
        TEREN_CHECK(read(blob, out.blobs.emplace_back()));
    return {};
}

/// A part of a blob. Whether it lies inside is the store's to say: a part that does not has an answer.
Status readPart(std::string_view data, Bytes& out)
{
    TEREN_CHECK(readBytes(data, limits::kChunkMax, out));
    return out.empty() ? Status(fail(Errc::Malformed, "an empty part of a blob")) : Status();
}

Status read(const pb::PutBlob& message, PutBlob& out)
{
    TEREN_CHECK(read(message.blob(), out.blob));
    out.size = message.size();
    out.offset = message.offset();
    return readPart(message.data(), out.data);
}

Status read(const pb::GetBlob& message, GetBlob& out)
{
    TEREN_CHECK(read(message.blob(), out.blob));
    out.offset = message.offset();
    out.length = message.length();
    if (out.length == 0 || out.length > limits::kChunkMax)
        return fail(Errc::LimitExceeded, "a part of a blob of no possible length");
    return {};
}

Status read(const pb::Present& message, Present& out)
{
    TEREN_CHECK(readVersions(message.version_min(), message.version_max(), out.versions));
    TEREN_CHECK(readBytes(message.ticket(), limits::kTicketMax, out.ticket));
    return message.signature().empty() ? Status{} : readArray(message.signature(), out.signature.emplace());
}

Status read(const pb::Finish&, Finish&)
{
    return {};
}

Status read(const pb::TellApplied& message, TellApplied& out)
{
    return readWords(message.words(), out.words);
}

// ---- to the client ---------------------------------------------------------------------------------------

Status read(const pb::ServerInfo& message, ServerInfo& out)
{
    TEREN_CHECK(readArray(message.receipt_key(), out.receiptKey));
    return readVersions(message.version_min(), message.version_max(), out.versions);
}

Status read(const pb::WorkspaceCreated&, WorkspaceCreated&)
{
    return {};
}

Status read(const pb::Genesis& message, GenesisReply& out)
{
    return read(message.statement(), out.statement);
}

Status read(const pb::JoinTaken&, JoinTaken&)
{
    return {};
}

Status read(const pb::Answer& message, Answer& out)
{
    out.version = message.version();
    if (message.has_head())
        TEREN_CHECK(read(message.head(), out.head.emplace()));
    TEREN_CHECK(readHashes(message.consistency(), out.consistency));
    TEREN_CHECK(readStatements(message.statements(), out.statements));
    out.moreStatements = message.more_statements();
    out.uploadHave = message.upload_have();
    if (out.uploadHave > limits::kSegmentBodyMax)
        return fail(Errc::LimitExceeded, "part of a segment past the largest body");
    out.ownAhead = message.own_ahead();
    out.toReceive = message.to_receive();
    out.features = message.features();
    out.appliedSerial = message.applied_serial();
    return readWords(message.applied(), out.applied);
}

Status read(const pb::StatementsResult& message, StatementsResult& out)
{
    using Code = StatementsResult::Code;
    TEREN_CHECK(readEnum(message.code(), Code::Taken, Code::Refused, out.code));
    out.height = message.height();
    return readStatements(message.newer(), out.newer);
}

Status read(const pb::Receipt& message, Receipt& out)
{
    TEREN_CHECK(read(message.head(), out.head));
    TEREN_CHECK(readHashes(message.consistency(), out.consistency));
    std::uint64_t last = 0;
    for (const pb::Numbered& item : message.entries()) {
        Numbered& entry = out.entries.emplace_back();
        entry.number = item.number();
        if (entry.number <= last)
            return fail(Errc::Malformed, "receipt out of order");
        last = entry.number;
        TEREN_CHECK(readArray(item.segment_hash(), entry.segment));
    }
    return readHashes(message.proof(), out.proof);
}

Status read(const pb::SegmentRefused& message, SegmentRefused& out)
{
    TEREN_CHECK(readArray(message.segment_hash(), out.segment));
    return readEnum(message.code(), SegmentRefusal::Malformed, SegmentRefusal::NoRoom, out.code);
}

Status read(const pb::NeedWhole& message, NeedWhole& out)
{
    return readArray(message.name(), out.name);
}

Status read(const pb::Entry& message, Entry& out)
{
    if (!message.header().empty() && message.header().size() != ledger::SignedSegmentHeader::kSize)
        return fail(Errc::Malformed, "segment header of another size");
    out.number = message.number();
    if (out.number == 0)
        return fail(Errc::Malformed, "entry without a number");
    out.header = bytesFrom(message.header());
    out.offset = message.offset();
    return readChunk(message.data(), message.offset(), out.data);
}

Status read(const pb::Page& message, Page& out)
{
    out.entries.resize(static_cast<std::size_t>(message.entries_size()));
    for (std::size_t i = 0; i < out.entries.size(); ++i)
        TEREN_CHECK(read(message.entries(static_cast<int>(i)), out.entries[i]));
    TEREN_CHECK(readHashes(message.proof(), out.proof));
    out.cursor = message.cursor();
    out.last = message.last();
    return {};
}

Status read(const pb::JoinRequests& message, JoinRequests& out)
{
    for (const pb::JoinRequest& item : message.requests()) {
        JoinRequests::Item& request = out.requests.emplace_back();
        TEREN_CHECK(readId(item.invitation(), request.invitation));
        TEREN_CHECK(readBytes(item.request(), limits::kJoinRequestMax, request.request));
    }
    return {};
}

Status read(const pb::Refusal& message, Refusal& out)
{
    TEREN_CHECK(readEnum(message.code(), RefusalCode::Malformed, RefusalCode::UnknownInvitation, out.code));
    out.knownTreeSize = message.known_tree_size();
    out.knownHeight = message.known_height();
    return readVersions(message.version_min(), message.version_max(), out.versions);
}

Status read(const pb::Consistency& message, Consistency& out)
{
    if (static_cast<std::size_t>(message.heads_size()) > limits::kHeadsPerQueryMax)
        return fail(Errc::LimitExceeded, "too many heads in one answer");
    for (const pb::PastHead& item : message.heads()) {
        Consistency::PastHead& head = out.heads.emplace_back();
        head.treeSize = item.tree_size();
        TEREN_CHECK(readHashes(item.proof(), head.proof));
    }
    if (message.has_head())
        TEREN_CHECK(read(message.head(), out.head.emplace()));
    return {};
}

Status read(const pb::BlobStates& message, BlobStates& out)
{
    if (static_cast<std::size_t>(message.states_size()) > limits::kBlobsPerQueryMax)
        return fail(Errc::LimitExceeded, "too many blobs in one answer");
    for (const pb::BlobState& item : message.states()) {
        BlobState& state = out.states.emplace_back();
        TEREN_CHECK(readArray(item.address(), state.address));
        TEREN_CHECK(readEnum(item.code(), BlobCode::Absent, BlobCode::Limit, state.code));
        state.have = item.have();
    }
    return {};
}

Status read(const pb::BlobData& message, BlobData& out)
{
    TEREN_CHECK(readArray(message.address(), out.address));
    out.size = message.size();
    out.offset = message.offset();
    return readPart(message.data(), out.data);
}

Status read(const pb::ReplySeal& message, ReplySeal& out)
{
    return readArray(message.signature(), out.signature);
}

Status read(const pb::AppliedKept& message, AppliedKept& out)
{
    out.kept = message.kept();
    return {};
}

template <typename Out, typename T, typename Message>
Result<Out> readAs(const Message& message)
{
    T out;
    TEREN_CHECK(read(message, out));
    return Out(std::move(out));
}

}  // namespace

Result<ToServer> decodeToServer(ByteView bytes)
{
    pb::ToServer message;
    TEREN_CHECK(parse(bytes, message));
    switch (message.body_case()) {
    case pb::ToServer::kServerInfo:
        return readAs<ToServer, ServerInfoRequest>(message.server_info());
    case pb::ToServer::kCreateWorkspace:
        return readAs<ToServer, CreateWorkspace>(message.create_workspace());
    case pb::ToServer::kGenesis:
        return readAs<ToServer, GenesisRequest>(message.genesis());
    case pb::ToServer::kJoin:
        return readAs<ToServer, JoinSubmit>(message.join());
    case pb::ToServer::kOpen:
        return readAs<ToServer, Open>(message.open());
    case pb::ToServer::kRefresh:
        return readAs<ToServer, Refresh>(message.refresh());
    case pb::ToServer::kSubmitStatements:
        return readAs<ToServer, SubmitStatements>(message.submit_statements());
    case pb::ToServer::kPutSegment:
        return readAs<ToServer, PutSegment>(message.put_segment());
    case pb::ToServer::kJoinRequests:
        return readAs<ToServer, JoinRequestsQuery>(message.join_requests());
    case pb::ToServer::kConsistency:
        return readAs<ToServer, ConsistencyQuery>(message.consistency());
    case pb::ToServer::kBlobQuery:
        return readAs<ToServer, BlobQuery>(message.blob_query());
    case pb::ToServer::kPutBlob:
        return readAs<ToServer, PutBlob>(message.put_blob());
    case pb::ToServer::kGetBlob:
        return readAs<ToServer, GetBlob>(message.get_blob());
    case pb::ToServer::kPresent:
        return readAs<ToServer, Present>(message.present());
    case pb::ToServer::kFinish:
        return readAs<ToServer, Finish>(message.finish());
    case pb::ToServer::kTellApplied:
        return readAs<ToServer, TellApplied>(message.tell_applied());
    case pb::ToServer::BODY_NOT_SET:
        break;
    }
    return fail(Errc::Malformed, "unknown message");
}

Result<ToClient> decodeToClient(ByteView bytes)
{
    pb::ToClient message;
    TEREN_CHECK(parse(bytes, message));
    switch (message.body_case()) {
    case pb::ToClient::kServerInfo:
        return readAs<ToClient, ServerInfo>(message.server_info());
    case pb::ToClient::kWorkspaceCreated:
        return readAs<ToClient, WorkspaceCreated>(message.workspace_created());
    case pb::ToClient::kGenesis:
        return readAs<ToClient, GenesisReply>(message.genesis());
    case pb::ToClient::kJoinTaken:
        return readAs<ToClient, JoinTaken>(message.join_taken());
    case pb::ToClient::kAnswer:
        return readAs<ToClient, Answer>(message.answer());
    case pb::ToClient::kStatementsResult:
        return readAs<ToClient, StatementsResult>(message.statements_result());
    case pb::ToClient::kReceipt:
        return readAs<ToClient, Receipt>(message.receipt());
    case pb::ToClient::kSegmentRefused:
        return readAs<ToClient, SegmentRefused>(message.segment_refused());
    case pb::ToClient::kPage:
        return readAs<ToClient, Page>(message.page());
    case pb::ToClient::kJoinRequests:
        return readAs<ToClient, JoinRequests>(message.join_requests());
    case pb::ToClient::kRefusal:
        return readAs<ToClient, Refusal>(message.refusal());
    case pb::ToClient::kConsistency:
        return readAs<ToClient, Consistency>(message.consistency());
    case pb::ToClient::kNeedWhole:
        return readAs<ToClient, NeedWhole>(message.need_whole());
    case pb::ToClient::kBlobStates:
        return readAs<ToClient, BlobStates>(message.blob_states());
    case pb::ToClient::kBlobData:
        return readAs<ToClient, BlobData>(message.blob_data());
    case pb::ToClient::kReplySeal:
        return readAs<ToClient, ReplySeal>(message.reply_seal());
    case pb::ToClient::kAppliedKept:
        return readAs<ToClient, AppliedKept>(message.applied_kept());
    case pb::ToClient::BODY_NOT_SET:
        break;
    }
    return fail(Errc::Malformed, "unknown message");
}

Result<Position> decodePosition(ByteView bytes)
{
    pb::Position message;
    TEREN_CHECK(parse(bytes, message));
    Position position;
    TEREN_CHECK(read(message, position));
    return position;
}

}  // namespace teren::wire
