// SPDX-License-Identifier: EUPL-1.2
#include "app/store/evidence.h"

#include "app/store/key_value.h"
#include "app/store/notices.h"
#include "sync/ledger/bigendian.h"

#include <algorithm>

namespace teren::store {
namespace {

constexpr std::string_view kHeadPrefix = "head/";
constexpr std::string_view kPairPrefix = "two-heads/";
constexpr std::size_t kDigits = 20;
/// Thinned now and then.
constexpr std::uint64_t kThinEvery = 16;

std::string keyOf(std::uint64_t size)
{
    const std::string digits = std::to_string(size);
    return std::string(kHeadPrefix) + std::string(kDigits - digits.size(), '0') + digits;
}

Bytes encode(const ledger::SignedHead& head)
{
    ledger::Writer out;
    return out.raw(head.signature).raw(head.body).take();
}

ledger::SignedHead decode(ByteView bytes)
{
    ledger::SignedHead head;
    if (bytes.size() < head.signature.size())
        return head;
    std::ranges::copy(bytes.first(head.signature.size()), head.signature.begin());
    head.body = toBytes(bytes.subspan(head.signature.size()));
    return head;
}

Result<ledger::SignedHead> headAt(const sql::Statement& row, int column)
{
    ledger::SignedHead head;
    head.body = toBytes(row.columnBlob(column));
    if (!head.body.empty() && row.columnBlob(column + 1).size() != head.signature.size())
        return fail(Errc::Damaged, "a signature of the wrong size in the store");
    if (!head.body.empty())
        std::ranges::copy(row.columnBlob(column + 1), head.signature.begin());
    return head;
}

}  // namespace

Result<std::optional<ledger::SignedHead>> SignedHeads::at(std::uint64_t size)
{
    TEREN_TRY(KeyValue values, KeyValue::open(core_.db));
    TEREN_TRY(const std::optional<Bytes> kept, values.get(keyOf(size)));
    return kept ? std::optional(decode(*kept)) : std::nullopt;
}

Status SignedHeads::note(const engine::ShownHead& shown)
{
    const std::uint64_t size = shown.head.tree.size;
    if (shown.proof.body.empty() || size == 0)
        return {};
    TEREN_TRY(const std::optional<ledger::SignedHead> known, at(size));
    if (known) {
        TEREN_TRY(const bool differs, keepPair(*known, shown.proof));
        // Only its time or its safe mark moved.
        if (!differs)
            return {};
    }
    TEREN_TRY(KeyValue values, KeyValue::open(core_.db));
    TEREN_CHECK(values.put(keyOf(size), encode(shown.proof)));
    if (size % kThinEvery != 0)
        return {};
    TEREN_TRY(const std::vector<std::string> keys, values.keysWithPrefix(std::string(kHeadPrefix)));
    for (std::size_t i = 0; i + kKept < keys.size(); ++i)
        TEREN_CHECK(values.drop(keys[i]));
    return {};
}

Result<bool> SignedHeads::keepPair(const ledger::SignedHead& known, const ledger::SignedHead& other)
{
    const auto& periods = core_.membership.serverKeys();
    const Result<ledger::Head> first = ledger::openKeptHead(known, periods);
    const Result<ledger::Head> second = ledger::openKeptHead(other, periods);
    if (!first || !second || first->tree.size != second->tree.size || first->tree.root == second->tree.root)
        return false;
    TEREN_TRY(KeyValue values, KeyValue::open(core_.db));
    const std::string key = std::string(kPairPrefix) + std::to_string(first->tree.size) + "/"
        + toHex(std::min(first->tree.root, second->tree.root)) + "/"
        + toHex(std::max(first->tree.root, second->tree.root));
    TEREN_TRY(const std::vector<std::string> keys, values.keysWithPrefix(std::string(kPairPrefix)));
    if (keys.size() < kPairsKept && std::ranges::find(keys, key) == keys.end()) {
        ledger::Writer out;
        const Bytes one = encode(known);
        out.number(static_cast<std::uint16_t>(one.size())).raw(one).raw(encode(other));
        TEREN_CHECK(values.put(key, out.take()));
    }
    return true;
}

Result<bool> SignedHeads::hear(const ledger::SignedHead& head, const DeviceId& from)
{
    const Result<ledger::Head> opened = ledger::openKeptHead(head, core_.membership.serverKeys());
    if (!opened || opened->workspace != core_.membership.workspace())
        return false;
    TEREN_TRY(const std::optional<ledger::SignedHead> known, at(opened->tree.size));
    if (!known)
        return false;
    TEREN_TRY(const bool differs, keepPair(*known, head));
    if (differs)
        TEREN_CHECK(Notices(core_).tell(
            NoticeKind::ServerSignedTwoLogs,
            {std::to_string(opened->tree.size), toHex(opened->tree.root).substr(0, 8), from.hex()}));
    return differs;
}

Result<std::optional<ledger::SignedHead>> SignedHeads::newest()
{
    std::optional<ledger::SignedHead> found;
    TEREN_CHECK(eachRow(
        core_.db.statement("SELECT body, signature FROM newest_head"), [&](sql::Statement& row) -> Status {
            TEREN_TRY(found, headAt(row, 0));
            return {};
        }));
    return found;
}

Result<std::vector<HeadPair>> SignedHeads::pairs()
{
    std::vector<HeadPair> pairs;
    TEREN_CHECK(eachRow(
        core_.db.statement(
            "SELECT lost_head, lost_signature, shown_head, shown_signature FROM went_back ORDER BY id"),
        [&](sql::Statement& row) -> Status {
            HeadPair pair;
            TEREN_TRY(pair.first, headAt(row, 0));
            TEREN_TRY(pair.second, headAt(row, 2));
            if (!pair.first.body.empty() && !pair.second.body.empty())
                pairs.push_back(std::move(pair));
            return {};
        }));
    TEREN_TRY(KeyValue values, KeyValue::open(core_.db));
    TEREN_TRY(const std::vector<std::string> keys, values.keysWithPrefix(std::string(kPairPrefix)));
    for (const std::string& key : keys) {
        TEREN_TRY(const std::optional<Bytes> kept, values.get(key));
        ledger::Reader in(kept ? ByteView(*kept) : ByteView());
        if (in.left() < 2)
            continue;
        const auto size = in.number<std::uint16_t>();
        if (in.left() <= size)
            continue;
        const ByteView first = in.raw(size);
        pairs.push_back({decode(first), decode(in.raw(in.left()))});
    }
    return pairs;
}

Result<std::vector<HeaderPair>> twinSegments(Core& core)
{
    std::vector<HeaderPair> pairs;
    TEREN_CHECK(eachRow(
        core.db.statement(
            "SELECT a.header, b.header FROM segment a JOIN segment b ON b.space = a.space AND b.author = "
            "a.author AND b.first_seq < a.first_seq + a.count AND a.first_seq < b.first_seq + b.count "
            "AND b.id <> a.id WHERE a.state <> 1 AND (b.state = 1 OR a.id < b.id) ORDER BY a.id, b.id"),
        [&](sql::Statement& row) {
            pairs.push_back({toBytes(row.columnBlob(0)), toBytes(row.columnBlob(1))});
        }));
    return pairs;
}

}  // namespace teren::store
