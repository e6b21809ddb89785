// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/change_log.h"
#include "app/store/segment_table.h"

namespace teren::store {

/// Makes segments of unsealed changes. A transaction stores the exact bytes and, with them, the new end of
/// the chain: a crash cannot make two segments for one seq.
class Sealer {
public:
    explicit Sealer(Core& core) : core_(core), log_(core), segments_(core) {}

    /// Unseals segments that were never receipted, with all that follow them in their chain, whose key is no
    /// longer the newest, or that the server refused before the membership log has grown: by the log of then
    /// they are judged for ever.
    Status unsealStale();
    /// Seals what can be: spaces and life must be in the membership log. As `engine::Replica::sealSome`.
    Result<engine::Waiting> sealSome(std::size_t maxBytes);
    /// How many changes could be sealed.
    Result<std::uint64_t> unsealedChanges();

private:
    struct Unsealed {
        SpaceEntry space;
        std::uint64_t changes = 0;
    };
    bool maySeal() const;
    Result<std::vector<Unsealed>> unsealed();
    Result<std::size_t> sealSpace(const Unsealed& what, std::size_t maxBytes, engine::Waiting& step);
    Result<std::vector<LoggedChange>> nextRun(const SpaceEntry& space, std::size_t& weight);
    Status unsealStale(const SpaceEntry& space);
    Status sealRun(
        const SpaceEntry& space, const segment::SpaceKey& key, std::span<const LoggedChange> run,
        Hash& previous, engine::Waiting& step);
    Status store(const SpaceEntry& space, ledger::Segment segment);

    Core& core_;
    ChangeLog log_;
    SegmentTable segments_;
};

}  // namespace teren::store
