// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/carrier/bundle.h"
#include "sync/wire/messages.h"

namespace teren::carrier {

/// The messages of a reply, if they are all that the server sent for this ticket, in its order.
/// @return `Forged` unless the seal at its end says so; `Malformed`.
Result<std::vector<wire::ToClient>> openReply(const Reply& reply, const VerifyKey& receiptKey);

}  // namespace teren::carrier
