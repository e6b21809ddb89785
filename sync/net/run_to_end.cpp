// SPDX-License-Identifier: EUPL-1.2
#include "sync/net/run_to_end.h"

#include <exception>

namespace teren::net {

Status runToEnd(asio::io_context& io, asio::awaitable<Status> work)
{
    Status result = fail(Errc::Unreachable, "the call did not begin");
    asio::co_spawn(io, std::move(work), [&](std::exception_ptr error, Status ended) {
        if (error)
            std::rethrow_exception(error);
        result = std::move(ended);
    });
    io.run();
    return result;
}

}  // namespace teren::net
