// SPDX-License-Identifier: EUPL-1.2
#include "crypto/page/wal_chain.h"

#include "crypto/base/assert.h"

#include <algorithm>

namespace teren::page {

void WalChain::clear()
{
    *this = WalChain();
}

void WalChain::begin(const Tag& header)
{
    clear();
    header_ = header;
}

WalChain::Frame WalChain::frame(std::uint64_t index) const
{
    TEREN_ASSERT(index < frames_.size());
    const Stored& stored = frames_[index];
    const bool isCommit = (stored.page & kCommitBit) != 0;
    return {stored.page & ~kCommitBit, isCommit ? commitSize_ : 0, stored.pageTag, stored.headerTag};
}

Tag WalChain::before(std::uint64_t index) const
{
    TEREN_ASSERT(header_ && index <= frames_.size());
    return index == 0 ? *header_ : frames_[index - 1].headerTag;
}

void WalChain::append(std::uint64_t index, const Frame& frame)
{
    TEREN_ASSERT(header_ && index <= frames_.size() && frame.page < kCommitBit);
    frames_.resize(index);
    if (looseFrom_ && *looseFrom_ >= index)
        looseFrom_.reset();
    if (lastCommit_.frames > index)
        lastCommit_ = commitWithin(index);
    const bool isCommit = frame.databaseSize != 0;
    frames_.push_back({frame.page | (isCommit ? kCommitBit : 0), frame.pageTag, frame.headerTag});
    if (isCommit)
        commitSize_ = frame.databaseSize;
    if (isCommit && !looseFrom_)
        lastCommit_ = {index + 1, frame.headerTag};
}

void WalChain::replacePage(std::uint64_t index, const Tag& pageTag)
{
    TEREN_ASSERT(index < frames_.size());
    frames_[index].pageTag = pageTag;
    looseFrom_ = std::min(index, looseFrom_.value_or(index));
    if (lastCommit_.frames > index)
        lastCommit_ = commitWithin(index);
}

void WalChain::replaceHeader(std::uint64_t index, const Tag& headerTag, std::uint32_t databaseSize)
{
    TEREN_ASSERT(index < frames_.size());
    Stored& stored = frames_[index];
    stored.headerTag = headerTag;
    const bool isCommit = databaseSize != 0;
    stored.page = (stored.page & ~kCommitBit) | (isCommit ? kCommitBit : 0);
    if (isCommit)
        commitSize_ = databaseSize;
    if (lastCommit_.frames > index)
        lastCommit_ = commitWithin(index);
    if (looseFrom_ && *looseFrom_ < index)
        return;
    looseFrom_.reset();
    if (index + 1 < frames_.size())
        looseFrom_ = index + 1;
    if (isCommit)
        lastCommit_ = {index + 1, headerTag};
}

WalPosition WalChain::commitWithin(std::uint64_t frames) const
{
    for (std::uint64_t i = std::min<std::uint64_t>(frames, frames_.size()); i > 0; --i) {
        if ((frames_[i - 1].page & kCommitBit) != 0)
            return {i, frames_[i - 1].headerTag};
    }
    return {};
}

}  // namespace teren::page
