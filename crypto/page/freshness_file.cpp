// SPDX-License-Identifier: EUPL-1.2
#include "crypto/page/freshness_file.h"

#include "crypto/base/assert.h"
#include "crypto/base/big_endian.h"
#include "crypto/page/page_vfs.h"
#include "crypto/sign/hash.h"

#include <sqlite3.h>

#include <algorithm>

namespace teren::page {
namespace {

constexpr std::string_view kAnchorMagic{"teren fresh\0\0\0\0\0", 16};
constexpr std::string_view kMarkMagic{"teren fresh mark", 16};
constexpr std::uint32_t kMarkBlock = 2;
constexpr std::uint32_t kFirstNode = 3;
constexpr std::size_t kRefSize = 36;
constexpr std::size_t kAnchorFixed = 96;
/// One sector, so that it is never torn.
constexpr std::size_t kMarkSize = 512;

static_assert(
    kAnchorFixed + FreshnessFile::kRefsInAnchor * kRefSize + kTrailerSize <= FreshnessFile::kBlockSize);
static_assert(FreshnessFile::kRefsPerNode * kRefSize <= FreshnessFile::kBlockSize);
static_assert(FreshnessFile::kPagesMax == kDatabasePagesMax);
static_assert(TagTable::kTagsPerLeaf * sizeof(Tag) <= FreshnessFile::kBlockSize);

std::int64_t offsetOf(std::uint32_t block)
{
    return std::int64_t{block} * static_cast<std::int64_t>(FreshnessFile::kBlockSize);
}

std::size_t groupsOf(std::size_t count, std::size_t perGroup)
{
    return (count + perGroup - 1) / perGroup;
}

template <typename Ref>
void putRef(std::span<std::uint8_t> out, const Ref& ref)
{
    putBigEndian(out.first<4>(), ref.block);
    std::ranges::copy(ref.hash, out.begin() + 4);
}

template <typename Ref>
Ref refIn(ByteView in)
{
    Ref ref;
    ref.block = getBigEndian<std::uint32_t>(in.first<4>());
    std::copy_n(in.begin() + 4, ref.hash.size(), ref.hash.begin());
    return ref;
}

}  // namespace

FreshnessFile::FreshnessFile(sqlite3_vfs* vfs, std::string path, PageCipher& cipher)
    : vfs_(vfs),
      path_(std::move(path)),
      cipher_(cipher)
{
    path_.append(2, '\0');
}

int FreshnessFile::exists(bool& out)
{
    int found = 0;
    const int code = vfs_->xAccess(vfs_, path_.c_str(), SQLITE_ACCESS_EXISTS, &found);
    out = found != 0;
    return code;
}

int FreshnessFile::open(bool create)
{
    file_ = std::make_unique<BaseFile>(vfs_);
    // As a WAL: SQLite then gives it the database's owner and mode, syncs the folder, and takes no locks.
    const int flags = SQLITE_OPEN_WAL | SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0);
    int granted = 0;
    return file_->open(path_.c_str(), flags, &granted);
}

int FreshnessFile::create()
{
    if (const int code = open(true); code != SQLITE_OK)
        return code;
    if (const int code = file_->truncate(0); code != SQLITE_OK)
        return code;
    wal_ = {1, {}};
    isTaken_.assign(kFirstNode, true);
    isWriting_ = true;
    if (const int code = writeCopies(wal_, 0, {}); code != SQLITE_OK)
        return code;
    return writeMark({MarkState::Open, sequence_});
}

