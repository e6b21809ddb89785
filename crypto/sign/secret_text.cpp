// SPDX-License-Identifier: EUPL-1.2
#include "crypto/sign/secret_text.h"

#include "crypto/base/assert.h"

#include <sodium.h>

#include <utility>

namespace teren {

void SecretText::Wipe::operator()(char* text) const noexcept
{
    sodium_free(text);
}

SecretText::SecretText(std::string_view text)
{
    for (const char byte : text)
        if (!add(byte))
            break;
}

SecretText::SecretText(SecretText&& other) noexcept
    : text_(std::move(other.text_)),
      size_(std::exchange(other.size_, 0))
{
}

SecretText& SecretText::operator=(SecretText&& other) noexcept
{
    text_ = std::move(other.text_);
    size_ = std::exchange(other.size_, 0);
    return *this;
}

bool SecretText::add(char byte)
{
    if (size_ == kSizeMax)
        return false;
    if (text_ == nullptr) {
        static const bool ready = sodium_init() >= 0;
        TEREN_ASSERT(ready);
        text_.reset(static_cast<char*>(sodium_malloc(kSizeMax)));
        TEREN_ASSERT(text_ != nullptr);
    }
    text_.get()[size_++] = byte;
    return true;
}

void SecretText::dropLast()
{
    if (size_ > 0)
        text_.get()[--size_] = '\0';
}

}  // namespace teren
