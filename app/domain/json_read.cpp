// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/json_read.h"

#include "crypto/base/limits.h"

#include <limits>
#include <set>

namespace teren::domain {
namespace {

/// What the reader of documents passes over: where a text stops being JSON, and keys that are there twice.
class Syntax : public nlohmann::json_sax<Json> {
public:
    explicit Syntax(std::string_view text) : text_(text) {}

    bool null() override { return true; }
    bool boolean(bool /*value*/) override { return true; }
    bool number_integer(number_integer_t /*value*/) override { return true; }
    bool number_unsigned(number_unsigned_t /*value*/) override { return true; }
    bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return true; }
    bool string(string_t& /*value*/) override { return true; }
    bool binary(binary_t& /*value*/) override { return true; }
    bool start_array(std::size_t /*elements*/) override { return true; }
    bool end_array() override { return true; }

    bool start_object(std::size_t /*elements*/) override
    {
        keys_.emplace_back();
        return true;
    }

    bool end_object() override
    {
        keys_.pop_back();
        return true;
    }

    bool key(string_t& value) override
    {
        if (keys_.back().insert(value).second)
            return true;
        fault_ = "key '" + value + "' twice";
        return false;
    }

    bool parse_error(
        std::size_t position, const std::string& /*token*/,
        const nlohmann::detail::exception& /*why*/) override
    {
        const std::string_view before = text_.substr(0, position);
        fault_ = "is not JSON; see line " + std::to_string(1 + std::ranges::count(before, '\n'));
        return false;
    }

    const std::string& fault() const { return fault_; }

private:
    std::string_view text_;
    std::vector<std::set<std::string>> keys_;
    std::string fault_;
};

}  // namespace

Result<Json> parseJson(std::string_view text)
{
    Syntax syntax(text);
    if (!Json::sax_parse(text, &syntax))
        return fail(Errc::Invalid, syntax.fault());
    return Json::parse(text, nullptr, false);
}

bool isIdentifier(std::string_view id)
{
    const auto isPart = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    return !id.empty() && id.size() <= limits::kNameMax && id.front() >= 'a' && id.front() <= 'z'
        && std::ranges::all_of(id, isPart);
}

Status checkKeys(const Json& object, std::initializer_list<std::string_view> known)
{
    if (!object.is_object())
        return fail(Errc::Invalid, "is not an object");
    for (const auto& [key, value] : object.items())
        if (std::ranges::find(known, key) == known.end())
            return fail(Errc::Invalid, "unknown key '" + key + "'");
    return {};
}

Result<std::string> textAt(const Json& object, const char* key)
{
    const auto found = object.find(key);
    if (found == object.end() || !found->is_string() || found->get_ref<const std::string&>().empty())
        return fail(Errc::Invalid, std::string("needs a text '") + key + "'");
    return found->get<std::string>();
}

Result<std::string> optionalTextAt(const Json& object, const char* key)
{
    return object.contains(key) ? textAt(object, key) : std::string();
}

Result<std::string> identifierAt(const Json& object, const char* key)
{
    TEREN_TRY(std::string id, textAt(object, key));
    if (!isIdentifier(id))
        return fail(Errc::Invalid, "'" + id + "' is not an identifier in snake_case");
    return id;
}

Result<std::string> choiceIdAt(const Json& object, const char* key)
{
    TEREN_TRY(std::string id, textAt(object, key));
    std::string snake = id;
    std::ranges::replace(snake, '-', '_');
    if (!isIdentifier(snake))
        return fail(Errc::Invalid, "'" + id + "' is not an identifier of a choice");
    return id;
}

Result<LocalText> localTextAt(const Json& object, const char* key)
{
    const auto found = object.find(key);
    if (found == object.end())
        return fail(Errc::Invalid, std::string("needs '") + key + "'");
    TEREN_CHECK(at(key, checkKeys(*found, {"pl", "en"})));
    LocalText text;
    TEREN_TRY(text.pl, textAt(*found, "pl"));
    TEREN_TRY(text.en, textAt(*found, "en"));
    return text;
}

Result<LocalText> optionalLocalTextAt(const Json& object, const char* key)
{
    return object.contains(key) ? localTextAt(object, key) : LocalText{};
}

Result<std::vector<Json>> listAt(const Json& object, const char* key)
{
    const auto found = object.find(key);
    if (found == object.end())
        return std::vector<Json>{};
    if (!found->is_array())
        return fail(Errc::Invalid, std::string("'") + key + "' is not a list");
    return std::vector<Json>(found->begin(), found->end());
}

Result<std::vector<std::string>> textsAt(const Json& object, const char* key)
{
    TEREN_TRY(const std::vector<Json> list, listAt(object, key));
    std::vector<std::string> texts;
    for (const Json& one : list) {
        if (!one.is_string() || one.get_ref<const std::string&>().empty())
            return fail(Errc::Invalid, std::string("'") + key + "' lists something that is not a text");
        if (std::ranges::find(texts, one.get_ref<const std::string&>()) != texts.end())
            return fail(
                Errc::Invalid, std::string("'") + key + "' lists '" + one.get<std::string>() + "' twice");
        texts.push_back(one.get<std::string>());
    }
    return texts;
}

Result<bool> flagAt(const Json& object, const char* key)
{
    const auto found = object.find(key);
    if (found == object.end())
        return false;
    if (!found->is_boolean())
        return fail(Errc::Invalid, std::string("'") + key + "' is neither true nor false");
    return found->get<bool>();
}

std::optional<std::int64_t> wholeOf(const Json& value)
{
    if (!value.is_number_integer())
        return std::nullopt;
    constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max();
    // Read as a signed number it would come out negative.
    if (value.is_number_unsigned() && value.get<std::uint64_t>() > std::uint64_t{kLargest})
        return kLargest;
    return value.get<std::int64_t>();
}

Result<std::optional<std::int64_t>> wholeAt(const Json& object, const char* key, std::int64_t least)
{
    const auto found = object.find(key);
    if (found == object.end())
        return std::nullopt;
    constexpr std::int64_t kMost = 1'000'000'000'000'000;
    const std::optional<std::int64_t> whole = wholeOf(*found);
    if (!whole || *whole > kMost || *whole < least)
        return fail(
            Errc::Invalid,
            std::string("'") + key + "' is a whole number from " + std::to_string(least) + " on");
    return whole;
}

}  // namespace teren::domain
