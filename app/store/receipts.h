// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/engine/replica.h"

namespace teren::store {

class Core;

/// A receipt of the server as it was kept, and what it covers of this device's work in the spaces asked
/// about.
struct KeptReceipt {
    ledger::SignedHead head;
    bool lost = false;  ///< The server has gone back behind this head since.
    struct Leaf {
        std::uint64_t number = 0;
        Hash hash{};  ///< Of the leaf.
    };
    std::vector<Leaf> leaves;  ///< All that the proof is of, ascending.
    std::vector<Hash> proof;
    std::vector<ledger::SignedSegmentHeader> ours;
    std::vector<std::uint64_t> numbers;  ///< Parallel to `ours`.
};

/// Keeps the proof of a receipt, so that it can be shown to others later. The entries have their numbers.
Status keepReceipt(Core& core, const engine::ShownHead& shown, std::span<const wire::Numbered> entries);
/// What stands above `common` was proven by a head that counts no more.
Status loseReceipts(Core& core, std::uint64_t common);

struct KeptReceipts {
    std::vector<KeptReceipt> receipts;  ///< Oldest first.
    /// Confirmed changes whose receipt never came: they were seen in the server's log, proven, in a page.
    std::uint64_t withoutReceipt = 0;
};
/// Receipts of this device's work. @param only  In this space.
Result<KeptReceipts> keptReceipts(Core& core, const std::optional<SpaceId>& only);

}  // namespace teren::store
