// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/cli/commands.h"

namespace teren::cli {

/// `peer …`: two laptops in one room.
void addPeerCommands(CLI::App& app, Command& chosen);

}  // namespace teren::cli
