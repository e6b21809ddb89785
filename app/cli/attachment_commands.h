// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/cli/commands.h"

namespace teren::cli {

/// Teaches `app` the commands of attachments: see `addCommands`.
void addAttachments(CLI::App& app, Command& chosen);

}  // namespace teren::cli
