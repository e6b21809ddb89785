// SPDX-License-Identifier: EUPL-1.2
#include "sync/server/page_stream.h"

#include "crypto/base/assert.h"
#include "crypto/base/limits.h"
#include "sync/server/tree_reader.h"

#include <algorithm>

namespace teren::server {
namespace {

constexpr std::size_t kScanStep = 128;

}  // namespace

std::uint64_t Cursors::lowest() const
{
    std::uint64_t lowest = general;
    for (const auto& [space, cursor] : other)
        lowest = std::min(lowest, cursor);
    return lowest;
}

std::uint64_t Cursors::of(const SpaceId& space) const
{
    const auto found = other.find(space);
    return found == other.end() ? general : found->second;
}

void PageStream::begin(Cursors cursors, std::uint64_t target, std::vector<SpaceId> urgent)
{
    cursors_ = std::move(cursors);
    target_ = target;
    urgent_.assign(urgent.begin(), urgent.end());
    done_ = std::min(cursors_.lowest(), target);
    sentOfNext_ = 0;
    madeAt_.reset();
    active_ = true;
}

/// The driver asks for a page when the one before has left.
void PageStream::pace(Instant now)
{
    if (madeAt_ && pageSize_ > 0) {
        const auto passed = std::max(now - *madeAt_, std::chrono::milliseconds(1));
        const std::uint64_t halfASecond
            = pageSize_ * std::uint64_t{500} / static_cast<std::uint64_t>(passed.count());
        const std::uint64_t next = std::min<std::uint64_t>(halfASecond, pageMax_ * std::uint64_t{2});
        pageMax_
            = std::clamp<std::size_t>(static_cast<std::size_t>(next), limits::kPageMin, limits::kPageMax);
    }
    madeAt_ = now;
}

Result<wire::Page> PageStream::next(
    const WorkspaceHub& hub, const DeviceId& device, const ledger::TreeHead& head,
    const std::set<std::uint64_t>& known, Instant now)
{
    TEREN_ASSERT(active_ && target_ <= head.size);
    pace(now);
    wire::Page page;
    pageSize_ = 0;
    TEREN_TRY(Fit fit, addUrgent(hub, device, known, page));
    if (fit == Fit::Whole) {
        TEREN_TRY(fit, addRest(hub, device, known, page));
    }
    std::vector<std::uint64_t> indexes;
    for (const wire::Entry& entry : page.entries)
        if (!entry.header.empty())
            indexes.push_back(entry.number - 1);
    if (!indexes.empty()) {
        const ledger::SubtreeSource subtrees = subtreesOf(hub.store(), hub.workspace());
        TEREN_TRY(page.proof, ledger::inclusionProof(indexes, head.size, subtrees));
    }
    page.cursor = done_;
    page.last = urgent_.empty() && done_ == target_;
    active_ = !page.last;
    return page;
}

Result<PageStream::Fit> PageStream::addUrgent(
    const WorkspaceHub& hub, const DeviceId& device, const std::set<std::uint64_t>& known, wire::Page& page)
{
    while (!urgent_.empty()) {
        const SpaceId space = urgent_.front();
        TEREN_TRY(
            const std::vector<LogEntry> entries,
            hub.store().entriesOf(hub.workspace(), space, cursors_.of(space), target_, kScanStep));
        for (const LogEntry& entry : entries) {
            if (sentOfNext_ > 0 || isWanted(hub, device, entry, known)) {
                TEREN_TRY(const Fit fit, add(hub, entry, page));
                if (fit != Fit::Whole)
                    return fit;
            }
            cursors_.other[space] = entry.number;
        }
        if (entries.empty()) {
            cursors_.other[space] = target_;
            urgent_.pop_front();
        }
    }
    return Fit::Whole;
}

Result<PageStream::Fit> PageStream::addRest(
    const WorkspaceHub& hub, const DeviceId& device, const std::set<std::uint64_t>& known, wire::Page& page)
{
    for (std::size_t scanned = 0; done_ < target_ && scanned < kScanMax; scanned += kScanStep) {
        TEREN_TRY(
            const std::vector<LogEntry> entries,
            hub.store().entries(hub.workspace(), done_, target_, kScanStep));
        if (entries.empty())
            return fail(Errc::Damaged, "the log ends before its head");
        for (const LogEntry& entry : entries) {
            // A body that has been begun is sent to its end, whoever hands it in meanwhile.
            if (sentOfNext_ > 0 || isWanted(hub, device, entry, known)) {
                TEREN_TRY(const Fit fit, add(hub, entry, page));
                if (fit != Fit::Whole)
                    return fit;
            }
            done_ = entry.number;
        }
    }
    return Fit::Whole;
}

bool PageStream::isWanted(
    const WorkspaceHub& hub, const DeviceId& device, const LogEntry& entry,
    const std::set<std::uint64_t>& known) const
{
    return entry.number > cursors_.of(entry.space) && hub.membership().canRead(device, entry.space)
        && !known.contains(entry.number);
}

Result<PageStream::Fit> PageStream::add(const WorkspaceHub& hub, const LogEntry& entry, wire::Page& page)
{
    const bool resumed = sentOfNext_ == 0 && entry.number == cursors_.partialNumber
        && cursors_.partialSize <= entry.bodySize;
    const std::uint32_t offset = resumed ? cursors_.partialSize : sentOfNext_;
    const std::size_t rest = entry.bodySize - offset;
    const std::size_t chunk = std::min({rest, limits::kChunkMax, pageMax_});
    const std::size_t headerSize = sentOfNext_ == 0 ? entry.header.size() : 0;
    // In one page numbers ascend: what goes ahead ends it where another space, or the rest, begins lower.
    if (!page.entries.empty()
        && (pageSize_ + headerSize + chunk > pageMax_ || entry.number < page.entries.back().number))
        return Fit::Full;

    TEREN_TRY(Bytes data, hub.store().body(hub.workspace(), entry.number, offset, chunk));
    if (data.size() != chunk)
        return fail(Errc::Damaged, "the store lacks the end of a body");
    pageSize_ += headerSize + chunk;
    page.entries.push_back({entry.number, headerSize > 0 ? entry.header : Bytes{}, offset, std::move(data)});
    if (chunk < rest) {
        sentOfNext_ = offset + static_cast<std::uint32_t>(chunk);
        return Fit::Part;
    }
    sentOfNext_ = 0;
    return Fit::Whole;
}

}  // namespace teren::server
