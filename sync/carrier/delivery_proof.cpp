// SPDX-License-Identifier: EUPL-1.2
#include "sync/carrier/delivery_proof.h"

#include "crypto/base/limits.h"
#include "crypto/sign/hash.h"
#include "sync/carrier/delivery_told.h"
#include "sync/ledger/bigendian.h"
#include "sync/ledger/merkle.h"

#include <algorithm>

namespace teren::carrier {
namespace {

constexpr std::string_view kMagic = "TERENDLV";
/// Of the block, and with it the wording of the text: from this one on.
constexpr std::uint8_t kFirstVersion = 1;
constexpr std::string_view kLabel = "teren.delivery.v1";
constexpr std::size_t kHashSize = sizeof(Hash);
constexpr std::size_t kSignatureSize = std::tuple_size_v<Signature>;
constexpr std::size_t kLeafSize = 8 + kHashSize;
constexpr std::size_t kEntrySize = 8 + ledger::SignedSegmentHeader::kSize;
constexpr std::size_t kItemHead = 1 + 4;

enum class Item : std::uint8_t { End = 0, Statement = 1, Device = 2, Told = 3, Receipt = 4 };

void add(ledger::Writer& out, Item item, ByteView bytes)
{
    out.number(static_cast<std::uint8_t>(item)).number(static_cast<std::uint32_t>(bytes.size())).raw(bytes);
}

Bytes encode(const ShownReceipt& receipt)
{
    ledger::Writer out;
    out.number(static_cast<std::uint16_t>(receipt.head.body.size()))
        .raw(receipt.head.body)
        .raw(receipt.head.signature)
        .number(static_cast<std::uint32_t>(receipt.leaves.size()));
    for (const ShownReceipt::Leaf& leaf : receipt.leaves)
        out.number(leaf.number).raw(leaf.hash);
    out.number(static_cast<std::uint32_t>(receipt.proof.size()));
    for (const Hash& hash : receipt.proof)
        out.raw(hash);
    for (const ShownReceipt::Entry& entry : receipt.entries)
        out.number(entry.number).raw(entry.header);
    return out.take();
}

std::unexpected<Error> broken()
{
    return fail(Errc::Malformed, "a statement of delivery that breaks off");
}

template <std::size_t N>
Status take(ledger::Reader& in, std::array<std::uint8_t, N>& out)
{
    if (in.left() < N)
        return broken();
    std::ranges::copy(in.raw(N), out.begin());
    return {};
}

/// A number of things of `size` bytes that are all there.
Result<std::uint32_t> takeCount(ledger::Reader& in, std::size_t size)
{
    if (in.left() < 4)
        return broken();
    const auto count = in.number<std::uint32_t>();
    if (in.left() / size < count)
        return broken();
    return count;
}

Result<ShownReceipt> takeReceipt(ledger::Reader& in)
{
    ShownReceipt receipt;
    if (in.left() < 2)
        return broken();
    const auto size = in.number<std::uint16_t>();
    if (in.left() < size + kSignatureSize)
        return broken();
    receipt.head.body = toBytes(in.raw(size));
    TEREN_CHECK(take(in, receipt.head.signature));
    TEREN_TRY(const std::uint32_t leaves, takeCount(in, kLeafSize));
    for (std::uint32_t i = 0; i < leaves; ++i) {
        ShownReceipt::Leaf& leaf = receipt.leaves.emplace_back();
        leaf.number = in.number<std::uint64_t>();
        TEREN_CHECK(take(in, leaf.hash));
    }
    TEREN_TRY(const std::uint32_t hashes, takeCount(in, kHashSize));
    for (std::uint32_t i = 0; i < hashes; ++i)
        TEREN_CHECK(take(in, receipt.proof.emplace_back()));
    if (in.left() % kEntrySize != 0)
        return broken();
    while (in.left() > 0) {
        ShownReceipt::Entry& entry = receipt.entries.emplace_back();
        entry.number = in.number<std::uint64_t>();
        entry.header = toBytes(in.raw(ledger::SignedSegmentHeader::kSize));
    }
    return receipt;
}

Status takeItem(Item item, ByteView bytes, DeliveryProof& proof)
{
    ledger::Reader in(bytes);
    switch (item) {
    case Item::Statement: {
        ledger::SignedStatement& statement = proof.statements.emplace_back();
        TEREN_CHECK(take(in, statement.device.bytes));
        TEREN_CHECK(take(in, statement.signature));
        statement.body = toBytes(in.raw(in.left()));
        break;
    }
    case Item::Device:
        TEREN_CHECK(take(in, proof.signKey));
        TEREN_CHECK(take(in, proof.boxKey));
        break;
    case Item::Told: {
        TEREN_TRY(proof.told, decodeTold(in.raw(in.left())));
        break;
    }
    case Item::Receipt: {
        TEREN_TRY(ShownReceipt receipt, takeReceipt(in));
        proof.receipts.push_back(std::move(receipt));
        break;
    }
    case Item::End:
        return fail(Errc::Malformed, "a part of an unknown kind in a statement of delivery");
    }
    return in.left() == 0 ? Status{} : Status(fail(Errc::Malformed, "a part with something behind it"));
}

std::unexpected<Error> forged(std::string detail)
{
    return fail(Errc::Forged, std::move(detail));
}

DeviceId deviceOf(const DeliveryProof& proof)
{
    ledger::DeviceStatement device;
    device.signKey = proof.signKey;
    device.boxKey = proof.boxKey;
    return device.id();
}

/// Verifies one receipt after the other.
class Checker {
public:
    Checker(const DeliveryProof& proof, const ledger::Membership& membership)
        : proof_(proof),
          membership_(membership),
          result_{membership.workspace(), deviceOf(proof), {}, {}}
    {
    }

