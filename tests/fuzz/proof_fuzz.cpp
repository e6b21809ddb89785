// SPDX-License-Identifier: EUPL-1.2
#include "sync/ledger/bigendian.h"
#include "sync/ledger/merkle.h"
#include "tests/fuzz/fuzz.h"

#include <algorithm>

using namespace teren;

/// Two sizes, up to 255 leaf indexes, and hashes of one repeated byte each: short inputs reach far.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 17)
        return 0;
    ledger::Reader in({data, size});
    const auto from = in.number<std::uint64_t>();
    const auto to = in.number<std::uint64_t>();
    std::map<std::uint64_t, Hash> leaves;
    for (unsigned count = in.number<std::uint8_t>(); count > 0 && in.left() >= 9; --count) {
        const auto index = in.number<std::uint64_t>();
        leaves[index].fill(in.number<std::uint8_t>());
    }
    std::vector<Hash> proof(in.left());
    for (Hash& hash : proof)
        hash.fill(in.number<std::uint8_t>());
    const Hash root = ledger::emptyRoot();
    TEREN_FUZZ_EXPECT(!ledger::verifyInclusion(leaves, to, root, proof) || to == 0);
    TEREN_FUZZ_EXPECT(!ledger::verifyConsistency(from, {}, to, root, proof) || from == 0);
    return 0;
}
