// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/cli/commands.h"
#include "app/service/peer_sync.h"

namespace teren::cli {

/// `peer …`: two laptops in one room.
void addPeerCommands(CLI::App& app, Command& chosen);

/// What whoever waited is told when the other device's work has come and its own has not gone, or is not
/// known to have.
Error halfExchanged(const service::PeerReport& report);

}  // namespace teren::cli
