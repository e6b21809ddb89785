// SPDX-License-Identifier: EUPL-1.2
#include "crypto/base/utf8.h"

namespace teren {
namespace {

struct Lead {
    std::size_t length;  ///< 0 for a byte that begins no character.
    std::uint8_t low;    ///< The second byte is in [low, high]; this rules out overlong forms and surrogates.
    std::uint8_t high;
};

Lead leadOf(std::uint8_t byte)
{
    if (byte < 0x80)
        return {1, 0, 0};
    if (byte >= 0xC2 && byte <= 0xDF)
        return {2, 0x80, 0xBF};
    if (byte >= 0xE0 && byte <= 0xEF)
        return {
            3, byte == 0xE0 ? std::uint8_t{0xA0} : std::uint8_t{0x80},
            byte == 0xED ? std::uint8_t{0x9F} : std::uint8_t{0xBF}};
    if (byte >= 0xF0 && byte <= 0xF4)
        return {
            4, byte == 0xF0 ? std::uint8_t{0x90} : std::uint8_t{0x80},
            byte == 0xF4 ? std::uint8_t{0x8F} : std::uint8_t{0xBF}};
    return {0, 0, 0};
}

}  // namespace

bool isUtf8(ByteView bytes)
{
    for (std::size_t at = 0; at < bytes.size();) {
        const Lead lead = leadOf(bytes[at]);
        if (lead.length == 0 || bytes.size() - at < lead.length)
            return false;
        if (lead.length > 1 && (bytes[at + 1] < lead.low || bytes[at + 1] > lead.high))
            return false;
        for (std::size_t i = 2; i < lead.length; ++i)
            if ((bytes[at + i] & 0xC0) != 0x80)
                return false;
        at += lead.length;
    }
    return true;
}

}  // namespace teren
