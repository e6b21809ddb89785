// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/id.h"
#include "crypto/base/result.h"
#include "sync/merge/hybrid_clock.h"
#include "sync/merge/version_vector.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace teren {

/// The two fields that an `Insert` writes. Names that start with '@' are reserved; of them only the order
/// may also be assigned, which moves the row.
inline constexpr std::string_view kTypeField = "@type";
inline constexpr std::string_view kOrderField = "@order";

/// What one operation of a change does. The kind travels with the change and is never looked up in a
/// schema, so replicas with different schemas merge alike. Values are on disk and on the wire.
enum class OpKind : std::uint8_t {
    Insert = 1,     ///< Brings a record into being: `field` is its type, `value` its fractional order key.
    Assign = 2,     ///< Writes a field: replaces every value of it that the change had seen.
    SetAdd = 3,     ///< Adds `value` to a set field.
    SetRemove = 4,  ///< Takes `value` out of a set field, as far as the change had seen it there.
    Delete = 5,     ///< Deletes the record as the change had seen it; `value` may hold a reason.
};

/// One operation on one record. A kind this build does not know is kept as it is and has no effect here.
struct Op {
    OpKind kind = OpKind::Assign;
    RecordId record;
    std::string
        field;    ///< At most `limits::kNameMax` bytes of ASCII; the type for `Insert`, empty for `Delete`.
    Bytes value;  ///< UTF-8 in NFC, at most `limits::kValueMax` bytes; empty means "cleared".

    friend bool operator==(const Op&, const Op&) = default;
};

/// Everything one Save does in one space. Atomic: applied whole or not at all.
struct Change {
    Dot dot;
    HybridStamp stamp;
    std::optional<GroupId> group;
    /// The maximal dots the author had seen, other than its own predecessor `(dot.author, dot.seq - 1)`.
    std::vector<Dot> context;
    /// No two of them assign the same field of the same record.
    std::vector<Op> ops;

    friend bool operator==(const Change&, const Change&) = default;
};

/// Whether a change may be applied at all. It looks at nothing but the change, so every replica answers
/// alike. An author asks before it saves; a receiver that gets a refusal reports the change and leaves
/// what builds on it waiting, for a supervisor to void.
///
/// An operation of an unknown kind passes if it keeps the limits.
///
/// @return `LimitExceeded` or `Invalid`, naming the rule and never a value.
Status validate(const Change& change);

}  // namespace teren
