// SPDX-License-Identifier: EUPL-1.2
#include "sync/carrier/evidence.h"

#include "crypto/base/limits.h"
#include "crypto/sign/hash.h"
#include "sync/ledger/bigendian.h"

#include <algorithm>

namespace teren::carrier {
namespace {

constexpr std::string_view kMagic = "TERENEVD";
constexpr std::uint8_t kVersion = 1;
constexpr std::string_view kLabel = "teren.evidence.v1";
constexpr std::size_t kHashSize = sizeof(Hash);
constexpr std::size_t kSignatureSize = std::tuple_size_v<Signature>;
constexpr std::size_t kItemHead = 1 + 4;

enum class Item : std::uint8_t { End = 0, Statement = 1, Heads = 2, Twins = 3 };

void add(ledger::Writer& out, Item item, ByteView bytes)
{
    out.number(static_cast<std::uint8_t>(item)).number(static_cast<std::uint32_t>(bytes.size())).raw(bytes);
}

void addHead(ledger::Writer& out, const ledger::SignedHead& head)
{
    out.number(static_cast<std::uint16_t>(head.body.size())).raw(head.body).raw(head.signature);
}

std::unexpected<Error> broken()
{
    return fail(Errc::Malformed, "evidence that breaks off");
}

template <std::size_t N>
Status take(ledger::Reader& in, std::array<std::uint8_t, N>& out)
{
    if (in.left() < N)
        return broken();
    std::ranges::copy(in.raw(N), out.begin());
    return {};
}

Result<ledger::SignedHead> takeHead(ledger::Reader& in)
{
    ledger::SignedHead head;
    if (in.left() < 2)
        return broken();
    const auto size = in.number<std::uint16_t>();
    if (in.left() < size + kSignatureSize)
        return broken();
    head.body = toBytes(in.raw(size));
    TEREN_CHECK(take(in, head.signature));
    return head;
}

Status takeItem(Item item, ByteView bytes, Evidence& evidence)
{
    ledger::Reader in(bytes);
    switch (item) {
    case Item::Statement: {
        ledger::SignedStatement& statement = evidence.statements.emplace_back();
        TEREN_CHECK(take(in, statement.device.bytes));
        TEREN_CHECK(take(in, statement.signature));
        statement.body = toBytes(in.raw(in.left()));
        return {};
    }
    case Item::Heads: {
        HeadPair& pair = evidence.heads.emplace_back();
        TEREN_TRY(pair.first, takeHead(in));
        TEREN_TRY(pair.second, takeHead(in));
        break;
    }
    case Item::Twins: {
        TwinSegments& twins = evidence.twins.emplace_back();
        TEREN_CHECK(take(in, twins.signKey));
        TEREN_CHECK(take(in, twins.boxKey));
        const std::size_t size = in.left() / 2;
        twins.first = toBytes(in.raw(size));
        twins.second = toBytes(in.raw(in.left()));
        break;
    }
    case Item::End:
        return fail(Errc::Malformed, "evidence of an unknown kind");
    }
    return in.left() == 0 ? Status{} : Status(fail(Errc::Malformed, "evidence with something behind it"));
}

Result<Finding> findIn(const HeadPair& pair, const ledger::Membership& membership)
{
    Finding finding;
    TEREN_TRY(finding.first, ledger::openKeptHead(pair.first, membership.serverKeys()));
    TEREN_TRY(finding.second, ledger::openKeptHead(pair.second, membership.serverKeys()));
    for (const ledger::Head& head : {finding.first, finding.second})
        if (head.workspace != membership.workspace())
            return fail(Errc::Forged, "a head of another workspace");
    if (finding.second.time < finding.first.time)
        std::swap(finding.first, finding.second);
    const ledger::TreeHead& before = finding.first.tree;
    const ledger::TreeHead& after = finding.second.tree;
    if (before == after)
        return fail(Errc::Forged, "two heads that say the same");
    if (before.size == after.size)
        finding.kind = Finding::Kind::ServerForked;
    else if (after.size < before.size && finding.first.time < finding.second.time)
        finding.kind = Finding::Kind::ServerWentBack;
    return finding;
}

Result<Finding> findIn(const TwinSegments& twins, const WorkspaceId& workspace)
{
    TEREN_TRY(const ledger::SignedSegmentHeader first, ledger::decodeHeader(twins.first));
    TEREN_TRY(const ledger::SignedSegmentHeader second, ledger::decodeHeader(twins.second));
    ledger::DeviceStatement device;
    device.signKey = twins.signKey;
    device.boxKey = twins.boxKey;
    for (const ledger::SignedSegmentHeader* head : {&first, &second}) {
        if (head->header.workspace != workspace)
            return fail(Errc::Forged, "a segment of another workspace");
        if (head->header.device != device.id() || !ledger::verifyHeader(*head, twins.signKey))
            return fail(Errc::Forged, "a segment that is not signed by its device");
    }
    if (first.hash == second.hash || !areTwins(first.header, second.header))
        return fail(Errc::Forged, "two segments that do not stand in each other's place");
    Finding finding;
    finding.kind = Finding::Kind::DeviceTwice;
    finding.device = first.header.device;
    finding.space = first.header.space;
    finding.life = first.header.life;
    finding.seq = std::max(first.header.firstSeq, second.header.firstSeq);
    return finding;
}

}  // namespace

bool areTwins(const ledger::SegmentHeader& one, const ledger::SegmentHeader& other)
{
    return one.space == other.space && one.device == other.device && one.life == other.life
        && one.firstSeq <= other.lastSeq() && other.firstSeq <= one.lastSeq();
}

Result<Bytes> encode(const Evidence& evidence)
{
    ledger::Writer out;
    out.raw(viewOf(kMagic)).number(kVersion);
    for (const ledger::SignedStatement& statement : evidence.statements) {
        ledger::Writer item;
        item.raw(statement.device.bytes).raw(statement.signature).raw(statement.body);
        add(out, Item::Statement, item.take());
    }
    for (const HeadPair& pair : evidence.heads) {
        ledger::Writer item;
        addHead(item, pair.first);
        addHead(item, pair.second);
        add(out, Item::Heads, item.take());
    }
    for (const TwinSegments& twins : evidence.twins) {
        ledger::Writer item;
        item.raw(twins.signKey).raw(twins.boxKey).raw(twins.first).raw(twins.second);
        add(out, Item::Twins, item.take());
    }
    out.number(static_cast<std::uint8_t>(Item::End));
    Bytes bytes = out.take();
    const Hash hash = blake2b({viewOf(kLabel), bytes});
    bytes.insert(bytes.end(), hash.begin(), hash.end());
    if (bytes.size() > limits::kBundleMax)
        return fail(Errc::LimitExceeded, "evidence of " + std::to_string(bytes.size()) + " bytes");
    return bytes;
}

Result<Evidence> decodeEvidence(ByteView file)
{
    if (file.size() < kMagic.size() + 2 + kHashSize || textOf(file.first(kMagic.size())) != kMagic)
        return fail(Errc::Malformed, "this is no file of evidence");
    if (file.size() > limits::kBundleMax)
        return fail(Errc::LimitExceeded, "evidence of " + std::to_string(file.size()) + " bytes");
    if (file[kMagic.size()] != kVersion)
        return fail(Errc::TooNew, "the evidence was written by a later version");
    const ByteView body = file.first(file.size() - kHashSize);
    if (!std::ranges::equal(blake2b({viewOf(kLabel), body}), file.last(kHashSize)))
        return fail(Errc::Damaged, "the file was cut or altered since it was made");
    Evidence evidence;
    ledger::Reader in(body.subspan(kMagic.size() + 1));
    while (in.left() >= kItemHead) {
        const auto item = static_cast<Item>(in.number<std::uint8_t>());
        const auto size = in.number<std::uint32_t>();
        if (size > in.left())
            return broken();
        TEREN_CHECK(takeItem(item, in.raw(size), evidence));
    }
    if (in.left() != 1 || in.number<std::uint8_t>() != static_cast<std::uint8_t>(Item::End))
        return broken();
    return evidence;
}

Result<Findings> checkEvidence(const Evidence& evidence)
{
    ledger::Membership membership;
    for (const ledger::SignedStatement& statement : evidence.statements)
        TEREN_CHECK(membership.apply(statement));
    if (membership.height() == 0)
        return fail(Errc::Forged, "evidence without the beginning of its office's members' log");
    Findings findings{membership.workspace(), {}};
    for (const HeadPair& pair : evidence.heads) {
        TEREN_TRY(const Finding finding, findIn(pair, membership));
        findings.found.push_back(finding);
    }
    for (const TwinSegments& twins : evidence.twins) {
        TEREN_TRY(const Finding finding, findIn(twins, membership.workspace()));
        findings.found.push_back(finding);
    }
    if (findings.found.empty())
        return fail(Errc::Forged, "evidence of nothing");
    return findings;
}

}  // namespace teren::carrier