FreshnessFile::Block FreshnessFile::encode(const Anchor& anchor, std::uint32_t copy)
{
    Block block{};
    const std::span all(block);
    std::ranges::copy(viewOf(kAnchorMagic), block.begin());
    putBigEndian(all.subspan<16, 4>(), kFormatVersion);
    putBigEndian(all.subspan<24, 8>(), anchor.sequence);
    putBigEndian(all.subspan<32, 8>(), anchor.wal.generation);
    putBigEndian(all.subspan<40, 8>(), anchor.wal.position.frames);
    std::ranges::copy(anchor.wal.position.tag, block.begin() + 48);
    putBigEndian(all.subspan<64, 4>(), anchor.pages);
    putBigEndian(all.subspan<68, 4>(), static_cast<std::uint32_t>(anchor.top.size()));
    for (std::size_t i = 0; i < anchor.top.size(); ++i)
        putRef(all.subspan(kAnchorFixed + i * kRefSize, kRefSize), anchor.top[i]);
    cipher_.vouch(
        {UnitKind::FreshnessAnchor, 0, copy}, all.first(kBlockSize - kTrailerSize), all.last<kTrailerSize>());
    return block;
}

std::optional<FreshnessFile::Anchor> FreshnessFile::readAnchor(std::uint32_t copy)
{
    Block block{};
    const std::span all(block);
    if (file_->read(block, offsetOf(copy)) != SQLITE_OK
        || !cipher_.isVouchedFor(
            {UnitKind::FreshnessAnchor, 0, copy}, all.first(kBlockSize - kTrailerSize),
            all.last<kTrailerSize>()))
        return std::nullopt;
    Anchor anchor;
    anchor.sequence = getBigEndian<std::uint64_t>(all.subspan<24, 8>());
    anchor.wal.generation = getBigEndian<std::uint64_t>(all.subspan<32, 8>());
    anchor.wal.position.frames = getBigEndian<std::uint64_t>(all.subspan<40, 8>());
    std::ranges::copy(all.subspan<48, sizeof(Tag)>(), anchor.wal.position.tag.begin());
    anchor.pages = getBigEndian<std::uint32_t>(all.subspan<64, 4>());
    const auto count = getBigEndian<std::uint32_t>(all.subspan<68, 4>());
    if (anchor.pages > kPagesMax
        || count != groupsOf(groupsOf(anchor.pages, TagTable::kTagsPerLeaf), kRefsPerNode))
        return std::nullopt;
    for (std::size_t i = 0; i < count; ++i)
        anchor.top.push_back(refIn<Ref>(all.subspan(kAnchorFixed + i * kRefSize, kRefSize)));
    return anchor;
}

std::optional<FreshnessFile::Mark> FreshnessFile::readMark()
{
    Block block{};
    const std::span all(block);
    // The mark is a sector; the rest of its block may be missing, and is zero.
    const int code = file_->read(block, offsetOf(kMarkBlock));
    if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ)
        return std::nullopt;
    const auto clear = all.first<kMarkSize - kTrailerSize>();
    const bool isOurs = std::ranges::equal(all.first(kMarkMagic.size()), viewOf(kMarkMagic))
        && isZero(all.subspan(kMarkSize))
        && cipher_.isVouchedFor(
            {UnitKind::FreshnessMark, 0, kMarkBlock}, clear,
            all.subspan<kMarkSize - kTrailerSize, kTrailerSize>());
    if (!isOurs)
        return std::nullopt;
    const bool isAtRest
        = getBigEndian<std::uint32_t>(all.subspan<20, 4>()) == static_cast<std::uint32_t>(MarkState::AtRest);
    Mark mark{
        isAtRest ? MarkState::AtRest : MarkState::Open, getBigEndian<std::uint64_t>(all.subspan<24, 8>()),
        getBigEndian<std::uint64_t>(all.subspan<32, 8>())};
    std::ranges::copy(all.subspan<40, sizeof(Hash)>(), mark.freeBlocks.begin());
    return mark;
}

