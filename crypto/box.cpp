// SPDX-License-Identifier: EUPL-1.2
#include "crypto/box.h"

#include "crypto/base/assert.h"

#include <sodium.h>

namespace teren {

static_assert(kBoxOverhead == crypto_box_SEALBYTES);

BoxKey BoxKey::generate(RandomSource& random)
{
    return fromSecret(SecretKey::generate(random));
}

BoxKey BoxKey::fromSecret(SecretKey secret)
{
    BoxPublicKey publicKey{};
    crypto_scalarmult_base(publicKey.data(), secret.reveal().data());
    return {std::move(secret), publicKey};
}

Result<Bytes> BoxKey::open(ByteView box) const
{
    if (box.size() < crypto_box_SEALBYTES)
        return fail(Errc::Forged, "sealed box too short");
    Bytes plaintext(box.size() - crypto_box_SEALBYTES);
    if (crypto_box_seal_open(
            plaintext.data(), box.data(), box.size(), publicKey_.data(), secret_.reveal().data())
        != 0)
        return fail(Errc::Forged, "sealed box did not open");
    return plaintext;
}

Bytes sealTo(const BoxPublicKey& recipient, ByteView plaintext)
{
    Bytes box(plaintext.size() + crypto_box_SEALBYTES);
    const int rc = crypto_box_seal(box.data(), plaintext.data(), plaintext.size(), recipient.data());
    TEREN_ASSERT(rc == 0);
    return box;
}

}  // namespace teren
