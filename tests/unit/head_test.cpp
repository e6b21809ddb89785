// SPDX-License-Identifier: EUPL-1.2
#include "sync/ledger/head.h"

#include "tests/support/catch.h"
#include "tests/support/seeded.h"

namespace teren::ledger {
namespace {

SigningKey receiptKey()
{
    test::SeededRandom random(2);
    return SigningKey::generate(random);
}

Head sampleHead()
{
    test::SeededRandom random(3);
    Head head;
    head.workspace = WorkspaceId::random(random);
    head.incarnation = 2;
    head.tree.size = 1000;
    random.fill(head.tree.root);
    head.safe = 900;
    head.time = test::ManualClock().now();
    return head;
}

}  // namespace

TEST_CASE("head: what was signed is read back")
{
    const SignedHead signedHead = signHead(sampleHead(), receiptKey());
    const auto head = openHead(signedHead, receiptKey().publicKey());
    REQUIRE(head.has_value());
    CHECK(*head == sampleHead());
}

TEST_CASE("head: no byte can be changed, and no other key signs it")
{
    const SignedHead good = signHead(sampleHead(), receiptKey());
    for (std::size_t i = 0; i < good.body.size(); ++i) {
        SignedHead forged = good;
        forged.body[i] ^= 1;
        REQUIRE(openHead(forged, receiptKey().publicKey()).error().code == Errc::Forged);
    }
    test::SeededRandom random(99);
    CHECK(openHead(good, SigningKey::generate(random).publicKey()).error().code == Errc::Forged);
}

TEST_CASE("head: signed nonsense is malformed")
{
    const SigningKey key = receiptKey();
    const auto errorOf = [&](const Bytes& body) {
        return openHead({body, key.sign("teren.head.v1", body)}, key.publicKey()).error().code;
    };
    CHECK(errorOf({}) == Errc::Malformed);
    CHECK(errorOf(Bytes(40, 0xff)) == Errc::Malformed);
    Bytes large = signHead(sampleHead(), key).body;
    large.resize(300, 0);
    CHECK(errorOf(large) == Errc::Malformed);
    Head head = sampleHead();
    head.safe = 1001;
    CHECK(openHead(signHead(head, key), key.publicKey()).error().code == Errc::Malformed);
}

TEST_CASE("leaf: the tree commits to every field")
{
    test::SeededRandom random(4);
    Leaf leaf{1, SpaceId::random(random), DeviceId::random(random), 2, 3, 4, {}};
    random.fill(leaf.segment);
    CHECK(encode(leaf).size() == 92);
    const Bytes encoded = encode(leaf);
    Leaf other = leaf;
    other.number++;
    CHECK(encode(other) != encoded);
    other = leaf;
    other.life++;
    CHECK(encode(other) != encoded);
    other = leaf;
    other.count++;
    CHECK(encode(other) != encoded);
    other = leaf;
    other.segment[31] ^= 1;
    CHECK(encode(other) != encoded);
}

}  // namespace teren::ledger
