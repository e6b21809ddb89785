// SPDX-License-Identifier: EUPL-1.2
#include "sync/carrier/ticket.h"
#include "sync/server/peer_machine.h"
#include "sync/wire/frame.h"

// Sessions of those who carry for a device: as its own, against its ticket, and sealed at the end.
namespace teren::server {

using wire::RefusalCode;

bool PeerMachine::mayAsk(const wire::ToServer& message) const
{
    return !carried_ || std::holds_alternative<wire::PutSegment>(message)
        || std::holds_alternative<wire::Refresh>(message)
        || std::holds_alternative<wire::SubmitStatements>(message)
        || std::holds_alternative<wire::Finish>(message);
}

PeerMachine::Output PeerMachine::answer(const wire::Present& request, Instant now)
{
    if (device_)
        return refuse(RefusalCode::OutOfTurn, After::Close);
    if (request.versions.min > wire::kNewestVersion || request.versions.max < wire::kOldestVersion)
        return refuse(RefusalCode::Version, After::Close);
    const Result<carrier::SignedTicket> signedTicket = carrier::decodeSignedTicket(request.ticket);
    if (!signedTicket)
        return refuse(RefusalCode::Malformed, After::Close);
    const Result<carrier::Ticket> ticket = carrier::decodeTicket(*signedTicket);
    if (!ticket)
        return refuse(RefusalCode::Malformed, After::Close);
    Result<std::shared_ptr<WorkspaceHub>> workspace = hub_.find(ticket->workspace);
    if (!workspace && workspace.error().code == Errc::NotFound)
        return refuse(RefusalCode::UnknownWorkspace, After::Close);
    if (!workspace)
        return failed(workspace.error());
    const ledger::Membership::Device* device = (*workspace)->membership().find(ticket->device);
    if (device == nullptr || !device->isMember())
        return refuse(RefusalCode::NotAMember, After::Close);
    if (const Status counts = carrier::checkTicket(*signedTicket, device->statement.signKey, now); !counts)
        return refuse(
            counts.error().code == Errc::Forged ? RefusalCode::BadProof : RefusalCode::BadToken,
            After::Close);
    const std::optional<VerifyKey> named = ticket->carrier;
    const Bytes proof = wire::presentMessage(exporter_, signedTicket->id());
    const Signature shown = request.signature.value_or(Signature{});
    if (named && !verify(*named, "teren.carrier.v1", proof, shown))
        return refuse(RefusalCode::BadProof, After::Close);
    const Result<wire::Position> position = wire::decodePosition(ticket->position);
    if (!position)
        return refuse(RefusalCode::Malformed, After::Close);

    workspace_ = *std::move(workspace);
    workspace_->subscribe(*this);
    device_ = ticket->device;
    carried_ = Carried{signedTicket->id(), {}, position->membershipHeight};
    uploads_.emplace(*workspace_, *device_);
    headBrought_ = position->head;
    return answerFrom(*position, now);
}

/// The signature is set where the message goes out, over all that went before it.
PeerMachine::Output PeerMachine::answer(const wire::Finish&, Instant)
{
    if (!carried_)
        return refuse(RefusalCode::OutOfTurn, After::Close);
    return {.messages = {wire::ReplySeal{}}, .close = true, .failure = {}};
}

PeerMachine::Output PeerMachine::sealed(Output output)
{
    if (!carried_)
        return output;
    for (wire::ToClient& message : output.messages) {
        if (auto* seal = std::get_if<wire::ReplySeal>(&message)) {
            Bytes text = toBytes(carried_->ticket);
            const Hash sent = carried_->sent.finish();
            text.insert(text.end(), sent.begin(), sent.end());
            seal->signature = workspace_->receiptKeyAt(keysHeight()).sign("teren.reply.v1", text);
        } else if (const Result<Bytes> framed = wire::frame(wire::encode(message))) {
            carried_->sent.add(*framed);
        }
    }
    return output;
}

}  // namespace teren::server
