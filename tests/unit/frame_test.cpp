// SPDX-License-Identifier: EUPL-1.2
#include "sync/wire/frame.h"

#include "crypto/base/limits.h"
#include "tests/support/catch.h"

namespace teren::wire {
namespace {

Result<std::uint32_t> sizeOf(std::uint32_t number)
{
    const std::array<std::uint8_t, 4> bytes{
        static_cast<std::uint8_t>(number >> 24), static_cast<std::uint8_t>(number >> 16),
        static_cast<std::uint8_t>(number >> 8), static_cast<std::uint8_t>(number)};
    return decodeFrameSize(bytes);
}

}  // namespace

TEST_CASE("frame: the length comes first, most significant byte first")
{
    const Bytes message(258, 7);
    CHECK(frame({}).error().code == Errc::Malformed);
    CHECK(frame(Bytes(limits::kMessageMax + 1)).error().code == Errc::LimitExceeded);
    const Bytes framed = frame(message).value();
    REQUIRE(framed.size() == 262);
    CHECK(Bytes(framed.begin(), framed.begin() + 4) == Bytes{0, 0, 1, 2});
    CHECK(Bytes(framed.begin() + 4, framed.end()) == message);
    CHECK(decodeFrameSize(std::span(framed).first<4>()).value() == 258);
}

TEST_CASE("frame: empty and oversized messages are refused by their length alone")
{
    CHECK(sizeOf(0).error().code == Errc::Malformed);
    CHECK(sizeOf(1).value() == 1);
    CHECK(sizeOf(limits::kMessageMax).value() == limits::kMessageMax);
    CHECK(sizeOf(limits::kMessageMax + 1).error().code == Errc::LimitExceeded);
    CHECK(sizeOf(0xffffffff).error().code == Errc::LimitExceeded);
}

}  // namespace teren::wire
