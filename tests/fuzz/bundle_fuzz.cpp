// SPDX-License-Identifier: EUPL-1.2
#include "crypto/sign/hash.h"
#include "sync/carrier/bundle.h"
#include "tests/fuzz/fuzz.h"

using namespace teren;

namespace {

void readAll(ByteView file)
{
    (void)carrier::checkFile(file);
    if (const auto bundle = carrier::decodeBundle(file)) {
        (void)carrier::decodeTicket(bundle->ticket);
        const auto again = carrier::encode(*bundle);
        TEREN_FUZZ_EXPECT(again.has_value());
        const auto same = carrier::decodeBundle(*again);
        TEREN_FUZZ_EXPECT(same.has_value() && same->ticket == bundle->ticket);
        TEREN_FUZZ_EXPECT(same->statements == bundle->statements);
        TEREN_FUZZ_EXPECT(same->segments.size() == bundle->segments.size());
    }
    if (const auto reply = carrier::decodeReply(file)) {
        const auto again = carrier::encode(*reply);
        TEREN_FUZZ_EXPECT(again.has_value());
        const auto same = carrier::decodeReply(*again);
        TEREN_FUZZ_EXPECT(same.has_value() && same->messages == reply->messages);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const ByteView file(data, size);
    readAll(file);
    // Whoever makes such a file makes the hash fit.
    if (size < sizeof(Hash))
        return 0;
    Bytes fitting(file.begin(), file.end() - sizeof(Hash));
    const Hash hash = Hasher().add("teren.bundle.v1").add(fitting).finish();
    fitting.insert(fitting.end(), hash.begin(), hash.end());
    readAll(fitting);
    return 0;
}
