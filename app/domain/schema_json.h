// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/domain/json_read.h"
#include "app/domain/schema.h"

#include <span>
#include <string_view>

namespace teren::domain {

/// One record type from its JSON document: every key known, every label there in both languages.
/// @param name   Of the file, for the reason.
/// @param lists  Those that `choicesFrom` may name.
/// @return `Invalid` naming file, place and reason.
Result<RecordType> parseRecordType(
    std::string_view name, std::string_view json, std::span<const CodeList> lists);

/// One field of it. @return `Invalid` with the field's id, or its index where it has none, and the reason.
Result<Field> parseField(const Json& json, std::size_t index, std::span<const CodeList> lists);

/// Who decides, of a type or a field; not set where the key is left out.
Result<Decider> deciderAt(const Json& json);
/// Where it comes from; empty where the key is left out.
Result<std::vector<std::string>> sourceAt(const Json& json);
/// When it is shown; empty where the key is left out.
Result<std::vector<Formula>> shownWhenAt(const Json& json);

}  // namespace teren::domain
