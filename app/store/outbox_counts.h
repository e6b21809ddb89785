// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/core.h"

namespace teren::store {

/// How much of what was saved here the server has, and what came in that cannot take effect yet.
Result<OutboxCounts> countOutbox(Core& core);

}  // namespace teren::store
