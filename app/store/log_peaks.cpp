// SPDX-License-Identifier: EUPL-1.2
#include "app/store/log_peaks.h"

#include "app/store/core.h"
#include "app/store/key_value.h"
#include "sync/ledger/merkle.h"

#include <algorithm>

namespace teren::store {
namespace {

constexpr const char* kKey = "log.peaks";

}  // namespace

Status keepPeaks(Core& core, const std::vector<Hash>& peaks)
{
    Bytes bytes;
    for (const Hash& peak : peaks)
        bytes.insert(bytes.end(), peak.begin(), peak.end());
    TEREN_TRY(KeyValue values, KeyValue::open(core.db));
    return values.put(kKey, bytes);
}

Result<std::vector<Hash>> peaksOfHead(Core& core)
{
    TEREN_TRY(KeyValue values, KeyValue::open(core.db));
    TEREN_TRY(const std::optional<Bytes> bytes, values.get(kKey));
    std::vector<Hash> peaks;
    for (ByteView left = bytes ? ByteView(*bytes) : ByteView(); left.size() >= Hash{}.size();
         left = left.subspan(Hash{}.size()))
        std::ranges::copy(left.first(Hash{}.size()), peaks.emplace_back().begin());
    const Result<ledger::CompactTree> tree = ledger::CompactTree::from(core.own.head.size, peaks);
    if (!tree || tree->root() != core.own.head.root)
        peaks.clear();
    return peaks;
}

}  // namespace teren::store
