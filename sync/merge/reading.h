// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/merge/record_state.h"

#include <functional>
#include <optional>
#include <span>

namespace teren {

/// How a field's register is read. A policy decides what people see and never what is stored, so devices
/// whose schemas differ still hold the same values.
enum class ReadingPolicy : std::uint8_t {
    Register,  ///< One value; different values written apart are a conflict.
    Latest,    ///< The latest by stamp is in force, silently; for the state of a view.
    Text,      ///< Like `Register`; the conflict comes with a proposal, see text_merge.h.
    Set,       ///< All values are elements; never a conflict. An empty one is no element.
    State,     ///< Like `Register`, but the safest of the values counts until somebody has decided.
    Append,    ///< Like `Register`; a value written over another is an amendment of it, see `Amendments`.
    Once,      ///< Written once: never a conflict, and only the history tells what counts, see `readOnce`.
};

/// What a person is shown of one field.
struct Reading {
    std::vector<DistinctValue> values;  ///< In the order of `Register::distinctValues`.
    bool inConflict = false;
    /// Which of `values` counts; none for a set, for what is written once, where there is no value, and in a
    /// conflict, unless it is one of states: of these the safest counts.
    std::optional<std::size_t> inForce;

    friend bool operator==(const Reading&, const Reading&) = default;
};

/// A value added as a set element is a value like any other to the policies for one value: it was stored
/// by a schema in which the field was a set.
///
/// @param safestFirst  For `State`: the values, from the one that lets people do least to the one that lets
/// them do most. A value that is not among them was written by a build that knows more, so it counts as safer
/// than all; no value at all counts as the least safe.
Reading read(ReadingPolicy policy, const Register& field, std::span<const std::string> safestFirst = {});

/// Puts causes before effects; writings made apart by stamp, then dot. The same on every device.
void sortCausally(std::vector<HistoryEntry>& history);

/// A field that is only appended to, with its corrections: "corrected by, when".
struct Amendments {
    std::vector<HistoryEntry> originals;   ///< Written over nothing. More than one if written apart.
    std::vector<HistoryEntry> amendments;  ///< Written over something, causes before effects.

    friend bool operator==(const Amendments&, const Amendments&) = default;
};

/// @param history  All values the field has had, in any order.
Amendments amendmentsOf(std::vector<HistoryEntry> history);

/// A field that is written once and never again.
struct WrittenOnce {
    /// All that wrote the value that counts, causes before effects; empty if nothing was accepted.
    std::vector<HistoryEntry> writings;
    /// Everything else that was written there, before or after, causes before effects: never in force.
    std::vector<HistoryEntry> attempts;

    friend bool operator==(const WrittenOnce&, const WrittenOnce&) = default;
};

/// The first accepted value counts, causes before effects and of those apart the first by stamp, whatever was
/// written over it or over the whole record. A stamp is its author's word, so where it matters which of two
/// counts, `accepts` must let through one value only, such as the one that hashes to the record's name.
///
/// @param history  All values the field has had, in any order.
/// @param accepts  Whether a value may count at all; without it, every one may.
WrittenOnce readOnce(
    std::vector<HistoryEntry> history, const std::function<bool(ByteView)>& accepts = nullptr);

/// The deletion of a record that is deleted: "withdrawn by, when, why". The latest by stamp if several
/// people deleted it apart; none if the record is alive or edited meanwhile.
std::optional<Tombstone> withdrawalOf(const RecordState& record);

/// What the authors of all `sides` had before them when they wrote: the values that every side had seen
/// and that none of the others seen by all had replaced. Usually one. More if the sides themselves
/// began from a conflict; none if they began from nothing.
///
/// @param history  All values the field has had, in any order.
/// @param sides    Dots of values in `history`.
std::vector<FieldValue> commonBase(std::span<const HistoryEntry> history, std::span<const Dot> sides);

}  // namespace teren
