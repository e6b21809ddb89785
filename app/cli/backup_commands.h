// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/cli/commands.h"

namespace teren::cli {

/// Teaches `app` to make, check and restore sealed backups.
void addBackupCommands(CLI::App& app, Command& chosen);

}  // namespace teren::cli
