// SPDX-License-Identifier: EUPL-1.2
#pragma once

// The one place that says how this project uses Asio: included by few .cpp files, because it is slow to
// compile. Debian 12 ships 1.22, which has `as_tuple` only under `experimental` and no `cancel_after`:
// `Connection` keeps its own deadlines. A standard header comes first: see asio_impl.cpp.
#include <version>

#include <asio/awaitable.hpp>
#include <asio/co_spawn.hpp>
#include <asio/experimental/as_tuple.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/ssl/context.hpp>
#include <asio/steady_timer.hpp>
#include <asio/use_awaitable.hpp>

namespace teren::net {

/// Reports failure in the awaited tuple. A dropped line is daily life here, not an exception.
inline constexpr auto kNoThrow = asio::experimental::as_tuple(asio::use_awaitable);

}  // namespace teren::net