    Status check(const ShownReceipt& receipt)
    {
        TEREN_TRY(const ledger::Head head, ledger::openKeptHead(receipt.head, membership_.serverKeys()));
        if (head.workspace != result_.workspace)
            return forged("a receipt of another workspace");
        noteKeys(receipt.head);
        std::map<std::uint64_t, Hash> leaves;
        for (const ShownReceipt::Leaf& leaf : receipt.leaves)
            if (leaf.number == 0 || !leaves.emplace(leaf.number - 1, leaf.hash).second)
                return forged("a receipt of entries that cannot be");
        TEREN_CHECK(ledger::verifyInclusion(leaves, head.tree.size, head.tree.root, receipt.proof));
        if (receipt.entries.empty())
            return forged("a receipt of nothing");
        for (const ShownReceipt::Entry& entry : receipt.entries)
            TEREN_CHECK(checkEntry(entry, leaves, head.time));
        return {};
    }

    Result<Delivered> finish()
    {
        std::ranges::sort(result_.runs, {}, &DeliveredRun::number);
        if (!std::ranges::equal(
                result_.runs, proof_.told.runs, {}, &DeliveredRun::number, &DeliveryTold::Run::number))
            return forged("it speaks of other entries than those that it proves");
        TEREN_CHECK(checkTwice());
        return std::move(result_);
    }

private:
    Status checkEntry(
        const ShownReceipt::Entry& entry, const std::map<std::uint64_t, Hash>& leaves, Instant confirmed)
    {
        TEREN_TRY(const ledger::SignedSegmentHeader head, ledger::decodeHeader(entry.header));
        const ledger::SegmentHeader& header = head.header;
        if (header.workspace != result_.workspace || header.space != proof_.told.space)
            return forged("an entry of another case");
        if (header.device != result_.device || !ledger::verifyHeader(head, proof_.signKey))
            return forged("an entry that is not signed by the device");
        const auto leaf = entry.number == 0 ? leaves.end() : leaves.find(entry.number - 1);
        if (leaf == leaves.end()
            || leaf->second
                != ledger::leafHash(ledger::encode(ledger::Leaf{
                    entry.number, header.space, header.device, header.life, header.firstSeq, header.count,
                    head.hash})))
            return forged("an entry that its receipt is not of");
        result_.runs.push_back({entry.number, header.life, header.firstSeq, header.count, confirmed});
        return {};
    }

    /// No change is counted twice: neither by its number in the log, nor by its own.
    Status checkTwice() const
    {
        std::vector<DeliveredRun> runs = result_.runs;
        std::ranges::sort(
            runs, {}, [](const DeliveredRun& run) { return std::pair(run.life, run.firstSeq); });
        for (std::size_t i = 1; i < runs.size(); ++i)
            if (runs[i].life == runs[i - 1].life
                && runs[i].firstSeq < runs[i - 1].firstSeq + runs[i - 1].count)
                return forged("a change that is counted twice");
        for (std::size_t i = 1; i < result_.runs.size(); ++i)
            if (result_.runs[i].number == result_.runs[i - 1].number)
                return forged("an entry that is counted twice");
        return {};
    }

