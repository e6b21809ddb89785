// SPDX-License-Identifier: EUPL-1.2
#include "app/store/attachment_ref.h"

#include "crypto/base/hex.h"
#include "crypto/base/limits.h"

#include <algorithm>
#include <charconv>

namespace teren::store {
namespace {

constexpr std::string_view kVersion{"1:"};
constexpr std::size_t kHexSize = 64;
/// Version, address, colon, key, colon, a digit.
constexpr std::size_t kTextMin = 2 + kHexSize + 1 + kHexSize + 1 + 1;

std::unexpected<Error> malformed()
{
    return fail(Errc::Malformed, "what a record says of its file cannot be read");
}

}  // namespace

std::string AttachmentRef::text() const
{
    return std::string(kVersion) + toHex(address) + ":" + toHex(key.reveal()) + ":" + std::to_string(size);
}

Result<AttachmentRef> AttachmentRef::from(std::string_view text)
{
    if (!text.starts_with(kVersion) && text.find(':') != std::string_view::npos)
        return fail(Errc::TooNew, "a later version of Teren has written what this record says of its file");
    if (text.size() < kTextMin || text[2 + kHexSize] != ':' || text[2 + kHexSize + 1 + kHexSize] != ':')
        return malformed();
    const Result<Bytes> address = fromHex(text.substr(2, kHexSize));
    const Result<Bytes> key = fromHex(text.substr(2 + kHexSize + 1, kHexSize));
    if (!address || !key)
        return malformed();
    AttachmentRef ref{
        {}, SecretKey::copyOf(std::span<const std::uint8_t, SecretKey::kSize>(*key)), std::uint64_t{0}};
    std::ranges::copy(*address, ref.address.begin());
    const std::string_view digits = text.substr(kTextMin - 1);
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), ref.size);
    // One text for one meaning: no leading zeros, no capitals.
    if (read.ec != std::errc() || ref.size > limits::kAttachmentMax || ref.text() != text)
        return malformed();
    return ref;
}

}  // namespace teren::store
