// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/cli/commands.h"

namespace teren::cli {

/// Teaches `app` the commands about the ways into a profile: passphrase, recovery code, slots.
void addKeyCommands(CLI::App& app, Command& chosen);

}  // namespace teren::cli
