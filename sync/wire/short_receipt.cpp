// SPDX-License-Identifier: EUPL-1.2
#include "sync/wire/short_receipt.h"

#include "sync/ledger/merkle.h"

namespace teren::wire {
namespace {

/// Whether the entries are all of those above `before`, in order.
bool areNext(std::span<const Numbered> entries, std::uint64_t before)
{
    for (const Numbered& entry : entries)
        if (entry.number != ++before)
            return false;
    return !entries.empty();
}

}  // namespace

Status shorten(Receipt& receipt, std::uint64_t before, std::uint64_t size, std::uint64_t peaksOf)
{
    if (!areNext(receipt.entries, before) || receipt.entries.back().number != size)
        return {};
    TEREN_TRY(receipt.head.body, ledger::shortBody(receipt.head.body));
    receipt.consistency.clear();
    if (peaksOf == before)
        receipt.proof.clear();
    return {};
}

bool isShort(const Receipt& receipt)
{
    return ledger::isShortBody(receipt.head.body);
}

Result<ExpandedReceipt> expanded(
    Receipt receipt, const TreeHead& before, std::span<const Hash> peaks, const WorkspaceId& workspace,
    std::span<const Hash> leaves)
{
    if (!areNext(receipt.entries, before.size) || leaves.size() != receipt.entries.size()
        || !receipt.consistency.empty())
        return fail(Errc::Forged, "a short receipt that is not for what follows");
    if (receipt.proof.empty())
        receipt.proof.assign(peaks.begin(), peaks.end());
    Result<ledger::CompactTree> tree = ledger::CompactTree::from(before.size, receipt.proof);
    if (!tree || tree->root() != before.root)
        return fail(Errc::Forged, "a receipt under another log than was shown before");
    for (const Hash& leaf : leaves)
        tree->append(leaf);
    TEREN_TRY(
        receipt.head.body, ledger::fullBody(receipt.head.body, workspace, {tree->size(), tree->root()}));
    return ExpandedReceipt{std::move(receipt), tree->nodes()};
}

}  // namespace teren::wire
