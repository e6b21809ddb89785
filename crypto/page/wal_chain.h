// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/page/page_cipher.h"

#include <deque>
#include <optional>

namespace teren::page {

/// A place in one generation of the WAL: behind so many frames, the last of which has this header tag.
struct WalPosition {
    std::uint64_t frames = 0;
    Tag tag{};

    friend bool operator==(const WalPosition&, const WalPosition&) = default;
};

/// A generation of the WAL and a place in it: what an anchor says of the log.
struct WalState {
    std::uint64_t generation = 0;
    WalPosition position;

    friend bool operator==(const WalState&, const WalState&) = default;
};

/// The tags of the WAL's header and of every frame in it. Each frame's header is sealed to its page's tag and
/// to the tag of the header before it, so a header's tag stands for the whole log up to there.
///
/// SQLite may write a page of the running transaction again in its place, and at the commit all headers from
/// there on. In between, headers on the disk do not chain: they are *loose*. Not thread-safe.
class WalChain {
public:
    struct Frame {
        std::uint32_t page;
        std::uint32_t databaseSize;  ///< In pages, behind a commit; 0 in other frames.
        Tag pageTag;
        Tag headerTag;
    };

    /// No log: nothing is read from the file, and a header has to be written first.
    void clear();
    /// An empty log with this header.
    void begin(const Tag& header);
    bool hasHeader() const { return header_.has_value(); }
    const std::optional<Tag>& header() const { return header_; }
    std::uint64_t size() const { return frames_.size(); }
    /// `index` is less than `size`.
    Frame frame(std::uint64_t index) const;
    /// What the header of frame `index`, no more than `size`, is chained to. There is a log.
    Tag before(std::uint64_t index) const;
    bool isLoose(std::uint64_t index) const { return looseFrom_ && index >= *looseFrom_; }

    /// A frame, header and page, at `index`, no more than `size`; what was there and behind is gone.
    void append(std::uint64_t index, const Frame& frame);
    /// Another page in the frame: its header and those behind are loose now.
    void replacePage(std::uint64_t index, const Tag& pageTag);
    /// The header of the frame alone, sealed to what it chains to: those behind are loose now.
    void replaceHeader(std::uint64_t index, const Tag& headerTag, std::uint32_t databaseSize);

    /// Behind the last commit that chains, be it durable or not.
    WalPosition lastCommit() const { return lastCommit_; }
    /// Behind the last commit in the first `frames` frames.
    WalPosition commitWithin(std::uint64_t frames) const;
    /// The last commit is this one: what is behind it was not confirmed, or not yet seen to be whole.
    void setLastCommit(const WalPosition& position) { lastCommit_ = position; }

private:
    struct Stored {
        std::uint32_t page;
        Tag pageTag;
        Tag headerTag;
    };
    /// A page number never needs this bit: see `FreshnessFile::kPagesMax`.
    static constexpr std::uint32_t kCommitBit = std::uint32_t{1} << 31;

    std::optional<Tag> header_;
    std::deque<Stored> frames_;
    std::optional<std::uint64_t> looseFrom_;
    WalPosition lastCommit_;
    /// Of the frame that last had the mark of a commit.
    std::uint32_t commitSize_ = 0;
};

}  // namespace teren::page
