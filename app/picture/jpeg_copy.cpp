// SPDX-License-Identifier: EUPL-1.2
#include "app/picture/jpeg_copy.h"

#include "app/picture/jpeg_scan.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <set>

namespace teren::picture {
namespace {

using std::string_view_literals::operator""sv;

enum Marker : std::uint8_t {
    kBaselineFrame = 0xc0,
    kExtendedFrame = 0xc1,
    kHuffmanTables = 0xc4,
    kStartOfImage = 0xd8,
    kEndOfImage = 0xd9,
    kStartOfScan = 0xda,
    kQuantizationTables = 0xdb,
    kRestartInterval = 0xdd,
    kApp0 = 0xe0,
    kApp14 = 0xee,
    kApp15 = 0xef,
    kComment = 0xfe,
};

bool isRestart(std::uint8_t byte)
{
    return byte >= 0xd0 && byte <= 0xd7;
}

/// Goes through a file once and takes over what belongs to the picture.
class Copy {
public:
    /// @param isExact  Whether the scan, too, must hold nothing but the picture.
    Copy(ByteView jpeg, bool isExact) : rest_(jpeg), isExact_(isExact) {}

    std::optional<Bytes> run()
    {
        if (rest_.size() < 2 || rest_[0] != 0xff || rest_[1] != kStartOfImage)
            return std::nullopt;
        put({0xff, kStartOfImage});
        rest_ = rest_.subspan(2);
        while (const std::optional<std::uint8_t> marker = nextMarker()) {
            if (*marker == kEndOfImage)
                return end();
            if (!takeSegment(*marker))
                return std::nullopt;
        }
        return std::nullopt;
    }

private:
    std::optional<std::uint8_t> nextMarker()
    {
        if (rest_.size() < 2 || rest_[0] != 0xff)
            return std::nullopt;
        // A marker may have any number of fill bytes before it.
        while (rest_.size() >= 2 && rest_[1] == 0xff)
            rest_ = rest_.subspan(1);
        if (rest_.size() < 2)
            return std::nullopt;
        const std::uint8_t marker = rest_[1];
        rest_ = rest_.subspan(2);
        return marker;
    }

    std::optional<Bytes> end()
    {
        // A table that nothing uses is no part of the picture.
        if (!hasScan_ || tables_ != used_)
            return std::nullopt;
        put({0xff, kEndOfImage});
        return std::move(out_);
    }

    bool takeSegment(std::uint8_t marker)
    {
        if (rest_.size() < 2)
            return false;
        const std::size_t length = (std::size_t{rest_[0]} << 8U) | rest_[1];
        if (length < 2 || length > rest_.size())
            return false;
        const ByteView content = rest_.subspan(2, length - 2);
        rest_ = rest_.subspan(length);
        switch (marker) {
        case kQuantizationTables:
            return areQuantizationTables(content) && put(marker, content);
        case kHuffmanTables:
            return areHuffmanTables(content) && put(marker, content);
        case kBaselineFrame:
        case kExtendedFrame:
            return isFrame(content) && put(marker, content);
        case kRestartInterval:
            return isRestartInterval(content) && put(marker, content);
        case kStartOfScan:
            return isScan(content) && put(marker, content) && takeScan();
        default:
            return takeOrLeave(marker, content);
        }
    }

    /// What applications write: none of it is the picture, but colours depend on two of them.
    bool takeOrLeave(std::uint8_t marker, ByteView content)
    {
        const std::string_view text = textOf(content);
        constexpr std::size_t kJfifSize = 14;
        constexpr std::size_t kAdobeSize = 12;
        if (marker == kApp0 && text.starts_with("JFIF\0"sv) && content.size() >= kJfifSize
            && seen_.insert(marker).second) {
            // Version 1.1, density as it is, and a small picture of no pixels.
            Bytes jfif = toBytes(viewOf("JFIF\0\1\1"sv));
            jfif.insert(jfif.end(), content.begin() + 7, content.begin() + 12);
            jfif.insert(jfif.end(), 2, 0);
            return put(marker, jfif);
        }
        if (marker == kApp14 && text.starts_with("Adobe"sv) && content.size() >= kAdobeSize
            && seen_.insert(marker).second) {
            Bytes adobe = toBytes(viewOf("Adobe\0\x64\0\0\0\0"sv));
            adobe.push_back(content[kAdobeSize - 1]);
            return put(marker, adobe);
        }
        return (marker >= kApp0 && marker <= kApp15) || marker == kComment;
    }

    /// Each table once, and nothing behind them.
    bool areQuantizationTables(ByteView content)
    {
        while (!content.empty()) {
            const std::size_t wide = content[0] >> 4U;
            const std::size_t size = 1 + 64 * (wide + 1);
            if (wide > 1 || (content[0] & 15U) > 3 || content.size() < size
                || !tables_.insert({kQuantizationTables, content[0] & 15U}).second)
                return false;
            content = content.subspan(size);
        }
        return true;
    }

