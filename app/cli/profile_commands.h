// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/cli/commands.h"

namespace teren::cli {

/// Teaches `app` to make profiles, and what the list of them shows.
void addProfileCommands(CLI::App& app, Command& chosen);

}  // namespace teren::cli
