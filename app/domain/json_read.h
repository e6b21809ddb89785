// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/domain/local_text.h"
#include "crypto/base/result.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// How the files of app/domain are read: every key known, every text there, each error with its place.
// A function that reads one key of an object answers with the reason alone; `at` puts the place before it.
namespace teren::domain {

using Json = nlohmann::json;

/// The document of a file. @return `Invalid` with the line of what is not JSON, or with a key that is there
/// twice, which JSON itself would pass over in silence.
Result<Json> parseJson(std::string_view text);

/// Puts `where` before the reason.
template <typename Value>
Result<Value> at(std::string_view where, Result<Value> result)
{
    if (!result)
        return fail(result.error().code, std::string(where) + ": " + result.error().detail);
    return result;
}

/// "fields: 3: …", counted from one, for what has no name of its own yet.
template <typename Value>
Result<Value> at(std::string_view list, std::size_t index, Result<Value> result)
{
    return at(std::string(list) + ": " + std::to_string(index + 1), std::move(result));
}

template <typename Value, std::size_t N>
std::optional<Value> valueNamed(
    const std::array<std::pair<std::string_view, Value>, N>& names, std::string_view name)
{
    const auto found = std::ranges::find(names, name, [](const auto& entry) { return entry.first; });
    return found == names.end() ? std::nullopt : std::optional(found->second);
}

/// English snake_case: what goes to the wire as a name.
bool isIdentifier(std::string_view id);

Status checkKeys(const Json& object, std::initializer_list<std::string_view> known);

/// A text that is there and not empty.
Result<std::string> textAt(const Json& object, const char* key);
/// The same, or nothing where the key is left out.
Result<std::string> optionalTextAt(const Json& object, const char* key);
Result<std::string> identifierAt(const Json& object, const char* key);
/// The same; a hyphen may part its words, as in the roles and models that the command line names.
Result<std::string> choiceIdAt(const Json& object, const char* key);
Result<LocalText> localTextAt(const Json& object, const char* key);
/// Empty where the key is left out.
Result<LocalText> optionalLocalTextAt(const Json& object, const char* key);

/// The elements of an optional array.
Result<std::vector<Json>> listAt(const Json& object, const char* key);
/// The texts of an optional array, none of them empty, none twice.
Result<std::vector<std::string>> textsAt(const Json& object, const char* key);
/// False where it is left out.
Result<bool> flagAt(const Json& object, const char* key);
/// A whole number; one that is larger than any signed one as the largest of these.
std::optional<std::int64_t> wholeOf(const Json& value);
/// A whole number from `least` on; nothing where it is left out.
Result<std::optional<std::int64_t>> wholeAt(const Json& object, const char* key, std::int64_t least);
/// One of `names`, or `otherwise` where the key is left out.
template <typename Value, std::size_t N>
Result<Value> namedAt(
    const Json& object, const char* key, const std::array<std::pair<std::string_view, Value>, N>& names,
    Value otherwise)
{
    if (!object.contains(key))
        return otherwise;
    TEREN_TRY(const std::string name, textAt(object, key));
    const std::optional<Value> value = valueNamed(names, name);
    if (!value)
        return fail(Errc::Invalid, std::string("unknown ") + key + " '" + name + "'");
    return *value;
}

}  // namespace teren::domain
