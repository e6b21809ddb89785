// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/carrier/delivery_proof.h"

namespace teren::carrier {

/// As protobuf `DeliveryTold`.
Bytes encodeTold(const DeliveryTold& told);
/// @return `Malformed`, also for a text of more than one line; `TooNew`.
Result<DeliveryTold> decodeTold(ByteView bytes);

}  // namespace teren::carrier
