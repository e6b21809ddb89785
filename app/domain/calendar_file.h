// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/domain/rule_set.h"
#include "crypto/base/clock.h"

#include <span>
#include <string>
#include <string_view>

// Due days for a calendar program (RFC 5545). Such a file leaves the encrypted store, so it carries the kind
// of what is due, the number of the case and the day, and the types here let nothing else in: see
// app/domain/README.md, decision 10.
namespace teren::domain {

/// The number of a case as an office writes it: capital letters, digits, '/', '.', '-' and '_'. Made only by
/// `parse`, so that no name, address or other text is taken for one.
class CaseNumber {
public:
    /// @return `Invalid` with the reason alone: without a digit, more than five letters in a row, longer than
    /// 40, or with another character in it.
    static Result<CaseNumber> parse(std::string_view text);

    const std::string& text() const { return text_; }

private:
    explicit CaseNumber(std::string_view text) : text_(text) {}
    std::string text_;
};

/// One day in a calendar. The kind is one of the rules, whose labels are compiled in.
struct CalendarEntry {
    RuleIndex kind = 0;
    CaseNumber number;
    Day day;
};

enum class CalendarLanguage : std::uint8_t { Polish, English };

/// The text of an .ics file: a whole-day event an entry, by day; lines end in CRLF and are folded at 75
/// octets.
///
/// An entry's UID is its kind, its number and which of them it is by day, if there are several. It is the
/// same in every export, so that a calendar program moves the day instead of adding another.
/// @param stamp  When the file is made; a later file replaces an earlier one.
/// @return `Invalid` without entries, since RFC 5545 knows no empty calendar, or for a kind that is no rule.
Result<std::string> calendarFile(
    const RuleSet& rules, std::span<const CalendarEntry> entries, CalendarLanguage language, Instant stamp);

/// One content line, folded (RFC 5545, section 3.1): no line is longer than 75 octets, no character is split,
/// each line ends in CRLF.
std::string foldedLine(std::string_view line);
/// A value of the type TEXT (section 3.3.11): backslashes, semicolons, commas and line ends escaped.
std::string escapedText(std::string_view text);

}  // namespace teren::domain
