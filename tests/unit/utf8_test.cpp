// SPDX-License-Identifier: EUPL-1.2
#include "crypto/base/utf8.h"

#include "tests/support/catch.h"

namespace teren {

TEST_CASE("utf8: text in any script is well-formed", "[base]")
{
    CHECK(isUtf8(viewOf("")));
    CHECK(isUtf8(viewOf("zażółć gęślą jaźń – „Łódź” \U0001F3E0")));
    CHECK(isUtf8(viewOf("\u0080\u07FF\u0800\uD7FF\uE000\uFFFF\U00010000\U0010FFFF")));
}

TEST_CASE("utf8: what is not a character is refused", "[base]")
{
    const std::vector<Bytes> bad{
        {0x80},        // A continuation by itself.
        {0xC5},        // Cut off.
        {0xC5, 0x41},  // Not continued.
        {0xC0, 0x80},  // Two bytes for what fits in one.
        {0xC1, 0xBF},
        {0xE0, 0x9F, 0xBF},  // Three for two.
        {0xED, 0xA0, 0x80},  // A surrogate.
        {0xE2, 0x82},
        {0xE2, 0x82, 0x41},
        {0xF0, 0x8F, 0xBF, 0xBF},  // Four for three.
        {0xF4, 0x90, 0x80, 0x80},  // Above U+10FFFF.
        {0xF5, 0x80, 0x80, 0x80},
        {0xFF},
    };
    for (const Bytes& bytes : bad)
        CHECK_FALSE(isUtf8(bytes));
}

}  // namespace teren
