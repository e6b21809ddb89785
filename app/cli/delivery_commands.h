// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/cli/commands.h"

namespace teren::cli {

/// `delivery export` and `delivery check`.
void addDeliveryCommands(CLI::App& app, Command& chosen);

}  // namespace teren::cli
