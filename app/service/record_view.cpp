// SPDX-License-Identifier: EUPL-1.2
#include "app/service/record_view.h"

#include "app/service/operations.h"

namespace teren::service {
namespace {

domain::MergePolicy policyOf(const domain::RecordType* type, const std::string& field)
{
    const domain::Field* known = type == nullptr ? nullptr : type->find(field);
    return known == nullptr ? domain::MergePolicy::Register : known->policy;
}

bool isInternal(const domain::RecordType* type, const std::string& field)
{
    const domain::Field* known = type == nullptr ? nullptr : type->find(field);
    return known != nullptr && known->internal;
}

FieldState stateOf(const Register& values, domain::MergePolicy policy, const People& people)
{
    const Reading reading = read(policy, values);
    FieldState state;
    state.conflict = reading.inConflict;
    for (std::size_t i = 0; i < reading.values.size(); ++i) {
        if (reading.inForce && *reading.inForce != i)
            continue;
        const Writing& writing = reading.values[i].writings.back();
        state.values.push_back(
            {std::string(textOf(reading.values[i].value)), people.authorship(writing.dot, writing.stamp)});
    }
    return state;
}

}  // namespace

RecordView toView(const store::StoredRecord& record, const domain::SchemaSet& schemas, const People& people)
{
    const domain::RecordType* type = schemas.find(record.type);
    RecordView view{record.id, record.space, record.type, Presence::Alive, record.unsent, {}, {}};
    if (record.deleted)
        view.presence = Presence::Deleted;
    if (record.deletedButEdited)
        view.presence = Presence::DeletedButEdited;
    for (const auto& [field, values] : record.fields)
        if (!values.empty() && !isInternal(type, field))
            view.fields[field] = stateOf(values, policyOf(type, field), people);
    view.lastChange = people.authorship(record.lastDot, record.lastStamp);
    return view;
}

std::vector<std::string> shownIn(const FieldState& state)
{
    std::vector<std::string> values;
    values.reserve(state.values.size());
    for (const ValueInForce& value : state.values)
        values.push_back(value.value);
    return values;
}

ShownValues shownIn(const RecordView& view)
{
    ShownValues shown;
    for (const auto& [field, state] : view.fields)
        shown[field] = shownIn(state);
    return shown;
}

std::string titleOf(const store::StoredRecord& record, const domain::SchemaSet& schemas)
{
    const domain::RecordType* type = schemas.find(record.type);
    if (type == nullptr)
        return record.type;
    const std::string title = valueIn(record, type->titleField);
    return title.empty() ? type->label.en : title;
}

}  // namespace teren::service
