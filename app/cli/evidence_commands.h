// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/cli/commands.h"

namespace teren::cli {

/// `evidence export` and `evidence check`.
void addEvidenceCommands(CLI::App& app, Command& chosen);

}  // namespace teren::cli
