// SPDX-License-Identifier: EUPL-1.2
#include "sync/ledger/head.h"
#include "sync/ledger/segment_header.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/seeded.h"

using namespace teren;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const SigningKey key = [] {
        test::SeededRandom random(1);
        return SigningKey::generate(random);
    }();
    const Bytes bytes(data, data + size);
    if (const auto head = ledger::decodeHeader(bytes)) {
        // The signature is the only part that does not follow from the header.
        Bytes again = signHeader(head->header, key).bytes;
        TEREN_FUZZ_EXPECT(again.size() == bytes.size());
        TEREN_FUZZ_EXPECT(
            std::equal(again.begin(), again.begin() + ledger::SegmentHeader::kSize, bytes.begin()));
        // So a reader who is told the fields makes the same bytes.
        const auto made = ledger::assembled(head->header, head->signature);
        TEREN_FUZZ_EXPECT(made && made->bytes == bytes && made->hash == head->hash);
    }
    const ledger::SignedHead signedHead{bytes, key.sign("teren.head.v1", bytes)};
    if (const auto head = openHead(signedHead, key.publicKey()))
        TEREN_FUZZ_EXPECT(openHead(signHead(*head, key), key.publicKey()) == head);
    return 0;
}
