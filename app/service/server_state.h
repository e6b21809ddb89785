// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/values.h"
#include "app/store/key_value.h"

namespace teren::service {

/// Remembers across programs how the last attempt to reach the server ended: `terenctl status` tells it
/// without a network. `nextAttempt` empty: nothing is scheduled.
Status writeServerState(
    store::KeyValue& settings, ServerState state, const std::optional<Instant>& nextAttempt);
/// With what the server ended the last session that it answered; nothing once it has answered better.
Status writeServerRefusal(store::KeyValue& settings, const std::optional<ServerRefusal>& refusal);
Result<std::optional<ServerRefusal>> readServerRefusal(store::KeyValue& settings);
/// Fills `status.server`, `status.serverRefusal` and `status.nextAttempt`; leaves them as they are if nothing
/// was ever tried.
Status readServerState(store::KeyValue& settings, SyncStatus& status);

/// "ok", "unreachable", "went-back", "forked", "refused"; "unknown" before the first attempt.
std::string_view identifierOf(ServerState state);

}  // namespace teren::service
