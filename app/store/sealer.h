// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/change_log.h"
#include "app/store/segment_table.h"

namespace teren::store {

/// Makes segments of unsealed changes. Each space is a transaction of its own, which stores the exact bytes
/// and, with them, the new end of the chain: a crash cannot make two segments for one seq.
class Sealer {
public:
    explicit Sealer(Core& core) : core_(core), log_(core), segments_(core) {}

    /// Seals what can be: spaces and life must be in the membership log. A segment that was never receipted
    /// is sealed anew, with all that follow it in its chain, if its key is no longer the newest, or if the
    /// server refused it and the membership log has grown since it was sealed: by the log of then it is
    /// judged for ever.
    Status sealAll();

private:
    Result<std::vector<SpaceEntry>> spacesToSeal();
    Status sealSpace(const SpaceEntry& space);
    Status unsealStale(const SpaceEntry& space, std::uint32_t epoch);
    Status sealRun(
        const SpaceEntry& space, const segment::SpaceKey& key, std::span<const LoggedChange> run,
        Hash& previous);
    Status store(const SpaceEntry& space, ledger::Segment segment);

    Core& core_;
    ChangeLog log_;
    SegmentTable segments_;
};

}  // namespace teren::store
