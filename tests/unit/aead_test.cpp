// SPDX-License-Identifier: EUPL-1.2
#include "crypto/aead.h"

#include "tests/support/catch.h"
#include "tests/support/seeded.h"

namespace teren {

TEST_CASE("a box opens only with the same key and associated data, unchanged", "[crypto]")
{
    test::SeededRandom random(1);
    const SecretKey key = SecretKey::generate(random);
    const Bytes associated{'a', '1'};
    const Bytes plaintext{'h', 'e', 'l', 'l', 'o'};
    const Bytes box = seal(key, associated, plaintext, random);

    REQUIRE(open(key, associated, box).has_value());
    CHECK(*open(key, associated, box) == plaintext);

    SECTION("another key")
    {
        CHECK(open(SecretKey::generate(random), associated, box).error().code == Errc::Forged);
    }
    SECTION("other associated data")
    {
        CHECK(open(key, Bytes{'a', '2'}, box).error().code == Errc::Forged);
    }
    SECTION("any single bit flipped")
    {
        for (std::size_t bit = 0; bit < box.size() * 8; ++bit) {
            Bytes bent = box;
            bent[bit / 8] = static_cast<std::uint8_t>(bent[bit / 8] ^ (1u << (bit % 8)));
            REQUIRE(open(key, associated, bent).error().code == Errc::Forged);
        }
    }
    SECTION("cut short at every length")
    {
        for (std::size_t size = 0; size < box.size(); ++size)
            REQUIRE_FALSE(open(key, associated, ByteView(box).first(size)).has_value());
    }
}

}  // namespace teren
