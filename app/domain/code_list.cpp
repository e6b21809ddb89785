// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/code_list.h"

#include "app/domain/json_read.h"

#include <array>

namespace teren::domain {
namespace {

Result<Choice> parseItem(const Json& json)
{
    TEREN_CHECK(checkKeys(json, {"id", "label", "code", "under", "retired"}));
    Choice item;
    TEREN_TRY(item.id, choiceIdAt(json, "id"));
    TEREN_TRY(item.label, at(item.id, localTextAt(json, "label")));
    TEREN_TRY(item.code, at(item.id, optionalTextAt(json, "code")));
    TEREN_TRY(item.under, at(item.id, optionalTextAt(json, "under")));
    TEREN_TRY(item.retired, at(item.id, flagAt(json, "retired")));
    return item;
}

/// Items unique, by identifier and by the source's own number; each under one that came before it, so there
/// is no circle.
Status add(CodeList& list, Choice item)
{
    for (const Choice& other : list.items) {
        if (other.id == item.id)
            return fail(Errc::Invalid, "item '" + item.id + "' twice");
        if (!item.code.empty() && other.code == item.code)
            return fail(Errc::Invalid, item.id + ": code '" + item.code + "' twice");
    }
    if (!item.under.empty() && list.find(item.under) == nullptr)
        return fail(
            Errc::Invalid, item.id + ": 'under' names '" + item.under + "', which is no item before it");
    list.items.push_back(std::move(item));
    return {};
}

Result<CodeList> parseDocument(const Json& json)
{
    TEREN_CHECK(checkKeys(json, {"$comment", "id", "label", "source", "items"}));
    if (const Result<std::string> comment = optionalTextAt(json, "$comment"); !comment)
        return std::unexpected(comment.error());
    CodeList list;
    TEREN_TRY(list.id, identifierAt(json, "id"));
    TEREN_TRY(list.label, at("label", localTextAt(json, "label")));
    TEREN_TRY(list.source, textsAt(json, "source"));
    for (const std::string& source : list.source)
        if (!isSource(source))
            return fail(Errc::Invalid, "source: '" + source + "' says no place; see SCHEMAS.md, \"Source\"");
    TEREN_TRY(const std::vector<Json> items, listAt(json, "items"));
    for (std::size_t i = 0; i < items.size(); ++i) {
        TEREN_TRY(Choice item, at("items", i, parseItem(items[i])));
        TEREN_CHECK(add(list, std::move(item)));
    }
    if (list.items.empty())
        return fail(Errc::Invalid, "has no items");
    return list;
}

}  // namespace

const Choice* CodeList::find(std::string_view item) const
{
    const auto found = std::ranges::find(items, item, &Choice::id);
    return found == items.end() ? nullptr : &*found;
}

Result<CodeList> parseCodeList(std::string_view name, std::string_view json)
{
    TEREN_TRY(const Json document, at(name, parseJson(json)));
    return at(name, parseDocument(document));
}

bool isSource(std::string_view text)
{
    constexpr std::size_t kLongest = 300;
    constexpr std::array<std::string_view, 6> kNamed{"rural ", "urban ", "urban-rural ",
                                                     "Dz.U. ", "RODO ",  "inferred: "};
    constexpr std::array<std::string_view, 4> kBooks{"B:", "C:", "H:", "P:"};
    if (text.size() > kLongest)
        return false;
    const auto opens
        = [&](std::string_view form) { return text.starts_with(form) && text.size() > form.size(); };
    if (std::ranges::any_of(kNamed, opens))
        return true;
    if (std::ranges::none_of(kBooks, opens))
        return false;
    const std::string_view lines = text.substr(2);
    const auto isNumber = [](std::string_view number) {
        return !number.empty() && std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; });
    };
    const std::size_t dash = lines.find('-');
    return dash == std::string_view::npos
        ? isNumber(lines)
        : isNumber(lines.substr(0, dash)) && isNumber(lines.substr(dash + 1));
}

}  // namespace teren::domain
