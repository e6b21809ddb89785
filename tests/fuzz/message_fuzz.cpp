// SPDX-License-Identifier: EUPL-1.2
#include "sync/wire/messages.h"
#include "tests/fuzz/fuzz.h"

using namespace teren;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const ByteView bytes(data, size);
    if (const auto message = wire::decodeToServer(bytes))
        TEREN_FUZZ_EXPECT(wire::decodeToServer(wire::encode(*message)) == message);
    if (const auto message = wire::decodeToClient(bytes))
        TEREN_FUZZ_EXPECT(wire::decodeToClient(wire::encode(*message)) == message);
    if (const auto position = wire::decodePosition(bytes))
        TEREN_FUZZ_EXPECT(wire::decodePosition(wire::encode(*position)) == position);
    return 0;
}
