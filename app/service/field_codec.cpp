// SPDX-License-Identifier: EUPL-1.2
#include "app/service/field_codec.h"

#include <nlohmann/json.hpp>

namespace teren::service {
namespace {

using Json = nlohmann::json;

constexpr const char* kAnswers = "answers";
constexpr const char* kShown = "shown";

Bytes bytesOf(const Json& json)
{
    // Text of a wrong encoding is written with replacement characters: a draft is never lost over it.
    return toBytes(viewOf(json.dump(-1, ' ', false, Json::error_handler_t::replace)));
}

std::unexpected<Error> unreadable()
{
    return fail(Errc::Damaged, "a stored draft cannot be read");
}

Result<FieldValues> fieldsIn(const Json& json)
{
    FieldValues fields;
    if (!json.is_object())
        return unreadable();
    for (const auto& [field, value] : json.items()) {
        if (!value.is_string())
            return unreadable();
        fields[field] = value.get<std::string>();
    }
    return fields;
}

Result<ShownValues> shownIn(const Json& json)
{
    ShownValues shown;
    if (!json.is_object())
        return unreadable();
    for (const auto& [field, values] : json.items()) {
        if (!values.is_array())
            return unreadable();
        for (const Json& value : values) {
            if (!value.is_string())
                return unreadable();
            shown[field].push_back(value.get<std::string>());
        }
    }
    return shown;
}

}  // namespace

Bytes encodeFields(const FieldValues& fields)
{
    return bytesOf(Json(fields));
}

Result<FieldValues> decodeFields(ByteView bytes)
{
    return fieldsIn(Json::parse(bytes.begin(), bytes.end(), nullptr, false));
}

Bytes encodeDraft(const Draft& draft)
{
    return bytesOf(Json{{kAnswers, draft.answers}, {kShown, draft.shown}});
}

Result<Draft> decodeDraft(ByteView bytes)
{
    const Json json = Json::parse(bytes.begin(), bytes.end(), nullptr, false);
    if (!json.is_object() || !json.contains(kAnswers) || !json.contains(kShown))
        return unreadable();
    Draft draft;
    TEREN_TRY(draft.answers, fieldsIn(json[kAnswers]));
    TEREN_TRY(draft.shown, shownIn(json[kShown]));
    return draft;
}

}  // namespace teren::service
