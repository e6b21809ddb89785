// SPDX-License-Identifier: EUPL-1.2
#include "sync/ledger/membership.h"
#include "tests/fuzz/fuzz.h"

#include <algorithm>

using namespace teren;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const ByteView bytes(data, size);
    (void)ledger::openDevice(bytes);

    // The device that a genesis names as its founder signs it, so that its acts are reached.
    ledger::SignedStatement signedStatement{toBytes(bytes), {}, {}};
    const auto statement = decodeStatement(signedStatement);
    if (!statement)
        return 0;
    if (const auto* genesis
        = statement->acts.empty() ? nullptr : std::get_if<ledger::Genesis>(&statement->acts.front()))
        if (const auto founder = ledger::openDevice(genesis->founder))
            signedStatement.device = founder->id();
    ledger::Membership membership;
    if (!membership.replay(signedStatement)) {
        TEREN_FUZZ_EXPECT(membership.height() == 0);
        TEREN_FUZZ_EXPECT(membership.devices().empty());
        TEREN_FUZZ_EXPECT(membership.spaces().empty());
    }
    return 0;
}