int FreshnessFile::writeMark(const Mark& mark)
{
    std::array<std::uint8_t, kMarkSize> sector{};
    const std::span all(sector);
    std::ranges::copy(viewOf(kMarkMagic), sector.begin());
    putBigEndian(all.subspan<16, 4>(), kFormatVersion);
    putBigEndian(all.subspan<20, 4>(), static_cast<std::uint32_t>(mark.state));
    putBigEndian(all.subspan<24, 8>(), mark.sequence);
    putBigEndian(all.subspan<32, 8>(), mark.size);
    std::ranges::copy(mark.freeBlocks, sector.begin() + 40);
    cipher_.vouch(
        {UnitKind::FreshnessMark, 0, kMarkBlock}, all.first(kMarkSize - kTrailerSize),
        all.last<kTrailerSize>());
    if (const int code = file_->write(sector, offsetOf(kMarkBlock)); code != SQLITE_OK)
        return code;
    return file_->sync(SQLITE_SYNC_NORMAL);
}

bool FreshnessFile::readNode(const Ref& ref, Block& block)
{
    return ref.block >= kFirstNode && file_->read(block, offsetOf(ref.block)) == SQLITE_OK
        && blake2b({block}) == ref.hash;
}

bool FreshnessFile::readTree(const Anchor& anchor, TagTable& table)
{
    Block block{};
    table.reset(anchor.pages);
    std::vector<Ref> leaves;
    for (const Ref& node : anchor.top) {
        if (!readNode(node, block))
            return false;
        const std::size_t count = std::min(kRefsPerNode, table.leafCount() - leaves.size());
        for (std::size_t i = 0; i < count; ++i)
            leaves.push_back(refIn<Ref>(std::span(block).subspan(i * kRefSize, kRefSize)));
    }
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        if (!readNode(leaves[i], block))
            return false;
        table.readLeaf(i, block);
    }
    leaves_ = std::move(leaves);
    nodes_ = anchor.top;
    return true;
}

int FreshnessFile::load(TagTable& table, std::vector<std::string>& findings)
{
    if (const int code = open(false); code != SQLITE_OK)
        return code;
    const std::array copies{readAnchor(0), readAnchor(1)};
    for (const auto& copy : copies)
        sequenceMax_ = std::max(sequenceMax_, copy ? copy->sequence : 0);
    const auto sequenceOf = [&copies](std::size_t i) { return copies[i] ? copies[i]->sequence : 0; };
    const std::size_t newer = sequenceOf(1) > sequenceOf(0) ? 1 : 0;
    // The newest copy may have been on its way to the disk when the power went, its nodes behind it.
    for (const std::size_t chosen : {newer, 1 - newer}) {
        const std::optional<Anchor>& anchor = copies[chosen];
        if (!anchor || !readTree(*anchor, table))
            continue;
        isGood_[chosen] = true;
        isGood_[1 - chosen] = sequenceOf(0) == sequenceOf(1);
        return judge(*anchor, findings);
    }
    findings.emplace_back("neither copy of the anchor can be used");
    return SQLITE_IOERR_DATA;
}

int FreshnessFile::judge(const Anchor& anchor, std::vector<std::string>& findings)
{
    const std::optional<Mark> mark = readMark();
    const bool areEqual = isGood_[0] && isGood_[1];
    const bool wasAtRest = mark && mark->state == MarkState::AtRest;
    if (mark && anchor.sequence < mark->sequence) {
        findings.emplace_back("the anchor is older than the mark beside it");
        return SQLITE_IOERR_DATA;
    }
    if (!mark)
        findings.emplace_back("the mark cannot be read");
    else if (wasAtRest && (!areEqual || anchor.sequence != mark->sequence))
        findings.emplace_back("one of the two copies of the anchor was changed");
    wal_ = anchor.wal;
    pages_ = anchor.pages;
    sequence_ = anchor.sequence;
    // Without rest, what was read may still be on its way to the disk.
    isUnsettled_ = !wasAtRest || !areEqual;
    isAtRest_ = wasAtRest;
    recountBlocks();
    if (wasAtRest && areEqual && !isAsMarked(*mark))
        findings.emplace_back("bytes in it that belong to nothing were added, changed or cut off");
    return SQLITE_OK;
}

