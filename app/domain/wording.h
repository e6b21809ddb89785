// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/domain/schema.h"

// The sentences of a document that people sign: what is the same for every family. Answers are asked by the
// schema; a wording says what stands between them, and each office may have its own. See SCHEMAS.md,
// "Wordings".
namespace teren::domain {

struct WordingPart {
    std::string id;
    LocalText text;      ///< With the places of answers, "{consent.team}".
    std::string before;  ///< The field or table of the document it stands above; empty: at the end.
    std::vector<std::string> source;
};

struct Wording {
    std::string id;
    std::string of;       ///< The type of the document.
    std::string version;  ///< "1"; with an office's own parts "1/3", their highest version after the stroke.
    LocalText label;
    std::vector<std::string> source;
    std::vector<WordingPart> parts;  ///< In the order of the document.

    const WordingPart* find(std::string_view part) const;
};

/// An office's own text of one part, as a record of the type `wording` has it.
struct OfficeWording {
    std::string document;  ///< The id of the wording.
    std::string part;
    std::string text;  ///< Polish, as documents are.
    std::int64_t version = 1;
    std::string validFrom;  ///< A canonical date.
};

/// @param schemas  The types whose answers the text may name.
/// @return `Invalid` naming file, part and reason.
Result<Wording> parseWording(const SchemaFile& file, const SchemaSet& schemas);
/// Those compiled in. A fault in them stops the build.
Result<std::vector<Wording>> builtInWordings(const SchemaSet& schemas);

/// Whether an office may have this text instead of the built-in one.
/// @return `Invalid` with the reason: another document, no such part, or the place of an answer that nobody
/// gives.
Status checkOfficeWording(const Wording& builtIn, const OfficeWording& own, const SchemaSet& schemas);

/// The wording of a day: of each part the office's own that came into force last, or else the built-in one.
/// Texts of other documents and of later days do not count; those of one day go by their version.
/// @param own    That `checkOfficeWording` accepts.
/// @param today  A canonical date.
Wording wordingOn(const Wording& builtIn, std::span<const OfficeWording> own, std::string_view today);

}  // namespace teren::domain
