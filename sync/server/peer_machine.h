// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/sign/hash.h"
#include "sync/server/page_stream.h"
#include "sync/server/upload_queue.h"

#include <deque>
#include <functional>

namespace teren::server {

/// What the store keeps of a token.
Hash hashOfToken(ByteView token);

/// The server's half of one connection, as a pure function of what came in and when. It opens no socket and
/// reads no clock; it works on the store through the hub.
///
///     Unknown --Open, proven--> Open: Answer, then pages on demand, receipts, pushes
///        |                |  ^
///        |  a position of | |
///        |  another log   v | Refresh from one of this log
///        |              Astray: proofs of past heads and statements are taken, so that the client finds
///        where |              the logs part and gives back what this one lost; nothing else is. |
///        ServerInfo, CreateWorkspace, Genesis, JoinSubmit: answered without a proof, a few a connection
///
/// The driver hands in every message, calls `flush` when no further one is at hand, and while it has room to
/// send takes `nextPage` if there is one, else `look`. A refusal is a code, never a text.
class PeerMachine final : private WorkspaceHub::Listener {
public:
    /// Requests that a connection may make before it opens a session.
    static constexpr unsigned kUnprovenMax = 32;
    /// Questions that may wait for the pages under way to end.
    static constexpr std::size_t kDeferredMax = 4;

    struct Output {
        std::vector<wire::ToClient> messages;
        /// After the messages. Nothing may be asked of the machine again but `lost`.
        bool close = false;
        /// The store failed: for the operator's log.
        std::optional<Error> failure;
    };

    /// @param hub       Outlives this object.
    /// @param exporter  Of this connection's TLS session, label EXPORTER-teren-device-proof.
    /// @param onMoved   Called when others have written; call `look` soon, but not inside. May be empty.
    PeerMachine(Hub& hub, const Hash& exporter, std::function<void()> onMoved = {});
    PeerMachine(const PeerMachine&) = delete;
    PeerMachine& operator=(const PeerMachine&) = delete;
    ~PeerMachine() override;

    Output received(const wire::ToServer& message, Instant now) { return sealed(take(message, now)); }
    /// Commits the segments that have come in whole and receipts them.
    Output flush(Instant now) { return sealed(commit(now)); }
    /// Whether `nextPage` has one, or a further answer with statements.
    bool hasPages() const { return stream_.active() || moreStatements_; }
    /// After the last page the answers to questions that came meanwhile follow.
    Output nextPage(Instant now) { return sealed(stream(now)); }
    /// What others have written since, as an answer and pages to come. Nothing if nothing moved.
    Output look(Instant now) { return sealed(news(now)); }
    /// The line is down. The machine can be destroyed.
    void lost(Instant now);

    /// Unproven sessions have none.
    std::optional<DeviceId> device() const override { return device_; }

private:
    enum class After : std::uint8_t { GoOn, Close };
    static Output refuse(wire::RefusalCode code, After after);
    /// What the client is told when the store has failed.
    static Output failed(const Error& error);
    static void append(Output& output, Output&& more);
    bool mayAskUnproven();
    void workspaceMoved() override;
    void handOver(Instant now) override;

    Output take(const wire::ToServer& message, Instant now);
    Output commit(Instant now);
    Output stream(Instant now);
    Output page(Instant now);
    Output furtherAnswer(Instant now);
    Output news(Instant now);
    /// In a session for a ticket, notes what is sent and signs for it where that is asked.
    Output sealed(Output output);
    /// Whether a session may ask this: one for a ticket may do less.
    bool mayAsk(const wire::ToServer& message) const;