/// Everything else in the file is vouched for, or hashed by what is.
bool FreshnessFile::hashFreeBlocks(std::uint64_t& size, Hash& hash)
{
    std::int64_t found = 0;
    if (file_->size(found) != SQLITE_OK || found < 0)
        return false;
    size = static_cast<std::uint64_t>(found);
    Hasher hasher;
    Block block{};
    const auto blocks = static_cast<std::uint32_t>(size / kBlockSize);
    for (std::uint32_t i = kFirstNode; i < blocks; ++i) {
        if (i < isTaken_.size() && isTaken_[i])
            continue;
        if (file_->read(block, offsetOf(i)) != SQLITE_OK)
            return false;
        hasher.add(block);
    }
    hash = hasher.finish();
    return true;
}

bool FreshnessFile::isAsMarked(const Mark& mark)
{
    std::int64_t found = 0;
    std::uint64_t size = 0;
    Hash hash{};
    if (mark.size == 0)
        return true;
    // The size first: a file that somebody made huge is not read.
    return file_->size(found) == SQLITE_OK && static_cast<std::uint64_t>(found) == mark.size
        && hashFreeBlocks(size, hash) && hash == mark.freeBlocks;
}

void FreshnessFile::recountBlocks()
{
    isTaken_.assign(kFirstNode, true);
    for (const auto* refs : {&leaves_, &nodes_}) {
        for (const Ref& ref : *refs) {
            if (ref.block >= isTaken_.size())
                isTaken_.resize(ref.block + std::size_t{1});
            isTaken_[ref.block] = true;
        }
    }
}

std::uint32_t FreshnessFile::takeBlock()
{
    const std::size_t size = isTaken_.size();
    while (searchFrom_ < size && isTaken_[searchFrom_])
        ++searchFrom_;
    if (searchFrom_ >= size)
        isTaken_.resize(searchFrom_ + std::size_t{1});
    isTaken_[searchFrom_] = true;
    return searchFrom_++;
}

int FreshnessFile::beginWriting()
{
    TEREN_ASSERT(!isClosed_);
    if (!isWriting_) {
        // A process that was killed may have left its last writes unsynced: the mark must not outrun them.
        if (isUnsettled_) {
            if (const int code = file_->sync(SQLITE_SYNC_NORMAL); code != SQLITE_OK)
                return code;
        }
        if (const int code = writeMark({MarkState::Open, sequence_}); code != SQLITE_OK)
            return code;
        isWriting_ = true;
    }
    // From here on no copy refers to blocks that count as free.
    return isUnsettled_ ? writeCopies(wal_, pages_, nodes_) : SQLITE_OK;
}

int FreshnessFile::writeCopies(const WalState& wal, std::uint32_t pages, const std::vector<Ref>& top)
{
    sequenceMax_ = sequenceMax_ + 1;
    const Anchor anchor{sequenceMax_, wal, pages, top};
    isUnsettled_ = true;
    const std::size_t first = isGood_[0] && !isGood_[1] ? 1 : 0;
    for (const std::size_t copy : {first, 1 - first}) {
        isGood_[copy] = false;
        const auto number = static_cast<std::uint32_t>(copy);
        if (const int code = file_->write(encode(anchor, number), offsetOf(number)); code != SQLITE_OK)
            return code;
        if (const int code = file_->sync(SQLITE_SYNC_NORMAL); code != SQLITE_OK)
            return code;
        isGood_[copy] = true;
    }
    isUnsettled_ = false;
    sequence_ = anchor.sequence;
    wal_ = wal;
    pages_ = pages;
    return SQLITE_OK;
}

int FreshnessFile::writeAnchor(const WalState& wal)
{
    if (const int code = beginWriting(); code != SQLITE_OK)
        return code;
    return wal == wal_ ? SQLITE_OK : writeCopies(wal, pages_, nodes_);
}

