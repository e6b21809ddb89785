// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/page/freshness_file.h"

#include <functional>
#include <mutex>

namespace teren::page {

/// What is wrong with a database's freshness, in words; shared by all that find something. Any thread.
class Findings {
public:
    void add(std::string text);
    void clear();
    std::vector<std::string> all() const;

private:
    mutable std::mutex mutex_;
    std::vector<std::string> texts_;
};

/// What one database's current version is, as far as all its connections in this process know, and the anchor
/// on the disk that will say so to the next process.
///
/// The rule that everything here serves: what the anchor on the disk speaks of is destroyed only after
/// another anchor that does without it is there. So a power cut never makes an alarm, and whatever is older
/// than the anchor does. Functions that return an int return SQLite result codes. Any thread.
class Freshness {
public:
    /// What a frame of the WAL must be to be accepted.
    struct Link {
        std::uint64_t generation;
        Tag before;
        bool isLoose;
        WalChain::Frame frame;
    };

    /// @param path of the main file. @param committed is told that there is something to anchor.
    Freshness(
        sqlite3_vfs* base, std::string path, PageCipher& cipher, std::shared_ptr<Findings> findings,
        std::function<void()> committed);

    /// The first connection: reads and judges what lies there, or begins with a main file that is empty.
    /// SQLITE_IOERR_DATA if the files are not what the anchor speaks of.
    int begin(BaseFile& main);
    /// A connection's main file opens. @return false if the last one has closed: this object is done then.
    bool join();
    /// A connection's main file closes, the last one with an anchor.
    void leave(BaseFile& main);

    // The main file.
    std::optional<Tag> tagOf(std::uint32_t page) const;
    std::uint32_t pages() const;
    void pageWritten(std::uint32_t page, const Tag& tag);
    void mainTruncated(std::uint32_t pages);
    /// Anchors the pages written, all of which are on the disk.
    int mainSynced();

    // The WAL.
    std::uint64_t generation() const;
    /// The tag of the WAL's header; none if there is no log, whatever the file holds.
    std::optional<Tag> walHeader() const;
    std::optional<Link> link(std::uint64_t frame) const;
    std::uint64_t walSize() const;
    /// Frames of which the disk is known to hold every byte.
    std::uint64_t durableFrames() const;
    /// Before the log goes, or is begun anew: anchors that it is not needed.
    /// @param main to sync if that was not done yet; null if it must have been.
    int beforeWalGoes(BaseFile* main);
    /// Before the log's header or a frame is written: makes the mark say that a session may be writing.
    int beforeLogGrows();
    /// Whether anything was written in this session. What deletes the log must then sync the folder.
    bool isWriting();
    /// The log was deleted, or that failed: it may come back when the power goes.
    void walDeleted(bool isDurable);
    void walHeaderWritten(const Tag& tag);
    /// Before frame `frame` is written: makes sure that no anchor speaks of what is there.
    /// @param out what it is chained to. SQLITE_IOERR_WRITE if there is no such place.
    int beforeFrame(std::uint64_t frame, Link& out);
    void frameWritten(std::uint64_t index, const WalChain::Frame& frame);
    int beforePageReplaced(std::uint64_t frame);
    void pageReplaced(std::uint64_t frame, const Tag& tag);
    void headerReplaced(std::uint64_t frame, const Tag& tag, std::uint32_t databaseSize);
    /// Recovery has read this frame, which ends a transaction, and all before it.
    void commitRecovered(std::uint64_t frame);
    WalPosition lastCommit() const;
    /// The WAL was synced: all up to `commit`, asked for before, is durable; or it could not be synced.
    void walSynced(const WalPosition& commit);
    void walSyncFailed();

    /// Anchors all commits that are durable. Takes none of what a commit waits for while it writes.
    int anchor();
    /// Bytes that the tags of the pages take.
    std::size_t tableMemory() const;

private:
    WalState walState() const;
    bool isDirty() const;
    int judgeMain(BaseFile& main);
    int readWal();
    int readWalHeader(BaseFile& wal, bool& isCurrent);
    bool isTornHeader(BaseFile& wal, std::span<const std::uint8_t, kWalHeaderSlot> slot);
    void readFrames(BaseFile& wal);
    int judgeWal();
    bool isLogAtRest(const WalState& state);
    int refuse(std::string why);
    /// With `io_` held.
    int write(const WalState& state);

    sqlite3_vfs* base_;
    std::string path_;
    PageCipher& cipher_;
    std::shared_ptr<Findings> findings_;
    std::function<void()> committed_;

    /// Held while the anchor is written; taken before `mutex_`.
    std::mutex io_;
    FreshnessFile file_;
    bool isClosed_ = false;

    /// Held for moments only.
    mutable std::mutex mutex_;
    TagTable table_;
    WalChain chain_;
    std::uint64_t generation_ = 0;
    WalPosition durable_;
    /// Writing the anchor failed: the disk may hold one that holds this generation of the WAL for obsolete.
    bool isSuspect_ = false;
    /// The mark on the disk says that a session may be writing.
    bool isMarked_ = false;
    /// A log that was deleted may come back.
    bool isDeletionUnsure_ = false;
    std::size_t connections_ = 0;
};

}  // namespace teren::page
