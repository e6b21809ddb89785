// SPDX-License-Identifier: EUPL-1.2
#include "crypto/sign/hash.h"
#include "sync/ledger/bigendian.h"
#include "sync/ledger/proto_field.h"
#include "sync/wire/messages.h"
#include "sync/wire/messages.pb.h"

namespace teren::wire {
namespace {

using ledger::bytesFrom;
using ledger::textFrom;

template <typename Hashes>
void writeHashes(const std::vector<Hash>& hashes, Hashes& out)
{
    out.Reserve(static_cast<int>(hashes.size()));
    for (const Hash& hash : hashes)
        *out.Add() = textFrom(hash);
}

void write(const SignedStatement& statement, pb::SignedStatement& out)
{
    out.set_body(textFrom(statement.body));
    out.set_device(textFrom(statement.device.bytes));
    out.set_signature(textFrom(statement.signature));
}

template <typename Statements>
void writeStatements(const std::vector<SignedStatement>& statements, Statements& out)
{
    for (const SignedStatement& statement : statements)
        write(statement, *out.Add());
}

void write(const SignedHead& head, pb::SignedHead& out)
{
    out.set_body(textFrom(head.body));
    out.set_signature(textFrom(head.signature));
}

void write(const BlobName& blob, pb::BlobName& out)
{
    out.set_space(textFrom(blob.space.bytes));
    out.set_address(textFrom(blob.address));
}

void write(const ledger::ShortHeader& head, pb::ShortHeader& out)
{
    out.set_space(textFrom(head.space.bytes));
    out.set_life(head.life);
    out.set_first_seq(head.firstSeq);
    out.set_count(head.count);
    out.set_epoch(head.epoch);
    out.set_membership_height(head.membershipHeight);
    out.set_plain_size_bound(head.plainSizeBound);
    out.set_signature(textFrom(head.signature));
}

template <typename Words>
void writeWords(const std::vector<ledger::AppliedWord>& words, Words& out)
{
    for (const ledger::AppliedWord& word : words) {
        pb::AppliedWord& item = *out.Add();
        item.set_space(textFrom(word.space.bytes));
        item.set_device(textFrom(word.device.bytes));
        item.set_epoch(word.epoch);
        item.set_box(textFrom(word.box));
        item.set_signature(textFrom(word.signature));
    }
}

/// Fills one `pb::ToServer`; one overload for each message.
struct ToServerWriter {
    pb::ToServer& out;

