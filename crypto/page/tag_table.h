// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/page/page_cipher.h"

#include <memory>
#include <optional>
#include <vector>

namespace teren::page {

/// Which version of each page of the main file is the current one: its tag, 16 bytes a page. It is kept in
/// leaves as they lie on the disk, and knows which of them have changed since. Not thread-safe.
class TagTable {
public:
    static constexpr std::size_t kTagsPerLeaf = 253;

    std::uint32_t pages() const { return pages_; }
    std::size_t leafCount() const { return leaves_.size(); }
    /// @return null for a page behind the last.
    const Tag* find(std::uint32_t page) const;
    /// A page behind the last makes the table longer; pages skipped have a tag of zeros, which none has.
    void set(std::uint32_t page, const Tag& tag);
    /// Forgets the pages behind `pages`.
    void shrink(std::uint32_t pages);

    /// Whether anything has changed since `settle`.
    bool isDirty() const { return isDirty_; }
    bool isLeafDirty(std::size_t leaf) const { return leaves_[leaf].isDirty; }
    /// What is there now is on the disk.
    void settle();

    /// The leaf as a block of a file: its tags, then zeros.
    void writeLeaf(std::size_t leaf, std::span<std::uint8_t, kPageSize> block) const;
    /// Makes a table of `pages` pages whose leaves are read next.
    void reset(std::uint32_t pages);
    void readLeaf(std::size_t leaf, std::span<const std::uint8_t, kPageSize> block);

    /// Bytes that the table takes.
    std::size_t memory() const;

private:
    struct Leaf {
        std::unique_ptr<std::array<Tag, kTagsPerLeaf>> tags;
        bool isDirty = false;
    };
    void resize(std::uint32_t pages);

    std::vector<Leaf> leaves_;
    std::uint32_t pages_ = 0;
    bool isDirty_ = false;
};

}  // namespace teren::page
