// SPDX-License-Identifier: EUPL-1.2
#include "app/service/delivery_proving.h"

#include <algorithm>

namespace teren::service {
namespace {

/// As far as the server's keys need it.
Result<std::vector<ledger::SignedStatement>> statementsOf(store::WorkspaceStore& store)
{
    TEREN_TRY(std::vector<ledger::SignedStatement> statements, store.statements());
    statements.resize(std::min<std::size_t>(
        statements.size(), static_cast<std::size_t>(store.membership().serverKeys().back().height)));
    return statements;
}

/// Those that count under the log that the server shows now.
/// @return of how many changes the receipt does not count, or never came.
Result<std::uint64_t> addReceipts(
    store::WorkspaceStore& store, const SpaceId& caseId, carrier::DeliveryProof& proof)
{
    TEREN_TRY(const store::KeptReceipts kept, store.receipts(caseId));
    std::uint64_t seen = kept.withoutReceipt;
    for (const store::KeptReceipt& receipt : kept.receipts) {
        carrier::ShownReceipt shown{receipt.head, {}, receipt.proof, {}};
        for (const store::KeptReceipt::Leaf& leaf : receipt.leaves)
            shown.leaves.push_back({leaf.number, leaf.hash});
        for (std::size_t i = 0; i < receipt.ours.size(); ++i) {
            const std::uint64_t number = receipt.numbers[i];
            const bool isCovered
                = std::ranges::find(receipt.leaves, number, &store::KeptReceipt::Leaf::number)
                != receipt.leaves.end();
            // What was lost and is numbered again has its number from a page.
            if (receipt.lost || !isCovered)
                seen += receipt.ours[i].header.count;
            else
                shown.entries.push_back({number, receipt.ours[i].bytes});
        }
        if (!shown.entries.empty())
            proof.receipts.push_back(std::move(shown));
    }
    return seen;
}

/// When each of the proven ones was recorded.
Status addRuns(store::WorkspaceStore& store, const SpaceId& caseId, carrier::DeliveryProof& proof)
{
    TEREN_TRY(const std::vector<store::RecordedSegment> recorded, store.recorded(caseId));
    std::vector<std::uint64_t> proven;
    for (const carrier::ShownReceipt& receipt : proof.receipts)
        for (const carrier::ShownReceipt::Entry& entry : receipt.entries)
            proven.push_back(entry.number);
    std::ranges::sort(proven);
    for (const store::RecordedSegment& segment : recorded)
        if (std::ranges::binary_search(proven, segment.number))
            proof.told.runs.push_back({segment.number, segment.first, segment.last, {}});
    return {};
}

}  // namespace

Result<carrier::DeliveryProof> proveDelivery(store::WorkspaceStore& store, const SpaceId& caseId)
{
    const ledger::Membership::Device* device = store.membership().find(store.device());
    if (device == nullptr)
        return fail(Errc::Refused, "this device is no member of the office yet: there is nothing to state");
    carrier::DeliveryProof proof;
    TEREN_TRY(proof.statements, statementsOf(store));
    proof.signKey = device->statement.signKey;
    proof.boxKey = device->statement.boxKey;
    proof.told.space = caseId;
    TEREN_TRY(proof.told.seen, addReceipts(store, caseId, proof));
    TEREN_CHECK(addRuns(store, caseId, proof));
    return proof;
}

}  // namespace teren::service
