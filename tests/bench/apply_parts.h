// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <nlohmann/json.hpp>

namespace teren::bench {

/// Takes received segments apart as a store does, in memory, and says what each part of it costs: verifying
/// signature and hashes, opening the seal, decompressing, decoding, merging.
/// @param records  Saves of `kFieldsPerRecord` fields, in cases of `kRecordsPerCase`, as `writeRecords`
/// makes.
/// @param whole    Seconds that a device took to receive and store as much; the rest of it is writing,
/// network and
///                 whatever else.
nlohmann::ordered_json partsOfApplying(int records, double whole);

/// `count` changes of one field each, merged in memory and nothing else. @return changes a second.
double mergedPerSecond(int count);

}  // namespace teren::bench
