// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/page/base_file.h"
#include "crypto/page/tag_table.h"
#include "crypto/page/wal_chain.h"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace teren::page {

/// The file beside the database that says which version of it is the current one: a tree over the tags of all
/// pages, and two copies of an *anchor*, which holds the tree's top and a place in the WAL. Blocks of 4096:
/// two for the anchor, one for the mark, then nodes. Layout: crypto/README.md.
///
/// Nodes are written to free blocks only, and each copy of the anchor only while the other is known to be on
/// the disk, so a power cut leaves the old state or the new one. At rest both copies are the same. The mark
/// says whether the file is at rest: a copy that cannot be read is a torn write only if it is not.
///
/// Functions that return an int return SQLite result codes. Not thread-safe.
class FreshnessFile {
public:
    static constexpr std::size_t kBlockSize = kPageSize;
    static constexpr std::size_t kRefsPerNode = 113;
    static constexpr std::size_t kRefsInAnchor = 110;
    /// About 12 GiB of database.
    static constexpr std::uint32_t kPagesMax
        = static_cast<std::uint32_t>(kRefsInAnchor * kRefsPerNode * TagTable::kTagsPerLeaf);

    /// @param path of the file itself.
    FreshnessFile(sqlite3_vfs* vfs, std::string path, PageCipher& cipher);

    int exists(bool& out);
    /// Makes the file, whatever was there, for a database without any page. Durable when it returns.
    int create();
    /// Reads the newest state that is whole, and its tags into `table`. SQLITE_IOERR_DATA if there is none;
    /// what is wrong is added to `findings`, then and also if it could be made good.
    int load(TagTable& table, std::vector<std::string>& findings);

    /// Of the anchor that was read or written last.
    const WalState& wal() const { return wal_; }
    std::uint32_t pages() const { return pages_; }
    /// Whether the disk may hold another anchor than the last one: after a crash, or when writing failed.
    bool isUnsettled() const { return isUnsettled_; }
    bool isWriting() const { return isWriting_; }
    /// Whether the mark that `load` found says that the last session ended well.
    bool isAtRest() const { return isAtRest_; }

    /// Writes both copies of an anchor with the tree as it is. Durable when it returns.
    int writeAnchor(const WalState& wal);
    /// The same with the changed leaves of `table`, which is settled then. The main file was synced before.
    int writeTable(TagTable& table, const WalState& wal);
    /// Marks the file as being at rest, if anything was written. No more is written afterwards.
    int close();

private:
    using Block = std::array<std::uint8_t, kBlockSize>;
    /// Where a node lies, and what is in it.
    struct Ref {
        std::uint32_t block;
        Hash hash;
    };
    struct Anchor {
        std::uint64_t sequence = 0;
        WalState wal;
        std::uint32_t pages = 0;
        std::vector<Ref> top;
    };
    enum class MarkState : std::uint32_t { Open = 1, AtRest = 2 };
    struct Mark {
        MarkState state;
        std::uint64_t sequence;
        /// At rest: the size of the file, 0 if it is not said, and a hash of its free blocks.
        std::uint64_t size = 0;
        Hash freeBlocks{};
    };

    int open(bool create);
    std::optional<Anchor> readAnchor(std::uint32_t copy);
    Block encode(const Anchor& anchor, std::uint32_t copy);
    std::optional<Mark> readMark();
    int writeMark(const Mark& mark);
    bool hashFreeBlocks(std::uint64_t& size, Hash& hash);
    bool isAsMarked(const Mark& mark);
    bool readNode(const Ref& ref, Block& block);
    bool readTree(const Anchor& anchor, TagTable& table);
    int judge(const Anchor& anchor, std::vector<std::string>& findings);

    int beginWriting();
    int writeCopies(const WalState& wal, std::uint32_t pages, const std::vector<Ref>& top);
    int writeNode(const Block& block, Ref& ref);
    int writeLeaves(const TagTable& table, std::vector<Ref>& leaves);
    int writeNodes(const std::vector<Ref>& leaves, std::vector<Ref>& nodes);
    std::uint32_t takeBlock();
    void recountBlocks();
    int cutTail();

    sqlite3_vfs* vfs_;
    /// With the extra zeros that SQLite expects behind a name.
    std::string path_;
    PageCipher& cipher_;
    std::unique_ptr<BaseFile> file_;

    WalState wal_;
    std::uint32_t pages_ = 0;
    std::uint64_t sequence_ = 0;
    std::uint64_t sequenceMax_ = 0;
    /// The tree that the anchor stands for: its leaves, and the nodes above them.
    std::vector<Ref> leaves_;
    std::vector<Ref> nodes_;
    /// Blocks that the anchor, or one that may have been written, refers to.
    std::vector<bool> isTaken_;
    std::uint32_t searchFrom_ = 0;
    /// Whether the copy on the disk is the last anchor.
    std::array<bool, 2> isGood_{};
    bool isWriting_ = false;
    bool isUnsettled_ = false;
    bool isClosed_ = false;
    bool isAtRest_ = false;
};

}  // namespace teren::page
