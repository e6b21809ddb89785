// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/domain/calendar.h"
#include "app/domain/schema.h"

#include <cstdint>
#include <optional>
#include <string>

// One number that a model or the law sets, and what it means. The rules themselves are data:
// app/domain/rules.
namespace teren::domain {

enum class RuleKind : std::uint8_t {
    Deadline,   ///< Something is due once, so long after an event, or before it where the amount is negative.
    Rhythm,     ///< Something is due again and again, so long after it was done last.
    Expiry,     ///< What an event began ends after so long.
    Retention,  ///< How long data are kept after an event.
    Warning,    ///< From when on another rule's day is announced.
    Duration,   ///< How long something takes.
    Limit,      ///< How many there are.
    Scale,      ///< An end of a scale of marks.
    PrintRows,  ///< Rows of a printed form; more of them go on a further sheet.
};

/// Of calendar units, those of `TermUnit`; of a clock; or a plain count.
enum class RuleUnit : std::uint8_t { WorkingDays, Days, Weeks, Months, Years, Hours, Minutes, Count };

enum class RuleBound : std::uint8_t { None, AtLeast, AtMost, Exactly, About };

/// What the rule speaks of, and so whose events it counts.
enum class RuleSubject : std::uint8_t { Person, Case, Team, Meeting, Form };

enum class RuleStrictness : std::uint8_t {
    Statutory,    ///< Set by an act or a regulation.
    Model,        ///< Set by the model.
    Recommended,  ///< Advised by the model, or proposed by this program.
};

/// Where the number comes from.
enum class RuleOrigin : std::uint8_t {
    Source,     ///< Written in the source.
    Inferred,   ///< Left open or unsaid there; what the domain files propose.
    Open,       ///< Left open there, and nothing proposed: the office sets it.
    Workspace,  ///< Set by the office, see `withOverrides`.
};

/// Where an event is in `RuleSet::events`.
using EventIndex = std::uint16_t;
/// Where a rule is in `RuleSet::rules`.
using RuleIndex = std::uint16_t;

/// Something that happens on a day and that rules count from.
struct RuleEvent {
    std::string id;  ///< English snake_case.
    LocalText label;
};

struct RuleSource {
    std::string section;    ///< The domain file and its section.
    std::string reference;  ///< Lines, pages or articles of the source, as the domain file gives them.
};

struct Rule {
    std::string id;       ///< English snake_case.
    std::string profile;  ///< Of the file it is from: "rural-2021".
    LocalText label;
    RuleKind kind = RuleKind::Limit;
    RuleUnit unit = RuleUnit::Count;
    std::optional<int> amount;  ///< Nothing where it is `Open`.
    RuleBound bound = RuleBound::None;
    FreeLastDay freeLastDay = FreeLastDay::Stays;
    RuleSubject about = RuleSubject::Case;
    RuleStrictness strictness = RuleStrictness::Model;
    RuleOrigin origin = RuleOrigin::Source;
    bool overridable = false;
    RuleSource source;
    std::optional<EventIndex> from;    ///< What it is counted from. A warning without it goes by the day due.
    std::optional<EventIndex> doneBy;  ///< What settles it.
    std::optional<EventIndex> until;   ///< After this it rests.
    std::optional<RuleIndex> of;       ///< Of a warning: the rule it announces.
    std::optional<RuleIndex> warning;  ///< The warning that announces this one.

    /// As days of the calendar are counted; nothing for other units and for open numbers.
    std::optional<Term> term() const;
};

/// Whether the unit counts days or more.
bool isCalendarUnit(RuleUnit unit);
/// Whether the rule sets a day that somebody has to keep: deadline, rhythm, expiry, retention.
bool setsDay(RuleKind kind);

}  // namespace teren::domain
