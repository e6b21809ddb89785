// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/workspace_store.h"
#include "sync/carrier/delivery_proof.h"

namespace teren::service {

/// What the receipts on this device prove of its work in one case under the log that the server shows now:
/// all of a statement of delivery but names, kinds and what is not confirmed.
/// @return `NotFound` for a case that is not here, `Refused` before this device is a member.
Result<carrier::DeliveryProof> proveDelivery(store::WorkspaceStore& store, const SpaceId& caseId);

}  // namespace teren::service
