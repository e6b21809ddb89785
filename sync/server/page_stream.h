// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/limits.h"
#include "sync/server/hub.h"
#include "sync/wire/messages.h"

#include <deque>
#include <map>
#include <optional>
#include <set>

namespace teren::server {

/// From where on a device lacks entries.
struct Cursors {
    std::uint64_t general = 0;
    std::map<SpaceId, std::uint64_t> other;  ///< Spaces that have come less far than `general`, or further.
    std::uint64_t partialNumber = 0;         ///< An entry of which the device holds `partialSize` bytes.
    std::uint32_t partialSize = 0;

    std::uint64_t lowest() const;
    /// Where entries of `space` begin to be lacking.
    std::uint64_t of(const SpaceId& space) const;
};

/// The entries that one device may read and lacks, as pages made one at a time: the log is never in memory.
/// Pages begin small and grow, over all runs of a session: a line that is cut early brings some all the same.
/// None is larger than what the line took in about half a second, so a receipt never waits longer behind one,
/// and little is left to be stored when the last byte has come.
///
/// Urgent spaces go ahead of the log's order, one after the other: the cursor of such a page stays where it
/// was. Inside a space the order is always the log's.
class PageStream {
public:
    /// Entries that are read from the log for one page at most; those the device may not read count too.
    static constexpr std::size_t kScanMax = 4'096;

    /// Starts over, up to entry `target`. @param urgent  Spaces that go ahead, the most urgent first.
    void begin(Cursors cursors, std::uint64_t target, std::vector<SpaceId> urgent = {});
    void stop() { active_ = false; }
    bool active() const { return active_; }

    /// The next page, its proof under the hub's head. Only while `active()`.
    /// @param head   The newest head the session has brought; not below `target`.
    /// @param known  Numbers that the device need not be sent.
    /// @param now    The pages before have left by now: their pace says how large this one may be.
    Result<wire::Page> next(
        const WorkspaceHub& hub, const DeviceId& device, const ledger::TreeHead& head,
        const std::set<std::uint64_t>& known, Instant now);

private:
    enum class Fit { Whole, Part, Full };
    bool isWanted(
        const WorkspaceHub& hub, const DeviceId& device, const LogEntry& entry,
        const std::set<std::uint64_t>& known) const;
    void pace(Instant now);
    /// Both add entries until the page is full, and are asked again for the next one then.
    Result<Fit> addUrgent(
        const WorkspaceHub& hub, const DeviceId& device, const std::set<std::uint64_t>& known,
        wire::Page& page);
    Result<Fit> addRest(
        const WorkspaceHub& hub, const DeviceId& device, const std::set<std::uint64_t>& known,
        wire::Page& page);
    Result<Fit> add(const WorkspaceHub& hub, const LogEntry& entry, wire::Page& page);

    bool active_ = false;
    Cursors cursors_;  ///< Those of urgent spaces move on with what is sent of them.
    std::uint64_t target_ = 0;
    std::deque<SpaceId> urgent_;    ///< Not sent whole yet.
    std::uint64_t done_ = 0;        ///< Every entry up to here is dealt with.
    std::uint32_t sentOfNext_ = 0;  ///< Bytes already sent of the body of the entry that comes next.
    std::size_t pageSize_ = 0;
    std::size_t pageMax_ = limits::kPageFirst;
    std::optional<Instant> madeAt_;  ///< The page before this one, of the same run.
};

}  // namespace teren::server
