// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/wire/messages.h"

namespace teren::engine {

/// What a person can act on, for each reason that a server gives a device in a session. Who asks something
/// else words its own reasons and leaves the rest to this.
Error errorOf(wire::RefusalCode code);

}  // namespace teren::engine
