// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"

#include <vector>

namespace teren::store {

class Core;

/// Keeps the complete subtrees of the log under the newest head, largest first. They belong to that head and
/// no other, so whatever moves the head need not forget them.
Status keepPeaks(Core& core, const std::vector<Hash>& peaks);
/// @return what was kept, if it makes the root of the newest head; else nothing.
Result<std::vector<Hash>> peaksOfHead(Core& core);

}  // namespace teren::store
