// SPDX-License-Identifier: EUPL-1.2
#include "app/service/value_checks.h"

#include <algorithm>

namespace teren::service {
namespace {

std::string placeOf(const domain::RecordType& type, const domain::Field& field)
{
    return type.id + "." + field.id + ": ";
}

std::string listed(const std::vector<std::string>& types)
{
    std::string text;
    for (const std::string& type : types)
        text += (text.empty() ? "" : ", ") + type;
    return text;
}

}  // namespace

Status checkReference(
    store::WorkspaceStore& store, const SpaceId& space, const domain::RecordType& type,
    const domain::Field& field, const std::string& value)
{
    if (field.type != domain::FieldType::Record || value.empty())
        return {};
    const std::string place = placeOf(type, field);
    TEREN_TRY(const RecordId id, RecordId::fromHex(value));
    const Result<store::StoredRecord> target = store.record(space, id);
    if (!target && target.error().code != Errc::NotFound)
        return std::unexpected(target.error());
    if (!target || target->type.empty())
        return fail(Errc::Invalid, place + "there is no record " + value + " in this case");
    if (!field.of.empty() && std::ranges::find(field.of, target->type) == field.of.end())
        return fail(
            Errc::Invalid,
            place + "record " + value + " is a " + target->type
                + "; this field names one of: " + listed(field.of));
    if (target->deleted)
        return fail(Errc::Invalid, place + "the " + target->type + " " + value + " was deleted");
    return {};
}

Status checkNotEmptied(const domain::RecordType& type, const domain::Field& field, const std::string& value)
{
    if (!field.required || !value.empty())
        return {};
    return fail(Errc::Invalid, placeOf(type, field) + "this field is needed and cannot be emptied");
}

}  // namespace teren::service
