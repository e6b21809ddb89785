// SPDX-License-Identifier: EUPL-1.2
#include "app/platform/network_addresses.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <bit>
#include <ifaddrs.h>
#include <memory>
#include <net/if.h>
#include <netinet/in.h>

namespace teren::platform {
namespace {

/// The text of an address that others can use; empty for any other.
std::string textOf(const sockaddr& address)
{
    std::array<char, INET6_ADDRSTRLEN> text{};
    const void* bytes = nullptr;
    if (address.sa_family == AF_INET) {
        const auto* v4 = std::bit_cast<const sockaddr_in*>(&address);
        constexpr std::uint32_t kLinkLocal = 0xA9FE0000;  // 169.254.0.0/16, RFC 3927.
        if ((ntohl(v4->sin_addr.s_addr) & 0xFFFF0000U) != kLinkLocal)
            bytes = &v4->sin_addr;
    } else if (address.sa_family == AF_INET6) {
        const auto* v6 = std::bit_cast<const sockaddr_in6*>(&address);
        if (!IN6_IS_ADDR_LINKLOCAL(&v6->sin6_addr))
            bytes = &v6->sin6_addr;
    }
    if (bytes == nullptr || inet_ntop(address.sa_family, bytes, text.data(), text.size()) == nullptr)
        return {};
    return text.data();
}

}  // namespace

std::vector<std::string> networkAddresses()
{
    ifaddrs* first = nullptr;
    if (getifaddrs(&first) != 0)
        return {};
    const std::unique_ptr<ifaddrs, decltype(&freeifaddrs)> all(first, &freeifaddrs);
    std::vector<std::string> addresses;
    for (const ifaddrs* at = first; at != nullptr; at = at->ifa_next) {
        const bool isUsable
            = at->ifa_addr != nullptr && (at->ifa_flags & IFF_UP) != 0 && (at->ifa_flags & IFF_LOOPBACK) == 0;
        if (std::string text = isUsable ? textOf(*at->ifa_addr) : std::string(); !text.empty())
            addresses.push_back(std::move(text));
    }
    const auto isLong = [](const std::string& text) { return text.find(':') != std::string::npos; };
    std::ranges::sort(
        addresses, {}, [&isLong](const std::string& text) { return std::pair(isLong(text), text); });
    return addresses;
}

}  // namespace teren::platform