    void operator()(const ServerInfoRequest&) const { out.mutable_server_info(); }
    void operator()(const CreateWorkspace& message) const
    {
        pb::CreateWorkspace& body = *out.mutable_create_workspace();
        body.set_token(textFrom(message.token));
        writeStatements(message.statements, *body.mutable_statements());
    }
    void operator()(const GenesisRequest& message) const
    {
        out.mutable_genesis()->set_workspace(textFrom(message.workspace.bytes));
    }
    void operator()(const JoinSubmit& message) const
    {
        pb::JoinSubmit& body = *out.mutable_join();
        body.set_workspace(textFrom(message.workspace.bytes));
        body.set_invitation(textFrom(message.invitation.bytes));
        body.set_request(textFrom(message.request));
    }
    void operator()(const Open& message) const
    {
        pb::Open& body = *out.mutable_open();
        body.set_version_min(message.versions.min);
        body.set_version_max(message.versions.max);
        body.set_workspace(textFrom(message.workspace.bytes));
        body.set_device(textFrom(message.device.bytes));
        body.set_position(textFrom(message.position));
        body.set_signature(textFrom(message.signature));
    }
    void operator()(const Refresh& message) const
    {
        out.mutable_refresh()->set_position(textFrom(encode(message.position)));
    }
    void operator()(const SubmitStatements& message) const
    {
        writeStatements(message.statements, *out.mutable_submit_statements()->mutable_statements());
    }
    void operator()(const PutSegment& message) const
    {
        pb::PutSegment& body = *out.mutable_put_segment();
        body.set_header(textFrom(message.header));
        body.set_offset(message.offset);
        body.set_data(textFrom(message.data));
        if (message.shortHeader)
            write(*message.shortHeader, *body.mutable_short_header());
        body.set_peaks_of(message.peaksOf);
    }
    void operator()(const JoinRequestsQuery& message) const
    {
        pb::JoinRequestsQuery& body = *out.mutable_join_requests();
        for (const InvitationId& invitation : message.invitations)
            body.add_invitations(textFrom(invitation.bytes));
    }
    void operator()(const ConsistencyQuery& message) const
    {
        pb::ConsistencyQuery& body = *out.mutable_consistency();
        for (const std::uint64_t size : message.treeSizes)
            body.add_tree_sizes(size);
    }
    void operator()(const BlobQuery& message) const
    {
        pb::BlobQuery& body = *out.mutable_blob_query();
        for (const BlobName& blob : message.blobs)
            write(blob, *body.add_blobs());
    }
    void operator()(const PutBlob& message) const
    {
        pb::PutBlob& body = *out.mutable_put_blob();
        write(message.blob, *body.mutable_blob());
        body.set_size(message.size);
        body.set_offset(message.offset);
        body.set_data(textFrom(message.data));
    }
    void operator()(const GetBlob& message) const
    {
        pb::GetBlob& body = *out.mutable_get_blob();
        write(message.blob, *body.mutable_blob());
        body.set_offset(message.offset);
        body.set_length(message.length);
    }
    void operator()(const Present& message) const
    {
        pb::Present& body = *out.mutable_present();
        body.set_version_min(message.versions.min);
        body.set_version_max(message.versions.max);
        body.set_ticket(textFrom(message.ticket));
        if (message.signature)
            body.set_signature(textFrom(*message.signature));
    }
    void operator()(const Finish&) const { out.mutable_finish(); }
    void operator()(const TellApplied& message) const
    {
        writeWords(message.words, *out.mutable_tell_applied()->mutable_words());
    }
};

/// Fills one `pb::ToClient`; one overload for each message.
struct ToClientWriter {
    pb::ToClient& out;

