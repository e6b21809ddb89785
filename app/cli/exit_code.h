// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/error.h"

namespace teren::cli {

/// What `terenctl` ends with. Scripts depend on the numbers.
enum class ExitCode : int {
    Done = 0,
    Usage = 1,
    Refused = 2,  ///< Refused or invalid input.
    Locked = 3,   ///< Locked or wrong passphrase.
    Unreachable = 4,
    Damaged = 5,  ///< Damaged or tampered data.
    Busy = 6,     ///< This profile is open in another program.
};

ExitCode exitCodeFor(Errc code);

/// One line: what is wrong, that nothing was lost, what to do. Where no server is meant, an `Unreachable`
/// whose detail ends with a full stop says all of that itself.
std::string sentenceFor(const Error& error);

}  // namespace teren::cli
