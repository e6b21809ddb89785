// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/domain/migration.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

// What the rules of a schema make of the answers of a record: which questions are shown, and what comes out
// of others. Pure: the day is given, nothing is stored.
namespace teren::domain {

struct RecordType;
class SchemaSet;

/// The answers of a record and of the rows of its tables, canonical. An absent field was not asked, an empty
/// one was not answered. Several choices are their ids joined by commas.
struct Answers {
    FieldAnswers fields;
    std::map<std::string, std::vector<Answers>, std::less<>> tables;
};

/// The same record as its rules make it.
struct RuledAnswers {
    /// The calculated ones are there where they are known. What is hidden is not: its answer stays stored,
    /// and no rule and no print sees it, as if it had not been asked.
    Answers answers;
    std::set<std::string, std::less<>> hidden;  ///< Fields and tables that are not shown.
    std::map<std::string, std::vector<RuledAnswers>, std::less<>> tables;  ///< The rows of those shown.
};

/// @param type   Of a set that was parsed: its rules fit and go in no circles.
/// @param today  A canonical date, "2026-11-22": what `today` and `age` mean.
RuledAnswers ruled(
    const RecordType& type, const SchemaSet& set, const Answers& answers, std::string_view today);

/// The fields that a print of these answers lacks: required for print, shown, and without an answer; in the
/// order of the schema.
std::vector<std::string> missingForPrint(const RecordType& type, const RuledAnswers& answers);

}  // namespace teren::domain
