// SPDX-License-Identifier: EUPL-1.2
#include "crypto/page/freshness.h"

#include "crypto/base/assert.h"
#include "crypto/page/wal_format.h"

#include <sqlite3.h>

#include <algorithm>

namespace teren::page {

void Findings::add(std::string text)
{
    const std::scoped_lock lock(mutex_);
    if (std::ranges::find(texts_, text) == texts_.end())
        texts_.push_back(std::move(text));
}

void Findings::clear()
{
    const std::scoped_lock lock(mutex_);
    texts_.clear();
}

std::vector<std::string> Findings::all() const
{
    const std::scoped_lock lock(mutex_);
    return texts_;
}

namespace {

constexpr std::string_view kSuffix{"-fresh"};
constexpr std::string_view kWalSuffix{"-wal"};

/// How large a log is that ends behind `frames`. Without a frame there is none.
std::int64_t logSize(std::uint64_t frames)
{
    return frames == 0 ? 0 : frameOffset(frames);
}

}  // namespace

Freshness::Freshness(
    sqlite3_vfs* base, std::string path, PageCipher& cipher, std::shared_ptr<Findings> findings,
    std::function<void()> committed)
    : base_(base),
      path_(std::move(path)),
      cipher_(cipher),
      findings_(std::move(findings)),
      committed_(std::move(committed)),
      file_(base, path_ + std::string(kSuffix), cipher)
{
}

int Freshness::refuse(std::string why)
{
    findings_->add(std::move(why));
    return SQLITE_IOERR_DATA;
}

int Freshness::begin(BaseFile& main)
{
    findings_->clear();
    std::int64_t size = 0;
    bool isThere = false;
    if (const int code = main.size(size); code != SQLITE_OK)
        return code;
    if (const int code = file_.exists(isThere); code != SQLITE_OK)
        return code;
    if (!isThere && size > 0)
        return refuse("the freshness file is missing");
    std::vector<std::string> problems;
    int code = isThere ? file_.load(table_, problems) : SQLITE_OK;
    // A creation that was stopped leaves an empty main file, and beside it whatever it had come to.
    const bool isNew = size == 0 && (code == SQLITE_OK || code == SQLITE_IOERR_DATA) && file_.pages() == 0;
    if (isNew) {
        code = file_.create();
    } else {
        for (const std::string& problem : problems)
            findings_->add("the freshness file: " + problem);
    }
    if (code != SQLITE_OK)
        return code;
    generation_ = file_.wal().generation;
    durable_ = file_.wal().position;
    if (isNew)
        return SQLITE_OK;
    if (code = readWal(); code != SQLITE_OK)
        return code;
    if (code = judgeWal(); code != SQLITE_OK)
        return code;
    return judgeMain(main);
}

int Freshness::readWalHeader(BaseFile& wal, bool& isCurrent)
{
    std::array<std::uint8_t, kWalHeaderSlot> slot{};
    const int code = wal.read(slot, 0);
    if (code == SQLITE_IOERR_SHORT_READ || (code == SQLITE_OK && isZero(slot)))
        return SQLITE_OK;
    if (code != SQLITE_OK)
        return code;
    const auto header = openWalHeader(cipher_, slot);
    if (!header)
        return isTornHeader(wal, slot) ? SQLITE_OK : refuse("the header of the log was changed");
    if (header->generation > generation_)
        return refuse("the log is newer than the anchor: the freshness file was put back");
    isCurrent = header->generation == generation_;
    if (isCurrent)
        chain_.begin(header->tag);
    return SQLITE_OK;
}

/// A header is synced before the first frame behind it. One that was torn has nothing anchored behind it, and
/// no frame that chains to it.
bool Freshness::isTornHeader(BaseFile& wal, std::span<const std::uint8_t, kWalHeaderSlot> slot)
{
    if (durable_.frames > 0)
        return false;
    chain_.begin(tagInWalHeader(slot));
    readFrames(wal);
    const bool isTorn = chain_.size() == 0;
    chain_.clear();
    return isTorn;
}

void Freshness::readFrames(BaseFile& wal)
{
    std::array<std::uint8_t, kFrameSlot> slot{};
    const std::span all(slot);
    for (std::uint64_t i = 0;; ++i) {
        if (wal.read(slot, frameOffset(i)) != SQLITE_OK)
            return;
        const Tag pageTag = tagIn(all.last<kTrailerSize>());
        FrameHeader header;
        if (!openFrameHeader(
                cipher_, i, {generation_, pageTag, chain_.before(i)}, all.first<kFrameHeaderSlot>(), header)
            || header.page() > FreshnessFile::kPagesMax)
            return;
        chain_.append(
            i,
            {header.page(), header.databaseSize(), pageTag,
             tagIn(all.subspan<kFrameHeaderSize, kTrailerSize>())});
    }
}

int Freshness::readWal()
{
    const std::string name = path_ + std::string(kWalSuffix) + std::string(2, '\0');
    int exists = 0;
    if (const int code = base_->xAccess(base_, name.c_str(), SQLITE_ACCESS_EXISTS, &exists);
        code != SQLITE_OK || exists == 0)
        return code;
    BaseFile wal(base_);
    int granted = 0;
    if (const int code = wal.open(name.c_str(), SQLITE_OPEN_WAL | SQLITE_OPEN_READONLY, &granted);
        code != SQLITE_OK)
        return code;
    std::int64_t size = 0;
    if (const int code = wal.size(size); code != SQLITE_OK)
        return code;
    // The mark says otherwise before anything is written to a log, and again only when the log is gone for
    // good or ends where the anchor says: no crash leaves this.
    std::array<std::uint8_t, 1> first{};
    // The system's VFS tells a file of one byte as empty.
    const bool isEmpty = size == 0 && wal.read(first, 0) != SQLITE_OK;
    const std::int64_t expected = logSize(durable_.frames);
    if (file_.isAtRest() && (size > expected || (expected == 0 && !isEmpty)))
        return refuse("a log lies beside a vault that was closed properly: somebody put it there");
    bool isCurrent = false;
    if (const int code = readWalHeader(wal, isCurrent); code != SQLITE_OK)
        return code;
    if (isCurrent)
        readFrames(wal);
    return SQLITE_OK;
}

int Freshness::judgeWal()
{
    const bool isWhole = durable_.frames == 0
        || (chain_.size() >= durable_.frames && chain_.frame(durable_.frames - 1).headerTag == durable_.tag);
    if (!isWhole)
        return refuse("the log lacks what the anchor says was committed");
    // Later commits count when recovery has read their pages.
    chain_.setLastCommit(durable_);
    return SQLITE_OK;
}

int Freshness::judgeMain(BaseFile& main)
{
    std::int64_t size = 0;
    if (const int code = main.size(size); code != SQLITE_OK)
        return code;
    const std::int64_t expected = static_cast<std::int64_t>(kMainHeaderSlot)
        + std::int64_t{table_.pages()} * static_cast<std::int64_t>(kPageSize);
    // While there is a log, a checkpoint may have been stopped on its way.
    if (chain_.size() == 0 && size != expected)
        return refuse("the database file has not the size that the anchor says");
    if (size <= static_cast<std::int64_t>(kMainHeaderSlot) && table_.pages() > 0)
        return refuse("the database file is cut short");
    return SQLITE_OK;
}

bool Freshness::join()
{
    const std::scoped_lock writing(io_);
    const std::scoped_lock lock(mutex_);
    if (!isClosed_)
        ++connections_;
    return !isClosed_;
}

void Freshness::leave(BaseFile& main)
{
    const std::scoped_lock writing(io_);
    {
        const std::scoped_lock lock(mutex_);
        if (--connections_ > 0)
            return;
    }
    isClosed_ = true;
    if (isDirty() && main.sync(SQLITE_SYNC_NORMAL) != SQLITE_OK)
        return;
    const WalState state = walState();
    const bool isCurrent = state == file_.wal() && !isDirty() && !(file_.isWriting() && file_.isUnsettled());
    if ((isCurrent || write(state) == SQLITE_OK) && file_.isWriting() && isLogAtRest(state))
        file_.close();
}

/// Whether the log is gone, or ends where the anchor says, and stays so if the power goes.
bool Freshness::isLogAtRest(const WalState& state)
{
    const std::string name = path_ + std::string(kWalSuffix) + std::string(2, '\0');
    int exists = 0;
    if (isDeletionUnsure_ || base_->xAccess(base_, name.c_str(), SQLITE_ACCESS_EXISTS, &exists) != SQLITE_OK)
        return false;
    if (exists == 0)
        return true;
    BaseFile wal(base_);
    std::int64_t size = 0;
    int granted = 0;
    return wal.open(name.c_str(), SQLITE_OPEN_WAL | SQLITE_OPEN_READWRITE, &granted) == SQLITE_OK
        && wal.size(size) == SQLITE_OK && size <= logSize(state.position.frames)
        && wal.sync(SQLITE_SYNC_NORMAL) == SQLITE_OK;
}

int Freshness::beforeLogGrows()
{
    {
        const std::scoped_lock lock(mutex_);
        if (isMarked_)
            return SQLITE_OK;
    }
    const std::scoped_lock writing(io_);
    const int code = file_.writeAnchor(file_.wal());
    const std::scoped_lock lock(mutex_);
    isMarked_ = code == SQLITE_OK;
    isSuspect_ = file_.isUnsettled();
    return code;
}

bool Freshness::isWriting()
{
    const std::scoped_lock writing(io_);
    return file_.isWriting();
}

void Freshness::walDeleted(bool isDurable)
{
    const std::scoped_lock writing(io_);
    isDeletionUnsure_ = !isDurable;
}

std::optional<Tag> Freshness::tagOf(std::uint32_t page) const
{
    const std::scoped_lock lock(mutex_);
    const Tag* tag = table_.find(page);
    return tag == nullptr ? std::nullopt : std::optional(*tag);
}

std::uint32_t Freshness::pages() const
{
    const std::scoped_lock lock(mutex_);
    return table_.pages();
}

void Freshness::pageWritten(std::uint32_t page, const Tag& tag)
{
    const std::scoped_lock lock(mutex_);
    table_.set(page, tag);
}

void Freshness::mainTruncated(std::uint32_t pages)
{
    const std::scoped_lock lock(mutex_);
    table_.shrink(pages);
}

bool Freshness::isDirty() const
{
    const std::scoped_lock lock(mutex_);
    return table_.isDirty();
}

WalState Freshness::walState() const
{
    const std::scoped_lock lock(mutex_);
    return {generation_, durable_};
}

int Freshness::write(const WalState& state)
{
    // Only a checkpoint changes the table, and there is one at a time: the one that is here, if it is dirty.
    const int code = isDirty() ? file_.writeTable(table_, state) : file_.writeAnchor(state);
    const std::scoped_lock lock(mutex_);
    isSuspect_ = file_.isUnsettled();
    return code;
}

int Freshness::mainSynced()
{
    const std::scoped_lock writing(io_);
    return isDirty() ? write(walState()) : SQLITE_OK;
}

int Freshness::anchor()
{
    const std::scoped_lock writing(io_);
    if (isClosed_)
        return SQLITE_OK;
    const WalState state = walState();
    const bool isCurrent = state == file_.wal() && !file_.isUnsettled();
    const int code = isCurrent ? SQLITE_OK : file_.writeAnchor(state);
    const std::scoped_lock lock(mutex_);
    isSuspect_ = file_.isUnsettled();
    return code;
}

std::uint64_t Freshness::generation() const
{
    const std::scoped_lock lock(mutex_);
    return generation_;
}

std::optional<Tag> Freshness::walHeader() const
{
    const std::scoped_lock lock(mutex_);
    return chain_.header();
}

std::optional<Freshness::Link> Freshness::link(std::uint64_t frame) const
{
    const std::scoped_lock lock(mutex_);
    if (frame >= chain_.size())
        return std::nullopt;
    return Link{generation_, chain_.before(frame), chain_.isLoose(frame), chain_.frame(frame)};
}

std::uint64_t Freshness::walSize() const
{
    const std::scoped_lock lock(mutex_);
    return chain_.size();
}

std::uint64_t Freshness::durableFrames() const
{
    const std::scoped_lock lock(mutex_);
    return durable_.frames;
}

int Freshness::beforeWalGoes(BaseFile* main)
{
    const std::scoped_lock writing(io_);
    WalState state = walState();
    // Nothing of this generation was ever confirmed or anchored: it may be begun again.
    if (walSize() == 0 && state.position.frames == 0 && file_.wal() == state) {
        return file_.isUnsettled() ? file_.writeAnchor(state) : SQLITE_OK;
    }
    if (isDirty()) {
        if (main == nullptr)
            return SQLITE_IOERR_FSYNC;
        if (const int code = main->sync(SQLITE_SYNC_NORMAL); code != SQLITE_OK)
            return code;
    }
    state = {state.generation + 1, {}};
    if (const int code = write(state); code != SQLITE_OK)
        return code;
    const std::scoped_lock lock(mutex_);
    generation_ = state.generation;
    durable_ = {};
    chain_.clear();
    return SQLITE_OK;
}

void Freshness::walHeaderWritten(const Tag& tag)
{
    const std::scoped_lock lock(mutex_);
    chain_.begin(tag);
}

int Freshness::beforeFrame(std::uint64_t frame, Link& out)
{
    if (const int code = beforeLogGrows(); code != SQLITE_OK)
        return code;
    bool mustAnchor = false;
    {
        const std::scoped_lock lock(mutex_);
        if (!chain_.hasHeader() || frame > chain_.size())
            return SQLITE_IOERR_WRITE;
        // A commit whose sync failed, and that another connection's sync made durable after all: an anchor
        // may speak of it.
        const bool wasDurable = frame < durable_.frames;
        if (wasDurable)
            durable_ = chain_.commitWithin(frame);
        mustAnchor = isSuspect_ || wasDurable || frame < chain_.lastCommit().frames;
        if (frame < chain_.lastCommit().frames)
            chain_.setLastCommit(durable_);
        out = {generation_, chain_.before(frame), false, {}};
    }
    return mustAnchor ? anchor() : SQLITE_OK;
}

void Freshness::frameWritten(std::uint64_t index, const WalChain::Frame& frame)
{
    const std::scoped_lock lock(mutex_);
    chain_.append(index, frame);
}

int Freshness::beforePageReplaced(std::uint64_t frame)
{
    const std::scoped_lock lock(mutex_);
    // SQLite does this inside a transaction only: no anchor can speak of the frame.
    return frame < durable_.frames || frame >= chain_.size() ? SQLITE_IOERR_WRITE : SQLITE_OK;
}

void Freshness::pageReplaced(std::uint64_t frame, const Tag& tag)
{
    const std::scoped_lock lock(mutex_);
    chain_.replacePage(frame, tag);
}

void Freshness::headerReplaced(std::uint64_t frame, const Tag& tag, std::uint32_t databaseSize)
{
    const std::scoped_lock lock(mutex_);
    chain_.replaceHeader(frame, tag, databaseSize);
}

void Freshness::commitRecovered(std::uint64_t frame)
{
    const std::scoped_lock lock(mutex_);
    if (frame < chain_.size() && frame + 1 > chain_.lastCommit().frames)
        chain_.setLastCommit({frame + 1, chain_.frame(frame).headerTag});
}

WalPosition Freshness::lastCommit() const
{
    const std::scoped_lock lock(mutex_);
    return chain_.lastCommit();
}

void Freshness::walSynced(const WalPosition& commit)
{
    {
        const std::scoped_lock lock(mutex_);
        const bool isThere = commit.frames > durable_.frames && commit.frames <= chain_.size()
            && chain_.frame(commit.frames - 1).headerTag == commit.tag;
        if (!isThere)
            return;
        durable_ = commit;
    }
    committed_();
}

void Freshness::walSyncFailed()
{
    const std::scoped_lock lock(mutex_);
    chain_.setLastCommit(durable_);
}

std::size_t Freshness::tableMemory() const
{
    const std::scoped_lock lock(mutex_);
    return table_.memory();
}

}  // namespace teren::page
