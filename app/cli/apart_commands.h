// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/cli/commands.h"

namespace teren::cli {

/// `waiting`, `void`, `voided`, `adopt`: work that is missing, and work that does not count.
void addApartCommands(CLI::App& app, Command& chosen);

}  // namespace teren::cli
