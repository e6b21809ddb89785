// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/cli/commands.h"

namespace teren::cli {

/// `server keys`: by which keys the server proves itself here, and accepting others.
void addServerCommands(CLI::App& app, Command& chosen);

}  // namespace teren::cli
