// SPDX-License-Identifier: EUPL-1.2
#include "app/service/record_view.h"

#include "app/service/operations.h"

namespace teren::service {
namespace {

Reading readingOf(const domain::RecordType* type, const std::string& field, const Register& values)
{
    const domain::Field* known = type == nullptr ? nullptr : type->find(field);
    if (known == nullptr)
        return read(domain::MergePolicy::Register, values);
    return read(known->policy, values, known->safestFirst);
}

bool isInternal(const domain::RecordType* type, const std::string& field)
{
    const domain::Field* known = type == nullptr ? nullptr : type->find(field);
    return known != nullptr && known->internal;
}

/// What is in force comes first; what is not is there only if people have to decide about it.
FieldState stateOf(Reading reading, const People& people)
{
    FieldState state;
    state.conflict = reading.inConflict;
    if (reading.inForce)
        std::swap(reading.values.front(), reading.values[*reading.inForce]);
    if (reading.inForce && !reading.inConflict)
        reading.values.resize(1);
    for (const DistinctValue& value : reading.values) {
        const Writing& writing = value.writings.back();
        state.values.push_back(
            {std::string(textOf(value.value)), people.authorship(writing.dot, writing.stamp)});
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
            view.fields[field] = stateOf(readingOf(type, field, values), people);
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

std::string inForceOf(
    const store::StoredRecord& record, const std::string& field, const domain::SchemaSet& schemas)
{
    const auto found = record.fields.find(field);
    if (found == record.fields.end())
        return {};
    const Reading reading = readingOf(schemas.find(record.type), field, found->second);
    return reading.inForce ? std::string(textOf(reading.values[*reading.inForce].value)) : std::string();
}

std::string titleOf(const store::StoredRecord& record, const domain::SchemaSet& schemas)
{
    const domain::RecordType* type = schemas.find(record.type);
    if (type == nullptr)
        return record.type;
    const domain::Field* const field = type->find(type->titleField);
    const bool isShown = field != nullptr && !field->internal;
    const std::string title = isShown ? valueIn(record, type->titleField) : std::string();
    return title.empty() ? type->label.en : title;
}

}  // namespace teren::service
