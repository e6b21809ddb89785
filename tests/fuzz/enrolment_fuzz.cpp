// SPDX-License-Identifier: EUPL-1.2
#include "crypto/base/base32.h"
#include "crypto/sign/hash.h"
#include "sync/segment/enrolment.h"
#include "tests/fuzz/fuzz.h"

using namespace teren;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const ByteView bytes(data, size);
    TEREN_FUZZ_EXPECT(fromBase32(toBase32(bytes)) == toBytes(bytes));
    if (const auto read = fromBase32(textOf(bytes)))
        TEREN_FUZZ_EXPECT(toBase32(*read) == normalizeBase32(textOf(bytes)));
    if (const auto invitation = segment::parseInvitation(textOf(bytes)))
        TEREN_FUZZ_EXPECT(segment::parseInvitation(toText(*invitation)) == invitation);

    // With a right MAC, as someone could make who has the invitation.
    const segment::InvitationSecret secret{1, 2, 3};
    const WorkspaceId workspace{{9}};
    const Hash key = blake2bKeyed(secret, {viewOf("teren.invitation.mac.v1")});
    const Hash mac = blake2bKeyed(key, {workspace.bytes, segment::invitationIdOf(secret).bytes, bytes});
    Bytes request = toBytes(bytes);
    request.insert(request.end(), mac.begin(), mac.end());
    (void)segment::openJoinRequest(workspace, secret, request);
    return 0;
}
