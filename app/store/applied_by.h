// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/core.h"
#include "sync/segment/applied_seal.h"

namespace teren::store {

/// Who has applied what: what this device says of itself, and the newest that colleagues' devices said. What
/// is kept of a colleague's word names only devices of the members' log, so nobody can fill the store with
/// it.
class AppliedBy {
public:
    explicit AppliedBy(Core& core) : core_(core) {}

    /// As `engine::Replica::appliedToTell`.
    Result<std::vector<ledger::AppliedWord>> toTell(
        Instant now, std::size_t maxBytes, const std::set<SpaceId>& underWay);
    /// As `engine::Replica::appliedTold`.
    Status told(std::span<const ledger::AppliedWord> words);
    /// As `engine::Replica::storeApplied`.
    Status take(std::span<const ledger::AppliedWord> words, std::uint64_t serial, std::size_t forged);

    /// What was said before may be lost, or of another life: says all of it again.
    Status tellAllAgain();
    /// The server has gone back: says all again, and asks for all that others say.
    Status startOver();
    /// Of devices that are members no longer.
    Status forgetRemoved();

    /// What one device said last of a space.
    struct Said {
        DeviceId device;
        Instant stated{};
        VersionVector seen;
        ledger::AppliedWord word;
    };
    Result<std::vector<Said>> of(const SpaceEntry& space);

private:
    /// What was said of a space before.
    struct Told {
        std::uint32_t epoch = 0;
        std::uint64_t counter = 0;
        Bytes vector;
        bool kept = false;
    };
    struct News {
        SpaceEntry space;
        segment::SpaceKey key;
        VersionVector seen;
        Bytes vector;
        std::uint64_t counter = 0;
    };
    Result<std::map<std::int64_t, VersionVector>> appliedHere();
    Result<std::map<std::int64_t, Told>> toldBefore();
    Result<std::vector<News>> news(std::size_t most, const std::set<SpaceId>& without);
    Result<ledger::AppliedWord> seal(const News& news, Instant now);
    Status takeOne(const ledger::AppliedWord& word);
    Result<bool> isNewer(
        const SpaceEntry& space, const DeviceId& device, std::uint64_t order, std::uint64_t counter);
    VersionVector ofMembers(const VersionVector& seen) const;

    Core& core_;
};

}  // namespace teren::store
