// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/result.h"

#include <cstdint>
#include <string>

namespace teren::net {

/// Where a server listens: a host name or an address, and a port.
struct Address {
    std::string host;
    std::uint16_t port = 0;

    /// Reads "host:port", "192.0.2.1:port" or "[2001:db8::1]:port". @return `Invalid` for anything else.
    static Result<Address> parse(std::string_view text);
    /// The same text again.
    std::string text() const;
    friend bool operator==(const Address&, const Address&) = default;
};

}  // namespace teren::net
