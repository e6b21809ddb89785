// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

namespace teren::platform {

/// Under which addresses this computer can be called by others on its networks, as text without a port: IPv4
/// first, then IPv6. None that only this computer knows, or that means another one on every network
/// (loopback, link-local). Empty where there is no network, or the system does not say.
std::vector<std::string> networkAddresses();

}  // namespace teren::platform
