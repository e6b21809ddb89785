// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/cli/session.h"

#include <istream>
#include <ostream>

namespace teren::cli {

/// Runs the commands of `lines`, one a line with shell quoting, and writes one JSON value a line. The vault
/// is unlocked once. Empty lines and comments are passed over.
/// Ends at the first error, and at the first answer that `out` does not take: what a command made is known by
/// its answer alone.
/// @return the error, its detail beginning with "line N: "; what the lines before it saved stays saved.
Status runBatch(Session& session, std::istream& lines, std::ostream& out);

/// Runs one line of such a file, beside other work; see `Command`. @return whether it held a command.
Result<bool> runLine(Session& session, const std::string& line, std::ostream& out);

}  // namespace teren::cli
