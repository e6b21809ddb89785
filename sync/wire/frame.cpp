// SPDX-License-Identifier: EUPL-1.2
#include "sync/wire/frame.h"

#include "crypto/base/limits.h"
#include "sync/ledger/bigendian.h"

namespace teren::wire {

Result<std::uint32_t> decodeFrameSize(std::span<const std::uint8_t, kFrameHeaderSize> bytes)
{
    const auto size = ledger::Reader(bytes).number<std::uint32_t>();
    if (size == 0)
        return fail(Errc::Malformed, "empty message");
    if (size > limits::kMessageMax)
        return fail(Errc::LimitExceeded, "message of " + std::to_string(size) + " bytes");
    return size;
}

Result<Bytes> frame(ByteView message)
{
    if (message.empty())
        return fail(Errc::Malformed, "empty message");
    if (message.size() > limits::kMessageMax)
        return fail(Errc::LimitExceeded, "message of " + std::to_string(message.size()) + " bytes");
    ledger::Writer out;
    out.number(static_cast<std::uint32_t>(message.size())).raw(message);
    return out.take();
}

}  // namespace teren::wire
