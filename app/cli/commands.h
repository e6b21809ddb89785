// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/cli/json.h"
#include "app/cli/session.h"

#include <CLI/CLI.hpp>

#include <functional>

namespace teren::cli {

/// What a parsed command line wants done; null when it was no command.
using Command = std::function<Result<Json>(Session&)>;

/// Teaches `app` every command that works on one profile. After parsing, `chosen` holds the one that was
/// given. The table of commands is in README.md; it is a contract.
void addCommands(CLI::App& app, Command& chosen);

/// What is wrong with a command line, in one sentence without its full stop.
std::string usageSentence(const CLI::App& app, const CLI::ParseError& error);

/// Parses one command and its arguments as a line of a batch holds them.
/// @return `Invalid` with the parser's sentence.
Result<Command> parseCommand(std::vector<std::string> words);

}  // namespace teren::cli
