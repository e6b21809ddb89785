// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace teren {

/// What a person types and nobody may find later: a passphrase, a recovery code. In guarded, locked memory
/// that never moves, wiped when destroyed. Move-only, never printable.
class SecretText {
public:
    /// Bytes; more than any passphrase may have, so one that was cut here is still refused as too long.
    static constexpr std::size_t kSizeMax = 2'048;

    SecretText() = default;
    /// What is behind `kSizeMax` is left away.
    explicit SecretText(std::string_view text);
    SecretText(SecretText&& other) noexcept;
    SecretText& operator=(SecretText&& other) noexcept;
    SecretText(const SecretText&) = delete;
    SecretText& operator=(const SecretText&) = delete;
    ~SecretText() = default;

    /// Adds a byte as it is read. @return false, with nothing added, if there is no more room.
    bool add(char byte);
    void dropLast();

    bool empty() const { return size_ == 0; }
    /// The text, for a call that needs it. Do not keep the view.
    std::string_view reveal() const { return {text_.get(), size_}; }

private:
    struct Wipe {
        void operator()(char* text) const noexcept;
    };

    std::unique_ptr<char, Wipe> text_;
    std::size_t size_ = 0;
};

}  // namespace teren
