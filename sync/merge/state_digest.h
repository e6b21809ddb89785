// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/sign/hash.h"
#include "sync/merge/record_state.h"

#include <optional>
#include <string_view>

namespace teren {

/// The fingerprint of a space's stored state, fed row by row. Replicas that have applied the same changes
/// and know the same voided ranges get the same one, whatever keeps their rows.
///
/// It is BLAKE2b-256 over the following, where every number is 8 bytes, big-endian (stamps in
/// milliseconds since 1970, as two's complement), and `vector` is the number of its entries followed by
/// device (16 bytes), life and seq of each, sorted by device and life:
///
///     "teren.digest.v1"
///     for each value, sorted by record, field, device, life, seq, index:
///         'V' record(16) length(field) field device(16) life seq index kind wall tick BLAKE2b-256(value)
///     for each tombstone, sorted by record, device, life, seq:
///         'T' record(16) device(16) life seq wall tick vector(seen) BLAKE2b-256(reason)
///     'A' vector(applied, voided dots included)
///
/// All sorting is by unsigned bytes and unsigned numbers. A store that keeps `life` in a signed column
/// must not sort by that column as it is; as 8 bytes, big-endian, it sorts right.
class StateDigest {
public:
    StateDigest();

    /// All values come first, each after the one before it in the order above.
    void add(const RecordId& record, std::string_view field, const FieldValue& value);
    /// Then all tombstones, likewise.
    void add(const RecordId& record, const Tombstone& tombstone);
    /// Then what was applied. Ends the digest.
    Hash finish(const VersionVector& applied);

private:
    /// Where the last row stood, to catch a store that sorts otherwise.
    struct Place {
        RecordId record;
        std::string field;
        Dot dot;
        std::uint32_t index = 0;

        friend auto operator<=>(const Place&, const Place&) = default;
    };
    void advanceTo(Place place);
    void addDot(const Dot& dot);
    void addStamp(HybridStamp stamp);
    void addVector(const VersionVector& vector);

    Hasher hasher_;
    std::optional<Place> last_;
    bool inTombstones_ = false;
};

}  // namespace teren
