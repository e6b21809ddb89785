// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/id.h"

namespace teren {

/// One vault on one device, drawn at its creation. Every sealed byte of the profile is bound to it, so that
/// nothing of another vault opens here, were the keys the same.
using VaultId = Id<struct VaultTag, 16>;

}  // namespace teren
