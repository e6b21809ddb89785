// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/cli/commands.h"

namespace teren::cli {

/// Teaches `app` "changes": who changed what.
void addChangeCommands(CLI::App& app, Command& chosen);

/// "2026-11-22", "2026-11-22T14:02", "2026-11-22T14:02:03" or "2026-11-22T14:02:03.004", with "Z" behind or
/// not; UTC. @return `Invalid`.
Result<Instant> instantFrom(const std::string& text);

}  // namespace teren::cli