int FreshnessFile::writeNode(const Block& block, Ref& ref)
{
    ref = {takeBlock(), blake2b({block})};
    return file_->write(block, offsetOf(ref.block));
}

int FreshnessFile::writeLeaves(const TagTable& table, std::vector<Ref>& leaves)
{
    Block block;
    leaves = leaves_;
    leaves.resize(table.leafCount());
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        if (i < leaves_.size() && !table.isLeafDirty(i))
            continue;
        table.writeLeaf(i, block);
        if (const int code = writeNode(block, leaves[i]); code != SQLITE_OK)
            return code;
    }
    return SQLITE_OK;
}

int FreshnessFile::writeNodes(const std::vector<Ref>& leaves, std::vector<Ref>& nodes)
{
    const auto groupOf = [](const std::vector<Ref>& all, std::size_t group) {
        const std::size_t begin = std::min(group * kRefsPerNode, all.size());
        return std::span(all).subspan(begin, std::min(kRefsPerNode, all.size() - begin));
    };
    const auto isSame = [](const Ref& left, const Ref& right) { return left.block == right.block; };
    nodes = nodes_;
    nodes.resize(groupsOf(leaves.size(), kRefsPerNode));
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const auto group = groupOf(leaves, i);
        // A block is taken anew for each version, so the same block is the same leaf.
        if (i < nodes_.size() && std::ranges::equal(group, groupOf(leaves_, i), isSame))
            continue;
        Block block{};
        for (std::size_t k = 0; k < group.size(); ++k)
            putRef(std::span(block).subspan(k * kRefSize, kRefSize), group[k]);
        if (const int code = writeNode(block, nodes[i]); code != SQLITE_OK)
            return code;
    }
    return SQLITE_OK;
}

int FreshnessFile::writeTable(TagTable& table, const WalState& wal)
{
    TEREN_ASSERT(table.pages() <= kPagesMax);
    if (const int code = beginWriting(); code != SQLITE_OK)
        return code;
    searchFrom_ = kFirstNode;
    std::vector<Ref> leaves;
    std::vector<Ref> nodes;
    if (const int code = writeLeaves(table, leaves); code != SQLITE_OK)
        return code;
    if (const int code = writeNodes(leaves, nodes); code != SQLITE_OK)
        return code;
    // One sync serves nodes and the first copy: should only the copy reach the disk, its tree does not open,
    // and the other copy, with all its nodes, is used. What failed here stays taken until all is written.
    if (const int code = writeCopies(wal, table.pages(), nodes); code != SQLITE_OK)
        return code;
    leaves_ = std::move(leaves);
    nodes_ = std::move(nodes);
    recountBlocks();
    table.settle();
    return SQLITE_OK;
}

/// What lies far behind the last node is not ours, has been told of, and would have to be read at every end
/// of a session: a file that somebody made huge.
int FreshnessFile::cutTail()
{
    constexpr std::size_t kSpareBlocks = 4096;
    std::int64_t size = 0;
    if (const int code = file_->size(size); code != SQLITE_OK)
        return code;
    const std::size_t most = 2 * isTaken_.size() + kSpareBlocks;
    if (size <= static_cast<std::int64_t>(most * kBlockSize))
        return SQLITE_OK;
    return file_->truncate(static_cast<std::int64_t>(isTaken_.size() * kBlockSize));
}

int FreshnessFile::close()
{
    if (!isWriting_ || isUnsettled_ || isClosed_)
        return SQLITE_OK;
    isClosed_ = true;
    // What was tried and failed took blocks, too.
    recountBlocks();
    if (const int code = cutTail(); code != SQLITE_OK)
        return code;
    Mark mark{MarkState::AtRest, sequence_};
    if (!hashFreeBlocks(mark.size, mark.freeBlocks))
        return SQLITE_IOERR_READ;
    return writeMark(mark);
}

}  // namespace teren::page