    Output answer(const wire::ServerInfoRequest& request, Instant now);
    Output answer(const wire::CreateWorkspace& request, Instant now);
    Output answer(const wire::GenesisRequest& request, Instant now);
    Output answer(const wire::JoinSubmit& request, Instant now);
    Output answer(const wire::Open& request, Instant now);
    Output answer(const wire::Refresh& request, Instant now);
    Output answer(const wire::SubmitStatements& request, Instant now);
    Output answer(const wire::PutSegment& request, Instant now);
    Output answer(const wire::JoinRequestsQuery& request, Instant now);
    Output answer(const wire::ConsistencyQuery& request, Instant now);
    Output answer(const wire::BlobQuery& request, Instant now);
    Output answer(const wire::PutBlob& request, Instant now);
    Output answer(const wire::GetBlob& request, Instant now);
    Output answer(const wire::TellApplied& request, Instant now);
    std::optional<Output> refuseBlobs() const;
    bool mayUse(const wire::BlobName& blob) const;
    static Output stateOf(const wire::BlobState& state, std::optional<Error> failure);
    Output answer(const wire::Present& request, Instant now);
    Output answer(const wire::Finish& request, Instant now);

    Output dispatch(const wire::ToServer& message, Instant now);
    /// Why `position` cannot be gone on from, if it cannot.
    Result<std::optional<wire::Refusal>> checkPosition(const wire::Position& position) const;
    Output answerFrom(const wire::Position& position, Instant now);
    Output sendAstray(const wire::Position& position, const wire::Refusal& refusal);
    /// What the client lacks, and starts the pages if any follow.
    Result<wire::Answer> compose(Instant now);
    Status bringStatements(wire::Answer& answer);
    Status bringHead(std::optional<wire::SignedHead>& head, std::vector<Hash>& consistency, Instant now);
    Status startPages(wire::Answer& answer);
    Result<std::uint64_t> sizeAbove(const Cursors& cursors);
    Status bringApplied(wire::Answer& answer);
    Result<wire::Receipt> receipt(const std::vector<wire::Numbered>& numbered, Instant now);
    Output moved();
    Status dropAnsweredJoins(std::span<const ledger::SignedStatement> statements);
    bool isMember() const;
    std::uint64_t keysHeight() const;

    Hub& hub_;
    Hash exporter_;
    std::function<void()> onMoved_;
    unsigned unproven_ = 0;

    /// Of a session that somebody carries for a device.
    struct Carried {
        Hash ticket{};
        Hasher sent;               ///< Every message, framed.
        std::uint64_t height = 0;  ///< Of the members' log that the device has.
    };
    std::optional<Carried> carried_;

    std::shared_ptr<WorkspaceHub> workspace_;  ///< With a session; shared with the others of the workspace.
    std::optional<DeviceId> device_;
    /// Of the protocol in this session. What is carried is read by a program that made no offer: the oldest.
    std::uint32_t version_ = wire::kOldestVersion;
    std::optional<UploadQueue> uploads_;
    PageStream stream_;
    /// Where the client takes itself to be: as it said, moved on by what this session sent.
    Cursors told_;
    ledger::TreeHead headBrought_;  ///< The newest head that the client has.
    std::uint64_t peaksOf_ = 0;  ///< The client knows the peaks of the log of this size: see `wire::shorten`.
    std::uint64_t safeBrought_ = 0;                   ///< `Head::safe` as the client knows it.
    std::uint64_t heightBrought_ = 0;                 ///< The same for the members' log.
    std::size_t statementsMax_ = limits::kFirstPage;  ///< Bytes of them in the next answer.
    bool moreStatements_ = false;                     ///< They go as further answers.
    std::uint64_t heightStreamed_ = 0;  ///< What was granted up to here is in `told_` or was sent as pages.
    std::uint64_t appliedFrom_ = 0;  ///< Of others' applied words the first that it lacks; 0: it wants none.
    std::set<std::uint64_t> receipted_;  ///< Numbers above `told_` that this session uploaded.
    /// Questions that came while pages were on their way: an answer in between would cut them off.
    std::deque<wire::ToServer> deferred_;
    bool moved_ = false;
    /// No position of the client's has been taken yet, or the last was not: its log is another than ours.
    bool astray_ = false;
};

}  // namespace teren::server
