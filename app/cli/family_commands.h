// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/cli/commands.h"

namespace teren::cli {

/// `case suggestions`, `same`, `not-same`, `unlink`, `family` and `families`, for `addCommands`.
void addFamilyCommands(CLI::App& cases, Command& chosen);

}  // namespace teren::cli