    bool areHuffmanTables(ByteView content)
    {
        while (!content.empty()) {
            constexpr std::size_t kCounts = 1 + 16;
            if (content.size() < kCounts || (content[0] >> 4U) > 1 || (content[0] & 15U) > 3
                || !tables_.insert({kHuffmanTables, content[0]}).second)
                return false;
            const ByteView counts = content.subspan(1, 16);
            const std::size_t symbols = std::accumulate(counts.begin(), counts.end(), std::size_t{0});
            if (symbols > 256 || content.size() < kCounts + symbols)
                return false;
            std::optional<HuffmanTable> table = HuffmanTable::from(counts, content.subspan(kCounts, symbols));
            if (!table)
                return false;
            codes_.emplace(content[0], *std::move(table));
            content = content.subspan(kCounts + symbols);
        }
        return true;
    }

    bool isRestartInterval(ByteView content)
    {
        if (content.size() != 2)
            return false;
        plan_.restartInterval = numberAt(content, 0);
        return true;
    }

    bool isFrame(ByteView content)
    {
        if (components_ != 0 || content.size() < 6)
            return false;
        frame_ = content;
        components_ = content[5];
        if (components_ < 1 || components_ > 4 || content.size() != 6 + 3 * components_)
            return false;
        for (std::size_t i = 0; i < components_; ++i)
            used_.insert({kQuantizationTables, content[6 + 3 * i + 2]});
        return true;
    }

    bool isScan(ByteView content)
    {
        const bool isFirst = !hasScan_;
        hasScan_ = true;
        if (!isFirst || components_ == 0 || content.size() != 4 + 2 * components_
            || content[0] != components_)
            return false;
        for (std::size_t i = 0; i < components_; ++i) {
            const std::uint32_t tables = content[1 + 2 * i + 1];
            used_.insert({kHuffmanTables, tables >> 4U});
            used_.insert({kHuffmanTables, 0x10U | (tables & 15U)});
        }
        return !isExact_ || makePlan(content);
    }

    static std::size_t numberAt(ByteView content, std::size_t at)
    {
        return (std::size_t{content[at]} << 8U) | content[at + 1];
    }

    /// What the scan must hold: T.81, A.2. One component alone goes block by block, whatever its sampling.
    bool makePlan(ByteView scan)
    {
        std::size_t widest = 1;
        std::size_t highest = 1;
        for (std::size_t i = 0; i < components_; ++i) {
            const ByteView component = frame_.subspan(6 + 3 * i, 3);
            const std::size_t across = components_ == 1 ? 1 : component[1] >> 4U;
            const std::size_t down = components_ == 1 ? 1 : component[1] & 15U;
            const auto dc = codes_.find(scan[2 + 2 * i] >> 4U);
            const auto ac = codes_.find(static_cast<std::uint8_t>(0x10U | (scan[2 + 2 * i] & 15U)));
            if (scan[1 + 2 * i] != component[0] || across * down == 0 || dc == codes_.end()
                || ac == codes_.end())
                return false;
            plan_.unit.insert(plan_.unit.end(), across * down, {&dc->second, &ac->second});
            widest = std::max(widest, across);
            highest = std::max(highest, down);
        }
        const auto unitsIn
            = [](std::size_t pixels, std::size_t blocks) { return (pixels + 8 * blocks - 1) / (8 * blocks); };
        plan_.units
            = std::uint64_t{unitsIn(numberAt(frame_, 1), highest)} * unitsIn(numberAt(frame_, 3), widest);
        return plan_.units > 0;
    }

    /// Up to the next marker: a byte of 0xff in a scan has a zero behind it.
    bool takeScan()
    {
        std::size_t size = 0;
        while (size + 1 < rest_.size()
               && (rest_[size] != 0xff || rest_[size + 1] == 0 || isRestart(rest_[size + 1])))
            ++size;
        if (size + 1 >= rest_.size() || (isExact_ && !isExactScan(rest_.first(size), plan_)))
            return false;
        out_.insert(out_.end(), rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(size));
        rest_ = rest_.subspan(size);
        return true;
    }

    bool put(std::uint8_t marker, ByteView content)
    {
        const std::size_t length = content.size() + 2;
        put(
            {0xff, marker, static_cast<std::uint8_t>(length >> 8U),
             static_cast<std::uint8_t>(length & 0xffU)});
        out_.insert(out_.end(), content.begin(), content.end());
        return true;
    }
    void put(std::initializer_list<std::uint8_t> bytes) { out_.insert(out_.end(), bytes); }

    ByteView rest_;
    bool isExact_;
    Bytes out_;
    ByteView frame_;  ///< Its segment, once it was there.
    std::map<std::uint8_t, HuffmanTable> codes_;
    ScanPlan plan_;
    std::size_t components_ = 0;  ///< Of the frame; 0 before it.
    bool hasScan_ = false;
    std::set<std::uint8_t> seen_;
    std::set<std::pair<std::uint8_t, std::uint32_t>> tables_;  ///< By marker and number: those there are,
    std::set<std::pair<std::uint8_t, std::uint32_t>> used_;    ///< and those that frame and scan name.
};

}  // namespace

std::optional<Bytes> copyOfPicture(ByteView jpeg)
{
    return Copy(jpeg, true).run();
}

bool isInOneScan(ByteView jpeg)
{
    return Copy(jpeg, false).run().has_value();
}

}  // namespace teren::picture
