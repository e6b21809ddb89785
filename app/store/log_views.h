// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/core.h"

#include <functional>

namespace teren::store {

/// What other devices have seen of the two logs, held against what this one was shown (PROTOCOL.md, 11.4).
///
/// A segment carries, sealed, its author's head and the hash of the newest statement that the author knew.
/// The log only grows, and every device moves from head to head by proof. So a device's newest head stands
/// for all it had before, and one claim a device is kept. A head of a size that was verified here itself is
/// compared at once; for any other the server has to prove that it is a past state of our log, which it
/// cannot if it is not.
///
/// A device whose claim does not hold was shown another log, or lies. Which, only people can find out: it is
/// disputed until a person here accepts that or the device is removed from the office. Where the verdict
/// rests on a proof that the server did not give, the claim stays open and a later proof takes the verdict
/// back.
class LogViews {
public:
    /// Verified heads of which all are kept; of older ones ever fewer, back to the first. What is not kept is
    /// compared by asking.
    static constexpr int kHeadsKept = 256;

    explicit LogViews(Core& core) : core_(core) {}

    /// A head that this device has verified.
    Status noteHead(const ledger::TreeHead& head);
    /// Those kept of less than `size` entries, ascending.
    Result<std::vector<ledger::TreeHead>> headsBelow(std::uint64_t size);
    /// What the author of the entry at `number` has seen.
    Status take(
        const ledger::SegmentHeader& header, std::uint64_t number, const ledger::TreeHead& seen,
        const Hash& membershipHash);

    /// What a device that is a member says itself that it has seen.
    Status hear(const engine::HeadClaim& claim, std::uint64_t number);
    /// In the order of the devices' ids, from behind `after` on.
    Result<std::vector<engine::HeadClaim>> open(const DeviceId& after, std::size_t most);
    /// What the server could prove of an open claim.
    Status answered(const engine::HeadClaim& claim, bool holds);
    /// A device, still a member, with a claim that did not hold and that nobody has accepted.
    Result<std::optional<DeviceId>> disputed();
    /// Forgets the heads above `common`, which the server has no more, what is open about them, and verdicts
    /// that rest on them.
    Status goBackTo(std::uint64_t common);
    /// Drops claims and verdicts that rest on parts of either log which the server is known to have lost.
    Status excuseLost();
    /// @return `NotFound` if there is nothing to accept.
    Status accept(const DeviceId& device);

private:
    /// Values are on disk.
    enum class Log : std::uint8_t { Entries = 1, Statements = 2 };

    /// Values are on disk. Whether this device knows itself that a claim is false.
    enum class Ground : std::uint8_t { Known = 0, Unproven = 1 };

    Result<std::optional<Hash>> rootAt(std::uint64_t size);
    Status thin();
    /// Calls `excuse` for each of `claims` (device, size, root) that rests on a lost part.
    Status excuseIn(std::string_view claims, const std::function<Status(const engine::HeadClaim&)>& excuse);
    Status withdraw(const DeviceId& device, Log log);
    /// What this device could tell by itself.
    Status settle(const engine::HeadClaim& claim, bool holds);
    Status close(const engine::HeadClaim& claim);
    Status accuse(
        const DeviceId& device, Log log, std::uint64_t size, const Hash& hash, Ground ground = Ground::Known);

    Core& core_;
};

}  // namespace teren::store
