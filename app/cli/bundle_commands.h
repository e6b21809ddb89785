// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/cli/commands.h"

namespace teren::cli {

/// `bundle …`: files that people carry where no network reaches.
void addBundleCommands(CLI::App& app, Command& chosen);

}  // namespace teren::cli
