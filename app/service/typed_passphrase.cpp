// SPDX-License-Identifier: EUPL-1.2
#include "app/service/typed_passphrase.h"

#include "app/domain/text.h"
#include "crypto/sign/wipe.h"

namespace teren::service {

SecretText typedPassphrase(std::string_view typed)
{
    Result<std::string> normal = domain::toNfc(typed);
    if (!normal)
        return SecretText(typed);
    SecretText passphrase(*normal);
    wipe(*normal);
    return passphrase;
}

}  // namespace teren::service
