// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/result.h"

#include <filesystem>

namespace teren::platform {

/// Where programs of this user keep what is not for looking at (XDG Base Directory Specification:
/// XDG_DATA_HOME, or
/// ".local/share" in the home folder). @return `NotFound` if the environment names neither.
Result<std::filesystem::path> dataFolder();

}  // namespace teren::platform
