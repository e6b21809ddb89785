// SPDX-License-Identifier: EUPL-1.2
#include "sync/net/address.h"

#include <charconv>

namespace teren::net {
namespace {

/// A longer host name does not exist (RFC 1035).
constexpr std::size_t kHostMax = 253;

}  // namespace

Result<Address> Address::parse(std::string_view text)
{
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos)
        return fail(Errc::Invalid, "an address is HOST:PORT, and the port is missing");
    std::string_view host = text.substr(0, colon);
    const std::string_view port = text.substr(colon + 1);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']')
        host = host.substr(1, host.size() - 2);
    else if (host.find(':') != std::string_view::npos)
        return fail(Errc::Invalid, "an IPv6 address is written [ADDRESS]:PORT");
    if (host.empty() || host.size() > kHostMax || host.find_first_of(" \t[]/@") != std::string_view::npos)
        return fail(Errc::Invalid, "the address has no usable host");

    Address address{std::string(host), 0};
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
    if (error != std::errc() || end != port.data() + port.size())
        return fail(Errc::Invalid, "the port is a number from 0 to 65535");
    return address;
}

std::string Address::text() const
{
    const std::string number = std::to_string(port);
    return host.find(':') == std::string::npos ? host + ":" + number : "[" + host + "]:" + number;
}

}  // namespace teren::net
