// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"

#include <array>
#include <optional>
#include <vector>

namespace teren::picture {

/// A Huffman table of a JPEG, for going through codes (ITU-T T.81, C.2 and F.2.2.3).
class HuffmanTable {
public:
    /// @param counts  Of codes of 1 to 16 bits. @param symbols  In the order of the codes.
    /// @return nothing if there are more codes than bits for them.
    static std::optional<HuffmanTable> from(ByteView counts, ByteView symbols);

    struct Code {
        std::uint8_t bits = 0;  ///< 0 where no code begins like this.
        std::uint8_t symbol = 0;
    };
    /// @param ahead  The next 16 bits.
    Code at(std::uint16_t ahead) const { return codes_[ahead]; }

private:
    std::vector<Code> codes_;
};

/// What a scan of a sequential picture is made of.
struct ScanPlan {
    struct Block {
        const HuffmanTable* dc;
        const HuffmanTable* ac;
    };
    std::vector<Block> unit;  ///< The blocks of one unit (MCU), in their order.
    std::uint64_t units = 0;
    std::uint64_t restartInterval = 0;  ///< Units between two restart markers; 0 for none.
};

/// Whether a scan holds the codes of all units and nothing else: no byte behind the last code, before the end
/// or a restart marker; fill bits that are all one; each restart marker in its turn, none at the end. It
/// looks at no value, so it takes no memory, and is own code because no library tells: libjpeg reads up to
/// eight bytes ahead, and forgets them without a word.
/// @param scan  Up to the marker behind it.
bool isExactScan(ByteView scan, const ScanPlan& plan);

}  // namespace teren::picture
