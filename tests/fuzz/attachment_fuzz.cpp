// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/file_name.h"
#include "app/store/attachment_ref.h"
#include "crypto/aead.h"
#include "crypto/attachment_seal.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/seeded.h"

#include <algorithm>

using namespace teren;

namespace {

Result<AttachmentOpener> openerOf(const SecretKey& key, const Bytes& file)
{
    return AttachmentOpener::open(
        key.clone(), {}, file.size(), [&file](std::uint64_t offset, std::span<std::uint8_t> out) {
            TEREN_FUZZ_EXPECT(offset + out.size() <= file.size());
            std::copy_n(file.begin() + static_cast<std::ptrdiff_t>(offset), out.size(), out.begin());
            return Status();
        });
}

}  // namespace

/// A file that was put among the sealed ones, and one that a member with the key made; then what a
/// colleague's record says of a file, and its name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static test::SeededRandom random(1);
    static const SecretKey key = SecretKey::generate(random);
    const Bytes bytes(data, data + size);
    TEREN_FUZZ_EXPECT(!openerOf(key, bytes));

    if (size >= kAttachmentHeaderSize && size < kAttachmentChunk) {
        Bytes file(bytes.begin(), bytes.begin() + kAttachmentHeaderSize);
        Bytes associated = file;
        associated.insert(associated.end(), 16, 0);
        associated.insert(associated.end(), {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0});
        const Bytes box = seal(key, associated, ByteView(bytes).subspan(kAttachmentHeaderSize), random);
        file.insert(file.end(), box.begin(), box.end());
        if (auto opener = openerOf(key, file)) {
            TEREN_FUZZ_EXPECT(opener->chunks() == 1);
            if (const auto content = opener->chunk(0))
                TEREN_FUZZ_EXPECT(content->size() == opener->size());
        }
    }
    if (const auto ref = store::AttachmentRef::from(textOf(bytes)))
        TEREN_FUZZ_EXPECT(ref->text() == textOf(bytes));
    if (const auto name = domain::safeFileName(textOf(bytes))) {
        TEREN_FUZZ_EXPECT(!name->empty() && name->find_first_of("/\\:*?\"<>|") == std::string::npos);
        TEREN_FUZZ_EXPECT(name->front() != '.' && name->back() != '.' && name->back() != ' ');
        TEREN_FUZZ_EXPECT(domain::safeFileName(*name) == *name);
    }
    return 0;
}
