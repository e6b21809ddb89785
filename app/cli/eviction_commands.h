// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/cli/commands.h"

namespace teren::cli {

/// Under `case`: `evict`, `fetch`, `evicted`.
void addEvictionCommands(CLI::App& cases, Command& chosen);

}  // namespace teren::cli