    void operator()(const ServerInfo& message) const
    {
        pb::ServerInfo& body = *out.mutable_server_info();
        body.set_receipt_key(textFrom(message.receiptKey));
        body.set_version_min(message.versions.min);
        body.set_version_max(message.versions.max);
    }
    void operator()(const ReplySeal& message) const
    {
        out.mutable_reply_seal()->set_signature(textFrom(message.signature));
    }
    void operator()(const AppliedKept& message) const { out.mutable_applied_kept()->set_kept(message.kept); }
    void operator()(const WorkspaceCreated&) const { out.mutable_workspace_created(); }
    void operator()(const GenesisReply& message) const
    {
        write(message.statement, *out.mutable_genesis()->mutable_statement());
    }
    void operator()(const JoinTaken&) const { out.mutable_join_taken(); }
    void operator()(const Answer& message) const
    {
        pb::Answer& body = *out.mutable_answer();
        body.set_version(message.version);
        if (message.head)
            write(*message.head, *body.mutable_head());
        writeHashes(message.consistency, *body.mutable_consistency());
        writeStatements(message.statements, *body.mutable_statements());
        body.set_more_statements(message.moreStatements);
        body.set_upload_have(message.uploadHave);
        body.set_own_ahead(message.ownAhead);
        body.set_to_receive(message.toReceive);
        body.set_features(message.features);
        writeWords(message.applied, *body.mutable_applied());
        body.set_applied_serial(message.appliedSerial);
    }
    void operator()(const StatementsResult& message) const
    {
        pb::StatementsResult& body = *out.mutable_statements_result();
        body.set_code(static_cast<std::uint32_t>(message.code));
        body.set_height(message.height);
        writeStatements(message.newer, *body.mutable_newer());
    }
    void operator()(const Receipt& message) const
    {
        pb::Receipt& body = *out.mutable_receipt();
        write(message.head, *body.mutable_head());
        writeHashes(message.consistency, *body.mutable_consistency());
        for (const Numbered& entry : message.entries) {
            pb::Numbered& item = *body.add_entries();
            item.set_number(entry.number);
            item.set_segment_hash(textFrom(entry.segment));
        }
        writeHashes(message.proof, *body.mutable_proof());
    }
    void operator()(const NeedWhole& message) const
    {
        out.mutable_need_whole()->set_name(textFrom(message.name));
    }
    void operator()(const SegmentRefused& message) const
    {
        pb::SegmentRefused& body = *out.mutable_segment_refused();
        body.set_segment_hash(textFrom(message.segment));
        body.set_code(static_cast<std::uint32_t>(message.code));
    }
    void operator()(const Page& message) const
    {
        pb::Page& body = *out.mutable_page();
        for (const Entry& entry : message.entries) {
            pb::Entry& item = *body.add_entries();
            item.set_number(entry.number);
            item.set_header(textFrom(entry.header));
            item.set_offset(entry.offset);
            item.set_data(textFrom(entry.data));
        }
        writeHashes(message.proof, *body.mutable_proof());
        body.set_cursor(message.cursor);
        body.set_last(message.last);
    }
    void operator()(const JoinRequests& message) const
    {
        pb::JoinRequests& body = *out.mutable_join_requests();
        for (const JoinRequests::Item& request : message.requests) {
            pb::JoinRequest& item = *body.add_requests();
            item.set_invitation(textFrom(request.invitation.bytes));
            item.set_request(textFrom(request.request));
        }
    }
    void operator()(const Refusal& message) const
    {
        pb::Refusal& body = *out.mutable_refusal();
        body.set_code(static_cast<std::uint32_t>(message.code));
        body.set_version_min(message.versions.min);
        body.set_version_max(message.versions.max);
        body.set_known_tree_size(message.knownTreeSize);
        body.set_known_height(message.knownHeight);
    }
    void operator()(const Consistency& message) const
    {
        pb::Consistency& body = *out.mutable_consistency();
        for (const Consistency::PastHead& head : message.heads) {
            pb::PastHead& item = *body.add_heads();
            item.set_tree_size(head.treeSize);
            writeHashes(head.proof, *item.mutable_proof());
        }
        if (message.head)
            write(*message.head, *body.mutable_head());
    }
    void operator()(const BlobStates& message) const
    {
        pb::BlobStates& body = *out.mutable_blob_states();
        for (const BlobState& state : message.states) {
            pb::BlobState& item = *body.add_states();
            item.set_address(textFrom(state.address));
            item.set_code(static_cast<std::uint32_t>(state.code));
            item.set_have(state.have);
        }
    }
    void operator()(const BlobData& message) const
    {
        pb::BlobData& body = *out.mutable_blob_data();
        body.set_address(textFrom(message.address));
        body.set_size(message.size);
        body.set_offset(message.offset);
        body.set_data(textFrom(message.data));
    }
};

}  // namespace

Bytes encode(const ToServer& message)
{
    pb::ToServer out;
    std::visit(ToServerWriter{out}, message);
    return bytesFrom(out.SerializeAsString());
}

Bytes encode(const ToClient& message)
{
    pb::ToClient out;
    std::visit(ToClientWriter{out}, message);
    return bytesFrom(out.SerializeAsString());
}

Bytes encode(const Position& position)
{
    pb::Position out;
    out.set_tree_size(position.head.size);
    out.set_root(textFrom(position.head.root));
    out.set_membership_height(position.membershipHeight);
    out.set_membership_hash(textFrom(position.membershipHash));
    out.set_cursor(position.cursor);
    for (const Position::SpaceCursor& exception : position.exceptions) {
        pb::SpaceCursor& item = *out.add_exceptions();
        item.set_space(textFrom(exception.space.bytes));
        item.set_cursor(exception.cursor);
    }
    if (position.uploading)
        out.set_uploading(textFrom(*position.uploading));
    out.set_partial_number(position.partialNumber);
    out.set_partial_size(position.partialSize);
    out.set_safe(position.safe);
    out.set_applied_from(position.appliedFrom);
    return bytesFrom(out.SerializeAsString());
}

Bytes presentMessage(const Hash& exporter, const Hash& ticketId)
{
    ledger::Writer out;
    out.raw(exporter).raw(ticketId);
    return out.take();
}

Bytes proofMessage(const Hash& exporter, const Open& open, const TreeHead& head)
{
    ledger::Writer out;
    out.raw(exporter).raw(open.workspace.bytes).raw(open.device.bytes).number(head.size).raw(head.root);
    out.number(open.versions.min).number(open.versions.max).raw(blake2b({open.position}));
    return out.take();
}

}  // namespace teren::wire
