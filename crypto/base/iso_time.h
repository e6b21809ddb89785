// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/clock.h"

#include <string>

namespace teren {

/// ISO 8601 in UTC with milliseconds: "2026-11-22T14:02:03.004Z".
std::string isoUtc(Instant instant);

}  // namespace teren
