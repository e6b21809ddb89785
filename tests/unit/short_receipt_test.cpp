// SPDX-License-Identifier: EUPL-1.2
#include "sync/wire/short_receipt.h"

#include "crypto/sign/hash.h"
#include "tests/support/catch.h"
#include "tests/support/naive_tree.h"
#include "tests/support/seeded.h"
#include "tests/support/vector_writer.h"

namespace teren::wire {
namespace {

/// A log of a server, and what a receipt says of it.
struct Log {
    explicit Log(std::uint64_t size) : tree(size)
    {
        head.workspace = WorkspaceId::random(random);
        head.incarnation = 2;
        head.time = test::ManualClock().now();
    }
    TreeHead at(std::uint64_t size) const { return {size, tree.root(size)}; }
    /// For the entries `first` to `last`, to a reader who knows `before` of them, in a log of `size`.
    Receipt receipt(std::uint64_t before, std::uint64_t first, std::uint64_t last, std::uint64_t size)
    {
        head.tree = at(size);
        Receipt receipt{ledger::signHead(head, key), tree.consistency(before, size), {}, {}};
        std::vector<std::uint64_t> indexes;
        for (std::uint64_t number = first; number <= last; ++number) {
            indexes.push_back(number - 1);
            receipt.entries.push_back({number, blake2b({viewOf(std::to_string(number))})});
        }
        receipt.proof = *ledger::inclusionProof(indexes, size, tree.source());
        return receipt;
    }
    std::vector<Hash> leaves(std::uint64_t first, std::uint64_t last) const
    {
        std::vector<Hash> leaves;
        for (std::uint64_t number = first; number <= last; ++number)
            leaves.push_back(tree.leaf(number - 1));
        return leaves;
    }

