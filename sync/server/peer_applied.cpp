// SPDX-License-Identifier: EUPL-1.2
#include "crypto/base/limits.h"
#include "sync/server/peer_machine.h"

// What devices say that they have applied: kept as it comes, the newest of each, and handed to those readers
// of the space who have written there. Nothing here can end a session in which records are exchanged.
namespace teren::server {

using wire::RefusalCode;

PeerMachine::Output PeerMachine::answer(const wire::TellApplied& request, Instant)
{
    if (!device_ || astray_)
        return refuse(RefusalCode::OutOfTurn, After::Close);
    std::vector<ledger::AppliedWord> good;
    for (const ledger::AppliedWord& word : request.words)
        if (word.device == *device_ && ledger::verifyApplied(word, workspace_->membership()))
            good.push_back(word);
    wire::AppliedKept reply;
    const Status kept = good.empty() ? Status{} : workspace_->keepApplied(good, this);
    if (kept)
        reply.kept = static_cast<std::uint32_t>(good.size());
    Output output{.messages = {reply}, .close = false, .failure = {}};
    if (!kept && kept.error().code != Errc::DiskFull)
        output.failure = kept.error();
    return output;
}

/// What others say, as far as this client asked and may read it. What does not fit comes with a later answer.
Status PeerMachine::bringApplied(wire::Answer& answer)
{
    answer.features |= wire::kKeepsApplied;
    if (appliedFrom_ == 0)
        return {};
    if (answer.moreStatements) {  // It may not know yet who speaks.
        answer.appliedSerial = appliedFrom_ - 1;
        return {};
    }
    TEREN_TRY(answer.appliedSerial, hub_.store().appliedSerial(workspace_->workspace()));
    // One that knows later words than there are has met a younger store: it gets all of them.
    const std::uint64_t from = appliedFrom_ > answer.appliedSerial + 1 ? 1 : appliedFrom_;
    TEREN_TRY(
        ServerStore::KeptWords kept,
        hub_.store().applied(workspace_->workspace(), *device_, from, limits::kAppliedBytesPerMessage));
    const ledger::Membership& membership = workspace_->membership();
    for (ledger::AppliedWord& word : kept.words)
        if (membership.canRead(*device_, word.space) && ledger::mayKeepApplied(word, membership))
            answer.applied.push_back(std::move(word));
    answer.appliedSerial = kept.upTo;
    appliedFrom_ = kept.upTo + 1;
    return {};
}

}  // namespace teren::server
