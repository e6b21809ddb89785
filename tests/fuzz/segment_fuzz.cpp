// SPDX-License-Identifier: EUPL-1.2
#include "crypto/sign/hash.h"
#include "sync/segment/compression.h"
#include "sync/segment/segment_seal.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/seeded.h"

using namespace teren;

/// What a member with the key could seal.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static test::SeededRandom random(1);
    static const SecretKey key = SecretKey::generate(random);
    const ByteView bytes(data, size);
    ledger::Segment sealed;
    ledger::SegmentHeader& header = sealed.head.header;
    header.firstSeq = 1;
    header.count = 1;
    header.epoch = 1;
    header.keyId = segment::keyIdOf({}, {}, 1, key);
    header.plainSizeBound = 1 << 16;
    sealed.body = seal(key, encodeAssociated(header), bytes, random);
    if (const auto content = segment::openSegment(sealed, key))
        TEREN_FUZZ_EXPECT(content->changes.size() == 1);
    Bytes frame{0x28, 0xb5, 0x2f, 0xfd};  // The magic number, which would take long to guess.
    frame.insert(frame.end(), bytes.begin(), bytes.end());
    if (const auto plain = segment::decompress(frame, 1 << 16))
        TEREN_FUZZ_EXPECT(plain->size() <= 1 << 16);
    return 0;
}
