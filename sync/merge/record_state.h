// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/merge/register.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace teren {

/// Somebody deleted the record as they saw it. The values stay: a deletion hides, it does not erase.
struct Tombstone {
    Dot dot;
    HybridStamp stamp;
    VersionVector seen;  ///< What the deleting change had seen; it hides that and nothing else.
    Bytes reason;        ///< UTF-8; may be empty.

    friend bool operator==(const Tombstone&, const Tombstone&) = default;
};

/// Whether a record is there, for people.
enum class Presence {
    Alive,    ///< Nobody has deleted it, or somebody who had seen the deletion has inserted it again.
    Deleted,  ///< Deleted, and every value it has was seen by somebody who deleted it.
    /// Deleted by one and edited by another, apart. A conflict: it stays visible, marked. A new deletion,
    /// whose author has seen the edit, settles it as deleted; inserting it again, by somebody who has seen
    /// the deletion, settles it as kept. Any other edit leaves it open: see intent.h.
    DeletedButEdited,
};

/// Adds a deletion, which takes the place of the deletions that it had seen.
void bury(std::vector<Tombstone>& tombstones, Tombstone own);
/// Removes the deletions that an insertion or another deletion had seen: they are answered.
/// @return whether there was one.
bool restore(std::vector<Tombstone>& tombstones, const VersionVector& seen);

/// One record: its fields, and the deletions that nothing has answered. Neither kind of thing ever holds
/// an empty entry, so equal states compare equal.
struct RecordState {
    std::map<std::string, Register, std::less<>> fields;
    std::vector<Tombstone> tombstones;  ///< Sorted by dot.

    Presence presence() const;
    bool empty() const { return fields.empty() && tombstones.empty(); }
    /// nullptr for a field without values.
    const Register* find(std::string_view field) const;

    friend bool operator==(const RecordState&, const RecordState&) = default;
};

/// Something that people have to decide, named in full.
struct Conflict {
    enum class Kind {
        EditedApart,             ///< The field has different values whose authors had not seen each other's.
        DeletedHereEditedThere,  ///< One deleted the record, another edited it, apart. `field` is empty.
    };

    RecordId record;
    Kind kind = Kind::EditedApart;
    std::string field;

    friend auto operator<=>(const Conflict&, const Conflict&) = default;
};

/// The conflicts of one record, sorted. A deleted record is in none; nor is the order of a row.
std::vector<Conflict> conflictsOf(const RecordId& id, const RecordState& record);

/// The value that the operation at `index` gives to `field`, if it gives it one.
std::optional<FieldValue> valueFor(const Change& change, std::uint32_t index, std::string_view field);

/// Applies the operation at `index` of `change`, whose author had seen `seen`. An unknown kind has no effect.
void applyOp(RecordState& record, const Change& change, std::uint32_t index, const VersionVector& seen);

}  // namespace teren
