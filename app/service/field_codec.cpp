// SPDX-License-Identifier: EUPL-1.2
#include "app/service/field_codec.h"

#include <nlohmann/json.hpp>

namespace teren::service {

Bytes encodeFields(const FieldValues& fields)
{
    return toBytes(viewOf(nlohmann::json(fields).dump()));
}

Result<FieldValues> decodeFields(ByteView bytes)
{
    const nlohmann::json json = nlohmann::json::parse(bytes.begin(), bytes.end(), nullptr, false);
    FieldValues fields;
    if (!json.is_object())
        return fail(Errc::Damaged, "a stored draft cannot be read");
    for (const auto& [field, value] : json.items()) {
        if (!value.is_string())
            return fail(Errc::Damaged, "a stored draft cannot be read");
        fields[field] = value.get<std::string>();
    }
    return fields;
}

}  // namespace teren::service
