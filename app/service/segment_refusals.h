// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/wire/messages.h"

#include <map>
#include <string_view>

namespace teren::service {

/// Why a server did not take a segment, as scripts read it: "no-room" and the like.
std::string_view identifierOf(wire::SegmentRefusal code);

/// How many segments a server did not take, by its reasons.
using RefusedByServer = std::map<wire::SegmentRefusal, std::uint64_t>;

/// Of all reasons together.
std::uint64_t countOf(const RefusedByServer& refused);

}  // namespace teren::service
