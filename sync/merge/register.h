// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/merge/change.h"

#include <cstdint>
#include <vector>

namespace teren {

/// One value of one field, and which operation wrote it.
struct FieldValue {
    Dot dot;
    std::uint32_t index = 0;       ///< The operation's place in its change.
    OpKind kind = OpKind::Assign;  ///< `Assign` or `SetAdd`; what an `Insert` writes counts as assigned.
    HybridStamp stamp;
    Bytes value;

    friend bool operator==(const FieldValue&, const FieldValue&) = default;
};

/// A value that a field has had, and what its author had seen.
struct HistoryEntry {
    FieldValue value;
    VersionVector seen;

    friend bool operator==(const HistoryEntry&, const HistoryEntry&) = default;
};

/// Who wrote a value, and when. The same value may have been written more than once, by people apart.
struct Writing {
    Dot dot;
    std::uint32_t index = 0;
    HybridStamp stamp;

    friend bool operator==(const Writing&, const Writing&) = default;
};

/// A value as a person sees it: equal bytes are one value, however many times they were written.
struct DistinctValue {
    Bytes value;
    std::vector<Writing> writings;  ///< By stamp, then dot and index.

    friend bool operator==(const DistinctValue&, const DistinctValue&) = default;
};

/// The live values of one field of one record: those that no change has replaced that had seen them.
///
/// A change replaces what its author had on the screen and nothing else. So after ordered edits there is
/// one value; after edits made apart there are several, and nothing was thrown away on anybody's behalf.
/// The result depends only on which changes were applied, not on their order, as long as each comes after
/// those that it had seen.
class Register {
public:
    Register() = default;
    /// @param values  Sorted by (dot, index), as `values()` gives them.
    explicit Register(std::vector<FieldValue> values);

    /// Replaces every value that `seen` covers by `own`. `seen` does not cover `own` itself.
    void assign(const VersionVector& seen, FieldValue own);
    /// Adds an element: replaces the earlier additions of the same element that `seen` covers.
    void setAdd(const VersionVector& seen, FieldValue own);
    /// Takes out the additions of `element` that `seen` covers; one made apart from this stays.
    void setRemove(const VersionVector& seen, ByteView element);

    /// Sorted by (dot, index).
    const std::vector<FieldValue>& values() const { return values_; }
    bool empty() const { return values_.empty(); }

    /// Whether people have assigned different values without having seen each other's.
    bool inConflict() const;
    /// The values grouped by equal bytes, in the order of each one's first writing: the same on every device.
    std::vector<DistinctValue> distinctValues() const;

    friend bool operator==(const Register&, const Register&) = default;

private:
    void insert(FieldValue own);

    std::vector<FieldValue> values_;
};

}  // namespace teren
