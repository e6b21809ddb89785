// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/random.h"
#include "crypto/base/result.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <functional>

namespace teren::server {

/// What an operator asked for instead of serving.
using AdminCommand = std::function<Status(RandomSource& random)>;

/// Teaches `app` the commands that work on a server's folder, beside a server that may be running. They are
/// described in packaging/docs/operator.md. After parsing, `chosen` holds the one that was given, if any.
/// @param data  Filled by parsing; outlives `chosen`.
void addAdminCommands(CLI::App& app, const std::filesystem::path& data, AdminCommand& chosen);

}  // namespace teren::server
