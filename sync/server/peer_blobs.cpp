// SPDX-License-Identifier: EUPL-1.2
#include "sync/server/blob_store.h"
#include "sync/server/peer_machine.h"

// Blobs: for readers of their space only. Nothing here can end a session in which records are exchanged.
namespace teren::server {

using wire::BlobCode;
using wire::RefusalCode;

std::optional<PeerMachine::Output> PeerMachine::refuseBlobs() const
{
    if (!device_ || astray_)
        return refuse(RefusalCode::OutOfTurn, After::Close);
    if (hub_.store().blobs() == nullptr)
        return refuse(RefusalCode::Malformed, After::Close);
    return std::nullopt;
}

bool PeerMachine::mayUse(const wire::BlobName& blob) const
{
    return device_ && workspace_->membership().canRead(*device_, blob.space);
}

/// @param failure  Of the store: the operator reads of it, the client goes on without the blob.
PeerMachine::Output PeerMachine::stateOf(const wire::BlobState& state, std::optional<Error> failure)
{
    return {.messages = {wire::BlobStates{{state}}}, .close = false, .failure = std::move(failure)};
}

PeerMachine::Output PeerMachine::answer(const wire::BlobQuery& request, Instant now)
{
    if (std::optional<Output> refused = refuseBlobs())
        return *std::move(refused);
    const DeviceId device = device_.value_or(DeviceId{});
    Output output;
    wire::BlobStates reply;
    for (const wire::BlobName& blob : request.blobs) {
        wire::BlobState state{blob.address, BlobCode::NotYours, 0};
        if (mayUse(blob)) {
            const Result<wire::BlobState> held
                = hub_.store().blobs()->held(workspace_->workspace(), blob, device, now);
            if (!held)
                output.failure = held.error();
            state = held.value_or(wire::BlobState{blob.address, BlobCode::NoRoom, 0});
        }
        reply.states.push_back(state);
    }
    output.messages.emplace_back(std::move(reply));
    return output;
}

PeerMachine::Output PeerMachine::answer(const wire::PutBlob& request, Instant now)
{
    if (std::optional<Output> refused = refuseBlobs())
        return *std::move(refused);
    if (!mayUse(request.blob))
        return stateOf({request.blob.address, BlobCode::NotYours, 0}, {});
    const Result<wire::BlobState> state
        = hub_.store().blobs()->put(workspace_->workspace(), device_.value_or(DeviceId{}), request, now);
    if (!state)
        return stateOf({request.blob.address, BlobCode::NoRoom, 0}, state.error());
    return stateOf(*state, {});
}

PeerMachine::Output PeerMachine::answer(const wire::GetBlob& request, Instant)
{
    if (std::optional<Output> refused = refuseBlobs())
        return *std::move(refused);
    const Hash& address = request.blob.address;
    if (!mayUse(request.blob))
        return stateOf({address, BlobCode::NotYours, 0}, {});
    Result<std::optional<BlobStore::Part>> part
        = hub_.store().blobs()->part(workspace_->workspace(), request.blob, request.offset, request.length);
    if (!part)
        return stateOf({address, BlobCode::Absent, 0}, part.error());
    std::optional<BlobStore::Part>& found = *part;
    if (!found)
        return stateOf({address, BlobCode::Absent, 0}, {});
    return {
        .messages = {wire::BlobData{address, found->size, request.offset, std::move(found->data)}},
        .close = false,
        .failure = {}};
}

}  // namespace teren::server
