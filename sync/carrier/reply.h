// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/carrier/bundle.h"
#include "sync/ledger/server_keys.h"
#include "sync/wire/messages.h"

#include <span>

namespace teren::carrier {

/// The messages of a reply, if they are all that the server sent for this ticket, in its order.
/// @param keys  Of the server, any of which may have sealed it.
/// @return `Forged` unless the seal at its end says so; `Malformed`.
Result<std::vector<wire::ToClient>> openReply(
    const Reply& reply, std::span<const ledger::ServerKeyPair> keys);

}  // namespace teren::carrier
