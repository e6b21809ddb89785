// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"
#include "crypto/base/random.h"

#include <memory>

namespace teren {

/// 32 secret bytes in guarded memory. Move-only, wiped when destroyed, never printable.
class SecretKey {
public:
    static constexpr std::size_t kSize = 32;

    static SecretKey generate(RandomSource& random);
    static SecretKey copyOf(std::span<const std::uint8_t, kSize> bytes);
    /// A key for one purpose, `BLAKE2b-256(key = *this, label)`; `label` is a fixed text.
    SecretKey derive(std::string_view label) const;
    SecretKey clone() const { return copyOf(reveal()); }

    /// The bytes, for a call into libsodium. Do not keep the view.
    std::span<const std::uint8_t, kSize> reveal() const
    {
        return std::span<const std::uint8_t, kSize>(bytes_.get(), kSize);
    }

private:
    struct Wipe {
        void operator()(std::uint8_t* bytes) const noexcept;
    };
    SecretKey();

    std::unique_ptr<std::uint8_t, Wipe> bytes_;
};

}  // namespace teren
