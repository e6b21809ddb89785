// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <string>

namespace teren::platform {

/// The number by which the system knows this process.
std::int64_t processId();

/// The file name of the running program, for example `terenctl`.
std::string programName();

}  // namespace teren::platform
