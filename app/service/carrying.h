// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/bundles.h"
#include "app/store/workspace_store.h"
#include "sync/carrier/reply.h"
#include "sync/carrier/verify.h"

#include <set>

// What files and lines between colleagues have in common.
namespace teren::service {

/// Lets others carry for this device as it stands.
Result<carrier::SignedTicket> ticketOf(store::WorkspaceStore& store, Instant now, std::chrono::hours life);

/// What this device holds, the first of it what the server may lack, as much as a bundle can hold.
/// @param all  What the server has confirmed, as well.
Result<carrier::Bundle> bundleOf(
    store::WorkspaceStore& store, Instant now, std::chrono::hours life, bool all);

/// Of a device's bundle: what a colleague's device may read, as it is told what there is.
std::vector<Hash> offerTo(
    const DeviceId& peer, const carrier::Bundle& all, const ledger::Membership& membership);
/// Of a device's bundle: what a colleague's device may read and has not. The ticket names a carrier that
/// there is not: it proves who made the bundle, and opens nothing at the server.
Result<carrier::Bundle> bundleFor(
    const DeviceId& peer, const std::set<Hash>& has, const carrier::Bundle& all,
    const store::WorkspaceStore& store, RandomSource& random);

/// Takes in what was verified: membership first, then segments, a transaction a batch. Adds to `report`.
Status applyVerified(store::WorkspaceStore& store, carrier::Verified verified, ImportReport& report);

/// Takes in what the server answered to somebody who carried for this device. Adds to `report`.
/// @return `Refused` for another device's, or one that an older state of this device had asked for; `Forged`.
Status applyReply(
    store::WorkspaceStore& store, const carrier::Reply& reply, Instant now, ImportReport& report);

}  // namespace teren::service
