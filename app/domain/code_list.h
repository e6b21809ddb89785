// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/domain/local_text.h"
#include "crypto/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace teren::domain {

/// One answer that may be chosen.
struct Choice {
    std::string id;
    LocalText label;
    std::string code;      ///< How the source numbers it: "P1"; empty where it does not.
    std::string under;     ///< The item of the same list that this one belongs to; empty at the top.
    bool retired = false;  ///< Kept for old answers; no longer offered.

    friend bool operator==(const Choice& left, const Choice& right) { return left.id == right.id; }
};

/// Answers that several fields share, from app/domain/code_lists. See SCHEMAS.md, "Code lists".
struct CodeList {
    std::string id;
    LocalText label;
    std::vector<std::string> source;
    std::vector<Choice> items;  ///< In the order of the source.

    const Choice* find(std::string_view item) const;
};

/// @param name  Of the file, for the reason.
/// @return `Invalid` naming file, place and reason.
Result<CodeList> parseCodeList(std::string_view name, std::string_view json);

/// Whether a text says where something comes from in one of the forms of SCHEMAS.md, "Source".
bool isSource(std::string_view text);

}  // namespace teren::domain
