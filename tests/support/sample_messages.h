// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/wire/messages.h"

#include <string>
#include <utility>
#include <vector>

namespace teren::test {

/// At least the smallest and a typical one of each message, by name. The same on every machine.
std::vector<std::pair<std::string, wire::ToServer>> sampleMessagesToServer();
std::vector<std::pair<std::string, wire::ToClient>> sampleMessagesToClient();
std::vector<std::pair<std::string, wire::Position>> samplePositions();

}  // namespace teren::test
