// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"
#include "crypto/sign/secret_key.h"

#include <string>

namespace teren::store {

/// What a record says of one sealed file: where it is found and how it opens. One value of one field, so that
/// no merge makes an address with another's key.
struct AttachmentRef {
    Hash address{};
    SecretKey key;
    std::uint64_t size = 0;  ///< Of the content.

    /// "1:" address ":" key ":" size, in lower-case hex and decimal.
    std::string text() const;
    /// @return `Malformed` for anything that `text` does not make; `TooNew` for another version.
    static Result<AttachmentRef> from(std::string_view text);
};

}  // namespace teren::store
