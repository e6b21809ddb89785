// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/result.h"
#include "sync/net/asio_fwd.h"

namespace teren::net {

/// Runs `work`, and what it begins on `io`, on this thread until there is nothing left to do.
/// @return what `work` ended with; `Unreachable` if it did not begin. An exception in it is thrown on.
Status runToEnd(asio::io_context& io, asio::awaitable<Status> work);

}  // namespace teren::net
