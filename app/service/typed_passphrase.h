// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/sign/secret_text.h"

#include <string_view>

namespace teren::service {

/// A passphrase as it is hashed: in normal form C, because keyboards and systems write "ó" as one character
/// or as two, and people see no difference. What is not UTF-8 stays as it is: a new one is refused, and to
/// open with it is to try a wrong one.
SecretText typedPassphrase(std::string_view typed);

}  // namespace teren::service
