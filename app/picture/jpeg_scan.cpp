// SPDX-License-Identifier: EUPL-1.2
#include "app/picture/jpeg_scan.h"

#include <algorithm>

namespace teren::picture {
namespace {

constexpr std::size_t kCodeBitsMax = 16;
constexpr std::size_t kCoefficients = 64;

/// The bits of a scan up to a marker.
class Bits {
public:
    explicit Bits(ByteView scan) : rest_(scan) {}

    /// The next 16 bits; behind the end, ones.
    std::uint16_t ahead()
    {
        fill();
        const std::uint64_t padded = held_ < kCodeBitsMax
            ? (bits_ << (kCodeBitsMax - held_)) | ((1U << (kCodeBitsMax - held_)) - 1U)
            : bits_ >> (held_ - kCodeBitsMax);
        return static_cast<std::uint16_t>(padded & 0xffffU);
    }
    /// @return false if there are not as many.
    bool skip(std::size_t count)
    {
        fill();
        if (count > held_)
            return false;
        held_ -= count;
        bits_ &= (std::uint64_t{1} << held_) - 1;
        return true;
    }
    /// Nothing is left but the bits, all one, that fill the last byte.
    bool isAtEnd()
    {
        fill();
        return held_ < 8 && bits_ == (std::uint64_t{1} << held_) - 1 && isAtMarker();
    }
    /// Goes on behind the restart marker of this number, 0 to 7.
    bool restart(std::uint64_t number)
    {
        if (!isAtEnd() || rest_.size() < 2 || rest_[1] != 0xd0 + number % 8)
            return false;
        rest_ = rest_.subspan(2);
        bits_ = 0;
        held_ = 0;
        return true;
    }
    bool isAllRead() const { return rest_.empty(); }

private:
    bool isAtMarker() const
    {
        return rest_.empty() || (rest_[0] == 0xff && (rest_.size() < 2 || rest_[1] != 0));
    }
    void fill()
    {
        while (held_ <= 32 && !isAtMarker()) {
            bits_ = (bits_ << 8U) | rest_[0];
            held_ += 8;
            rest_ = rest_.subspan(rest_[0] == 0xff ? 2 : 1);
        }
    }

    ByteView rest_;
    std::uint64_t bits_ = 0;
    std::size_t held_ = 0;
};

/// Takes one code and the bits of its value. @return its symbol; nothing if there is no such code.
std::optional<std::uint8_t> take(Bits& bits, const HuffmanTable& table)
{
    const HuffmanTable::Code code = table.at(bits.ahead());
    const std::size_t value = code.symbol & 15U;
    if (code.bits == 0 || !bits.skip(code.bits) || !bits.skip(value))
        return std::nullopt;
    return code.symbol;
}

bool takeBlock(Bits& bits, const ScanPlan::Block& block)
{
    const std::optional<std::uint8_t> dc = take(bits, *block.dc);
    if (!dc || *dc > 15)
        return false;
    for (std::size_t k = 1; k < kCoefficients; ++k) {
        const std::optional<std::uint8_t> ac = take(bits, *block.ac);
        if (!ac)
            return false;
        const std::size_t run = *ac >> 4U;
        const bool isZeros = (*ac & 15U) == 0;
        // The rest of the block is zero.
        if (isZeros && run == 0)
            return true;
        if (isZeros && run != 15)
            return false;
        k += run;
        if (k >= kCoefficients)
            return false;
    }
    return true;
}

}  // namespace

std::optional<HuffmanTable> HuffmanTable::from(ByteView counts, ByteView symbols)
{
    HuffmanTable table;
    table.codes_.resize(std::size_t{1} << kCodeBitsMax);
    std::size_t next = 0;
    std::size_t symbol = 0;
    for (std::size_t bits = 1; bits <= counts.size() && bits <= kCodeBitsMax; ++bits) {
        const std::size_t share = std::size_t{1} << (kCodeBitsMax - bits);
        for (std::size_t i = 0; i < counts[bits - 1]; ++i) {
            if (symbol >= symbols.size() || next + share > table.codes_.size())
                return std::nullopt;
            const Code code{static_cast<std::uint8_t>(bits), symbols[symbol++]};
            std::fill_n(table.codes_.begin() + static_cast<std::ptrdiff_t>(next), share, code);
            next += share;
        }
    }
    return table;
}

bool isExactScan(ByteView scan, const ScanPlan& plan)
{
    Bits bits(scan);
    std::uint64_t restarts = 0;
    for (std::uint64_t unit = 0; unit < plan.units; ++unit) {
        const bool isDue = plan.restartInterval > 0 && unit > 0 && unit % plan.restartInterval == 0;
        if (isDue && !bits.restart(restarts++))
            return false;
        for (const ScanPlan::Block& block : plan.unit)
            if (!takeBlock(bits, block))
                return false;
    }
    return bits.isAtEnd() && bits.isAllRead();
}

}  // namespace teren::picture
