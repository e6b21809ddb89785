// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/cli/commands.h"

namespace teren::cli {

/// `record freeze` and `record versions`, for `addCommands`.
void addVersionCommands(CLI::App& records, Command& chosen);

}  // namespace teren::cli
