// SPDX-License-Identifier: EUPL-1.2
#include "app/store/applied_by.h"

#include "app/store/key_ring.h"
#include "app/store/notices.h"
#include "crypto/base/limits.h"

#include <algorithm>

namespace teren::store {
namespace {

/// The place of `life` among those that the device has announced, oldest first; nothing for an unknown one.
std::optional<std::uint64_t> orderOf(const ledger::Membership::Device& device, std::uint64_t life)
{
    const auto found = std::ranges::find(device.lives, life);
    if (found == device.lives.end())
        return std::nullopt;
    return static_cast<std::uint64_t>(found - device.lives.begin());
}

std::size_t sizeOf(const ledger::AppliedWord& word)
{
    return word.box.size() + word.signature.size();
}

}  // namespace

// ---- what this device says -------------------------------------------------------------------------------

Result<std::map<std::int64_t, VersionVector>> AppliedBy::appliedHere()
{
    std::map<std::int64_t, VersionVector> here;
    sql::Statement& rows = core_.db.statement("SELECT space, author, seq FROM applied ORDER BY space");
    TEREN_CHECK(eachRow(rows, [&](sql::Statement& row) -> Status {
        TEREN_TRY(const Author author, core_.interner.author(row.columnInt(1)));
        // That a device has its own work goes without saying.
        if (author.device != core_.device && row.columnUint(2) > 0)
            here[row.columnInt(0)].add({author, row.columnUint(2)});
        return {};
    }));
    return here;
}

Result<std::map<std::int64_t, AppliedBy::Told>> AppliedBy::toldBefore()
{
    std::map<std::int64_t, Told> before;
    sql::Statement& rows = core_.db.statement("SELECT space, epoch, counter, vector, kept FROM applied_told");
    TEREN_CHECK(eachRow(rows, [&](sql::Statement& row) {
        before[row.columnInt(0)]
            = {static_cast<std::uint32_t>(row.columnInt(1)), row.columnUint(2), toBytes(row.columnBlob(3)),
               row.columnInt(4) != 0};
    }));
    return before;
}

Result<std::vector<AppliedBy::News>> AppliedBy::news(std::size_t most, const std::set<SpaceId>& without)
{
    TEREN_TRY(const auto here, appliedHere());
    TEREN_TRY(const auto before, toldBefore());
    std::vector<News> found;
    for (const auto& [id, entry] : core_.spaces) {
        const auto said = before.find(entry.row);
        const auto seen = here.find(entry.row);
        const ledger::Membership::Space* space = core_.membership.find(id);
        // What was removed from here to save room was applied: it stays said.
        if (found.size() == most || space == nullptr || without.contains(id) || core_.own.evicted.contains(id)
            || !core_.membership.canRead(core_.device, id) || (seen == here.end() && said == before.end()))
            continue;
        const VersionVector now = seen == here.end() ? VersionVector() : seen->second;
        TEREN_TRY(const Bytes vector, core_.interner.encode(now));
        const auto epoch = static_cast<std::uint32_t>(space->epochs.size());
        if (said != before.end() && said->second.kept && said->second.epoch == epoch
            && said->second.vector == vector)
            continue;
        const Hash& keyId = space->epochs.back().keyId;
        Result<SecretKey> key = KeyRing(core_).find(entry, epoch, keyId);
        if (!key && key.error().code == Errc::NotFound)
            continue;  // It has not been granted to this device yet.
        if (!key)
            return std::unexpected(key.error());
        found.push_back(
            {entry,
             {epoch, keyId, *std::move(key)},
             now,
             vector,
             said == before.end() ? 0 : said->second.counter});
    }
    return found;
}

Result<ledger::AppliedWord> AppliedBy::seal(const News& news, Instant now)
{
    const auto milliseconds
        = static_cast<std::uint64_t>(std::max<std::int64_t>(now.time_since_epoch().count(), 0));
    segment::Applied applied;
    applied.life = core_.keys->life;
    // Not the time itself, which may be put back.
    applied.counter = std::max(milliseconds, news.counter + 1);
    applied.stated = now;
    applied.seen = news.seen;
    const auto note = [&](bool kept) {
        return core_.db
            .statement("INSERT OR REPLACE INTO applied_told (space, epoch, counter, vector, kept) "
                       "VALUES (?, ?, ?, ?, ?)")
            .with(news.space.row, news.key.epoch, applied.counter, ByteView(news.vector), kept ? 1 : 0)
            .run();
    };
    Result<ledger::AppliedWord> word = segment::sealApplied(
        applied, core_.membership.workspace(), news.space.id, core_.device, news.key, core_.keys->signing,
        core_.random);
    TEREN_CHECK(note(!word.has_value()));  // What does not fit is not tried again until it is another.
    return word;
}

Result<std::vector<ledger::AppliedWord>> AppliedBy::toTell(
    Instant now, std::size_t maxBytes, const std::set<SpaceId>& underWay)
{
    using Words = std::vector<ledger::AppliedWord>;
    TEREN_TRY(const std::vector<News> all, news(limits::kAppliedPerMessageMax, underWay));
    if (all.empty())
        return Words();
    return core_.produce([&]() -> Result<Words> {
        Words words;
        std::size_t bytes = 0;
        for (const News& item : all) {
            Result<ledger::AppliedWord> word = seal(item, now);
            if (!word && word.error().code != Errc::LimitExceeded)
                return std::unexpected(word.error());
            if (!word)
                continue;
            bytes += sizeOf(*word);
            if (!words.empty() && bytes > maxBytes)
                break;
            words.push_back(*std::move(word));
        }
        return words;
    });
}

Status AppliedBy::told(std::span<const ledger::AppliedWord> words)
{
    return core_.transact([&]() -> Status {
        for (const ledger::AppliedWord& word : words)
            if (const SpaceEntry* space = core_.find(word.space))
                TEREN_CHECK(core_.db.statement("UPDATE applied_told SET kept = 1 WHERE space = ?")
                                .with(space->row)
                                .run());
        return {};
    });
}

Status AppliedBy::tellAllAgain()
{
    return core_.db.execute("UPDATE applied_told SET kept = 0");
}

Status AppliedBy::startOver()
{
    TEREN_CHECK(tellAllAgain());
    core_.own.appliedSerial = 0;
    return core_.saveOwn();
}

// ---- what colleagues say ---------------------------------------------------------------------------------

Status AppliedBy::take(std::span<const ledger::AppliedWord> words, std::uint64_t serial, std::size_t forged)
{
    return core_.transact([&]() -> Status {
        for (const ledger::AppliedWord& word : words)
            TEREN_CHECK(takeOne(word));
        if (forged > 0)
            TEREN_CHECK(Notices(core_).tell(NoticeKind::AppliedWordsForged, {}));
        if (serial < core_.own.appliedSerial)
            TEREN_CHECK(tellAllAgain());
        core_.own.appliedSerial = serial;
        return core_.saveOwn();
    });
}

Status AppliedBy::takeOne(const ledger::AppliedWord& word)
{
    const SpaceEntry* space = core_.find(word.space);
    const ledger::Membership::Space* opened = core_.membership.find(word.space);
    const ledger::Membership::Device* device = core_.membership.find(word.device);
    if (space == nullptr || opened == nullptr || device == nullptr || word.epoch == 0
        || word.epoch > opened->epochs.size())
        return {};
    const Hash& keyId = opened->epochs[word.epoch - 1].keyId;
    Result<SecretKey> key = KeyRing(core_).find(*space, word.epoch, keyId);
    if (!key)
        return key.error().code == Errc::NotFound ? Status{} : std::unexpected(key.error());
    const Result<segment::Applied> said
        = segment::openApplied(word, core_.membership.workspace(), {word.epoch, keyId, *std::move(key)});
    if (!said)
        return {};  // Signed by a member, and nonsense: it says nothing, and stops nobody.
    const std::optional<std::uint64_t> order = orderOf(*device, said->life);
    if (!order)
        return {};
    TEREN_TRY(const bool newer, isNewer(*space, word.device, *order, said->counter));
    if (!newer)
        return {};
    TEREN_TRY(const Bytes vector, core_.interner.encode(ofMembers(said->seen)));
    return core_.db
        .statement("INSERT OR REPLACE INTO applied_by (space, device, life_order, counter, stated, epoch, "
                   "vector, box, signature) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .with(
            space->row, word.device.view(), *order, said->counter, said->stated.time_since_epoch().count(),
            word.epoch, ByteView(vector), ByteView(word.box), ByteView(word.signature))
        .run();
}

/// A later life is newer than any word of an earlier one, whatever it counts.
Result<bool> AppliedBy::isNewer(
    const SpaceEntry& space, const DeviceId& device, std::uint64_t order, std::uint64_t counter)
{
    sql::Statement& count
        = core_.db.statement("SELECT count(*) FROM applied_by WHERE space = ?1 AND device = ?2 AND "
                             "(life_order > ?3 OR (life_order = ?3 AND counter >= ?4))");
    TEREN_TRY(const std::int64_t known, numberOf(count.with(space.row, device.view(), order, counter)));
    return known == 0;
}

VersionVector AppliedBy::ofMembers(const VersionVector& seen) const
{
    VersionVector known;
    for (const VersionVector::Entry& entry : seen.entries()) {
        const ledger::Membership::Device* device = core_.membership.find(entry.author.device);
        if (device != nullptr && orderOf(*device, entry.author.life))
            known.add({entry.author, entry.seq});
    }
    return known;
}

Status AppliedBy::forgetRemoved()
{
    for (const auto& [id, device] : core_.membership.devices())
        if (!device.isMember())
            TEREN_CHECK(core_.db.statement("DELETE FROM applied_by WHERE device = ?").with(id.view()).run());
    return {};
}

Result<std::vector<AppliedBy::Said>> AppliedBy::of(const SpaceEntry& space)
{
    std::vector<Said> all;
    sql::Statement& rows = core_.db.statement(
        "SELECT device, stated, vector, epoch, box, signature FROM applied_by WHERE space = ? "
        "ORDER BY device");
    TEREN_CHECK(eachRow(rows.with(space.row), [&](sql::Statement& row) -> Status {
        Said& said = all.emplace_back();
        TEREN_TRY(said.device, idAt<DeviceId>(row, 0));
        said.stated = Instant(std::chrono::milliseconds(row.columnInt(1)));
        TEREN_TRY(said.seen, core_.interner.decodeVector(row.columnBlob(2)));
        said.word = {space.id, said.device, static_cast<std::uint32_t>(row.columnInt(3)), {}, {}};
        said.word.box = toBytes(row.columnBlob(4));
        if (row.columnBlob(5).size() != said.word.signature.size())
            return fail(Errc::Damaged, "a signature of the wrong size in the store");
        std::ranges::copy(row.columnBlob(5), said.word.signature.begin());
        return {};
    }));
    return all;
}

}  // namespace teren::store