    test::SeededRandom random{5};
    SigningKey key = SigningKey::generate(random);
    test::NaiveTree tree;
    ledger::Head head;
};

}  // namespace

TEST_CASE("short receipt: its reader finds the root, the workspace and the growth by itself")
{
    Log log(70);
    for (std::uint64_t before = 0; before < 70; ++before)
        for (std::uint64_t size = before + 1; size <= std::min<std::uint64_t>(before + 9, 70); ++size) {
            const Receipt whole = log.receipt(before, before + 1, size, size);
            Receipt receipt = whole;
            REQUIRE(shorten(receipt, before, size));
            REQUIRE(isShort(receipt));
            REQUIRE_FALSE(isShort(whole));
            REQUIRE(receipt.consistency.empty());
            REQUIRE(receipt.head.body.size() + 68 == whole.head.body.size());
            const auto full
                = expanded(receipt, log.at(before), {}, log.head.workspace, log.leaves(before + 1, size));
            REQUIRE(full);
            REQUIRE(full->receipt.head == whole.head);
            REQUIRE(full->receipt.proof == whole.proof);
            REQUIRE(ledger::openHead(full->receipt.head, log.key.publicKey()) == log.head);
        }
}

TEST_CASE("short receipt: a reader who knows the peaks is not sent them, and knows the next ones")
{
    Log log(70);
    for (std::uint64_t before = 0; before < 70; ++before) {
        const std::uint64_t size = std::min<std::uint64_t>(before + 1 + before % 9, 70);
        const Receipt whole = log.receipt(before, before + 1, size, size);
        Receipt receipt = whole;
        REQUIRE(shorten(receipt, before, size, before));
        REQUIRE(receipt.proof.empty());
        const std::vector<Hash> peaks = log.receipt(before, before + 1, size, size).proof;
        const auto full
            = expanded(receipt, log.at(before), peaks, log.head.workspace, log.leaves(before + 1, size));
        REQUIRE(full);
        REQUIRE(full->receipt.head == whole.head);
        REQUIRE(full->receipt.proof == whole.proof);
        const auto after = ledger::CompactTree::from(size, full->peaks);
        REQUIRE(after);
        REQUIRE(after->root() == log.at(size).root);
        if (before > 0)
            REQUIRE_FALSE(
                expanded(receipt, log.at(before), {}, log.head.workspace, log.leaves(before + 1, size)));
    }
}

TEST_CASE("short receipt: to know the peaks of another log is not to know these")
{
    Log log(40);
    Receipt receipt = log.receipt(37, 38, 40, 40);
    const std::vector<Hash> proof = receipt.proof;
    REQUIRE(shorten(receipt, 37, 40, 36));
    CHECK(receipt.proof == proof);
}

TEST_CASE("short receipt: one that is not for all of the growth stays as it is")
{
    Log log(20);
    const auto staysWhole = [&](std::uint64_t before, std::uint64_t first, std::uint64_t last) {
        const Receipt whole = log.receipt(before, first, last, 20);
        Receipt receipt = whole;
        return shorten(receipt, before, 20) && receipt == whole;
    };
    CHECK(staysWhole(10, 12, 20));
    CHECK(staysWhole(10, 11, 19));
    CHECK(staysWhole(20, 20, 20));
    Receipt gap = log.receipt(17, 18, 20, 20);
    gap.entries.erase(gap.entries.begin() + 1);
    REQUIRE(shorten(gap, 17, 20));
    CHECK_FALSE(isShort(gap));
}

TEST_CASE("short receipt: what does not continue the reader's log is forged")
{
    Log log(40);
    const TreeHead before = log.at(37);
    Receipt receipt = log.receipt(37, 38, 40, 40);
    REQUIRE(shorten(receipt, 37, 40));
    std::vector<Hash> leaves = log.leaves(38, 40);
    std::vector<Hash> peaks;
    const auto expand = [&](const Receipt& changed, const TreeHead& from) {
        const auto full = expanded(changed, from, peaks, log.head.workspace, leaves);
        if (!full)
            return full.error().code;
        const auto head = ledger::openHead(full->receipt.head, log.key.publicKey());
        return head ? Errc::NotFound : head.error().code;
    };
    REQUIRE(expand(receipt, before) == Errc::NotFound);
    SECTION("every hash of its proof counts")
    {
        for (Hash& hash : receipt.proof) {
            hash[7] ^= 1;
            CHECK(expand(receipt, before) == Errc::Forged);
            hash[7] ^= 1;
        }
    }
    SECTION("a proof of more or fewer hashes")
    {
        receipt.proof.push_back({});
        CHECK(expand(receipt, before) == Errc::Forged);
        receipt.proof.resize(2);
        CHECK(expand(receipt, before) == Errc::Forged);
    }
    SECTION("peaks that are not of the log before")
    {
        peaks = std::exchange(receipt.proof, {});
        REQUIRE(expand(receipt, before) == Errc::NotFound);
        CHECK(expand(receipt, log.at(36)) == Errc::Forged);
        peaks.back()[0] ^= 1;
        CHECK(expand(receipt, before) == Errc::Forged);
    }
    SECTION("another log before")
    {
        CHECK(expand(receipt, {37, test::NaiveTree(40, 20).root(37)}) == Errc::Forged);
        CHECK(expand(receipt, log.at(36)) == Errc::Forged);
    }
    SECTION("what was not sent by this reader")
    {
        leaves[1][0] ^= 1;
        CHECK(expand(receipt, before) == Errc::Forged);
    }
    SECTION("fewer entries than the log grew by")
    {
        receipt.entries.pop_back();
        CHECK(expand(receipt, before) == Errc::Forged);
        leaves.pop_back();
        CHECK(expand(receipt, before) == Errc::Malformed);
    }
    SECTION("entries in another order")
    {
        std::swap(receipt.entries[0], receipt.entries[1]);
        CHECK(expand(receipt, before) == Errc::Forged);
    }
    SECTION("a consistency proof beside it")
    {
        receipt.consistency.emplace_back();
        CHECK(expand(receipt, before) == Errc::Forged);
    }
    SECTION("another workspace")
    {
        log.head.workspace.bytes[0] ^= 1;
        CHECK(expand(receipt, before) == Errc::Forged);
    }
    SECTION("a head of nothing")
    {
        receipt.head.body.clear();
        CHECK(isShort(receipt));
        CHECK(expand(receipt, before) == Errc::Malformed);
    }
}

TEST_CASE("golden short receipts: what a reader makes of them", "[vectors]")
{
    const auto files = test::vectorsIn("short_receipt");
    REQUIRE_FALSE(files.empty());
    for (const test::VectorFile& file : files) {
        INFO(file.name);
        const auto message = decodeToClient(file.bytes);
        REQUIRE(message);
        const auto* receipt = std::get_if<Receipt>(&*message);
        REQUIRE(receipt != nullptr);
        const std::uint64_t before = std::stoull(file.at("before"));
        const std::uint64_t last = before + receipt->entries.size();
        const Log log(last);
        const auto full
            = expanded(*receipt, log.at(before), {}, log.head.workspace, log.leaves(before + 1, last));
        REQUIRE(full);
        CHECK(toHex(full->receipt.head.body) == file.at("full-body"));
        CHECK(ledger::openHead(full->receipt.head, log.key.publicKey()));
    }
}

TEST_CASE("write golden short receipts", "[.generate]")
{
    for (const auto& [before, last] : {std::pair(0U, 1U), {6U, 7U}, {1'000U, 1'003U}}) {
        Log log(last);
        const Receipt whole = log.receipt(before, before + 1, last, last);
        Receipt receipt = whole;
        REQUIRE(shorten(receipt, before, last));
        test::addVector(
            "short_receipt",
            {"from-" + std::to_string(before) + "-to-" + std::to_string(last),
             {{"before", std::to_string(before)},
              {"before-root", toHex(log.at(before).root)},
              {"workspace", log.head.workspace.hex()},
              {"leaves", "leaf hashes of the texts \"leaf 0\", \"leaf 1\" and so on"},
              {"receipt-key", toHex(log.key.publicKey())},
              {"full-body", toHex(whole.head.body)}},
             encode(ToClient(receipt))});
    }
}

}  // namespace teren::wire
