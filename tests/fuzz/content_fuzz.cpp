// SPDX-License-Identifier: EUPL-1.2
#include "sync/segment/segment_content.h"
#include "tests/fuzz/fuzz.h"

using namespace teren;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::uint32_t count = data[0];
    const Author author{DeviceId{{1}}, 7};
    const ByteView bytes(data + 1, size - 1);
    if (const auto content = segment::decode(bytes, author, 5, count)) {
        TEREN_FUZZ_EXPECT(content->changes.size() == count);
        TEREN_FUZZ_EXPECT(segment::decode(encode(*content), author, 5, count) == content);
    }
    return 0;
}
