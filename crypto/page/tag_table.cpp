// SPDX-License-Identifier: EUPL-1.2
#include "crypto/page/tag_table.h"

#include "crypto/base/assert.h"

#include <algorithm>
#include <ranges>

namespace teren::page {

const Tag* TagTable::find(std::uint32_t page) const
{
    if (page == 0 || page > pages_)
        return nullptr;
    const std::size_t index = page - 1;
    return &(*leaves_[index / kTagsPerLeaf].tags)[index % kTagsPerLeaf];
}

void TagTable::resize(std::uint32_t pages)
{
    const std::size_t count = (std::size_t{pages} + kTagsPerLeaf - 1) / kTagsPerLeaf;
    // By hand: a vector that doubles would cost more than the tags.
    if (count > leaves_.capacity())
        leaves_.reserve(count + count / 8 + 1);
    while (leaves_.size() < count)
        leaves_.push_back({std::make_unique<std::array<Tag, kTagsPerLeaf>>(), true});
    leaves_.resize(count);
    pages_ = pages;
}

void TagTable::set(std::uint32_t page, const Tag& tag)
{
    TEREN_ASSERT(page > 0);
    if (page > pages_)
        resize(page);
    const std::size_t index = page - 1;
    Leaf& leaf = leaves_[index / kTagsPerLeaf];
    (*leaf.tags)[index % kTagsPerLeaf] = tag;
    leaf.isDirty = isDirty_ = true;
}

void TagTable::shrink(std::uint32_t pages)
{
    if (pages >= pages_)
        return;
    resize(pages);
    isDirty_ = true;
    if (const std::size_t within = pages % kTagsPerLeaf; within != 0) {
        std::ranges::fill(*leaves_.back().tags | std::views::drop(within), Tag{});
        leaves_.back().isDirty = true;
    }
}

void TagTable::settle()
{
    isDirty_ = false;
    for (Leaf& leaf : leaves_)
        leaf.isDirty = false;
}

void TagTable::writeLeaf(std::size_t leaf, std::span<std::uint8_t, kPageSize> block) const
{
    std::ranges::fill(block, std::uint8_t{0});
    auto out = block.begin();
    for (const Tag& tag : *leaves_[leaf].tags)
        out = std::ranges::copy(tag, out).out;
}

void TagTable::reset(std::uint32_t pages)
{
    leaves_.clear();
    resize(pages);
    settle();
}

void TagTable::readLeaf(std::size_t leaf, std::span<const std::uint8_t, kPageSize> block)
{
    auto in = block.begin();
    for (Tag& tag : *leaves_[leaf].tags) {
        std::copy_n(in, tag.size(), tag.begin());
        in += static_cast<std::ptrdiff_t>(tag.size());
    }
}

std::size_t TagTable::memory() const
{
    return leaves_.capacity() * sizeof(Leaf) + leaves_.size() * sizeof(std::array<Tag, kTagsPerLeaf>);
}

}  // namespace teren::page