    void noteKeys(const ledger::SignedHead& head)
    {
        for (const ledger::ServerKeyPeriod& period : membership_.serverKeys())
            if (ledger::openHead(head, period.keys.receipt)
                && std::ranges::find(result_.keys, period.keys) == result_.keys.end())
                result_.keys.push_back(period.keys);
    }

    const DeliveryProof& proof_;
    const ledger::Membership& membership_;
    Delivered result_;
};

}  // namespace

Hash deliveryCode(ByteView block)
{
    return blake2b({viewOf(kLabel), block.first(block.size() - std::min(block.size(), kSignatureSize))});
}

std::uint64_t Delivered::changes() const
{
    std::uint64_t all = 0;
    for (const DeliveredRun& run : runs)
        all += run.count;
    return all;
}

Result<Bytes> encode(const DeliveryProof& proof, const SigningKey& device)
{
    ledger::Writer out;
    out.raw(viewOf(kMagic)).number(static_cast<std::uint8_t>(kFirstVersion + proof.told.wording));
    for (const ledger::SignedStatement& statement : proof.statements) {
        ledger::Writer item;
        item.raw(statement.device.bytes).raw(statement.signature).raw(statement.body);
        add(out, Item::Statement, item.take());
    }
    ledger::Writer keys;
    add(out, Item::Device, keys.raw(proof.signKey).raw(proof.boxKey).take());
    add(out, Item::Told, encodeTold(proof.told));
    for (const ShownReceipt& receipt : proof.receipts)
        add(out, Item::Receipt, encode(receipt));
    out.number(static_cast<std::uint8_t>(Item::End));
    Bytes bytes = out.take();
    const Signature signature = device.sign(kLabel, blake2b({viewOf(kLabel), bytes}));
    bytes.insert(bytes.end(), signature.begin(), signature.end());
    if (bytes.size() > limits::kBundleMax)
        return fail(Errc::LimitExceeded, "a statement of " + std::to_string(bytes.size()) + " bytes");
    return bytes;
}

Result<DeliveryProof> decodeDelivery(ByteView block)
{
    if (block.size() < kMagic.size() + 2 + kSignatureSize || textOf(block.first(kMagic.size())) != kMagic)
        return fail(Errc::Malformed, "this is no statement of delivery");
    if (block.size() > limits::kBundleMax)
        return fail(Errc::LimitExceeded, "a statement of " + std::to_string(block.size()) + " bytes");
    const std::uint8_t version = block[kMagic.size()];
    if (version < kFirstVersion || version > kFirstVersion + DeliveryTold::kWording)
        return fail(Errc::TooNew, "the statement was written by a later version");
    DeliveryProof proof;
    ledger::Reader in(block.subspan(kMagic.size() + 1, block.size() - kMagic.size() - 1 - kSignatureSize));
    while (in.left() >= kItemHead) {
        const auto item = static_cast<Item>(in.number<std::uint8_t>());
        const auto size = in.number<std::uint32_t>();
        if (size > in.left())
            return broken();
        TEREN_CHECK(takeItem(item, in.raw(size), proof));
    }
    if (in.left() != 1 || in.number<std::uint8_t>() != static_cast<std::uint8_t>(Item::End))
        return broken();
    proof.told.wording = static_cast<std::uint8_t>(version - kFirstVersion);
    Signature signature{};
    std::ranges::copy(block.last(kSignatureSize), signature.begin());
    if (!verify(proof.signKey, kLabel, deliveryCode(block), signature))
        return forged("the statement is not signed by the device in it");
    return proof;
}

Result<Delivered> checkDelivery(const DeliveryProof& proof)
{
    ledger::Membership membership;
    for (const ledger::SignedStatement& statement : proof.statements)
        TEREN_CHECK(membership.apply(statement));
    if (membership.height() == 0)
        return forged("a statement without the beginning of its office's members' log");
    Checker checker(proof, membership);
    for (const ShownReceipt& receipt : proof.receipts)
        TEREN_CHECK(checker.check(receipt));
    return checker.finish();
}

}  // namespace teren::carrier
