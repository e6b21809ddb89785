// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/form_answers.h"

#include <utility>

namespace teren {

FormAnswers::FormAnswers(const domain::RecordType& type, service::RecordView view, service::Draft draft)
    : type_(&type),
      view_(std::move(view)),
      draft_(std::move(draft))
{
}

void FormAnswers::follow(service::RecordView view)
{
    view_ = std::move(view);
}

std::string FormAnswers::value(const std::string& field) const
{
    const auto answer = draft_.answers.find(field);
    return answer == draft_.answers.end() ? formValue(field) : answer->second;
}

void FormAnswers::set(const std::string& field, const std::string& value)
{
    if (value == formValue(field)) {
        draft_.answers.erase(field);
        return;
    }
    const bool isFirst = draft_.answers.insert_or_assign(field, value).second;
    if (isFirst)
        draft_.shown[field] = currentValues(field);
}

bool FormAnswers::changedMeanwhile(const std::string& field) const
{
    const domain::Field* known = type_ == nullptr ? nullptr : type_->find(field);
    if (known == nullptr || known->policy == domain::MergePolicy::Set || !draft_.answers.contains(field))
        return false;
    const auto shown = draft_.shown.find(field);
    const std::vector<std::string> before
        = shown == draft_.shown.end() ? std::vector<std::string>() : shown->second;
    const std::vector<std::string> now = currentValues(field);
    return now != before && now != std::vector{draft_.answers.at(field)};
}

const service::FieldState& FormAnswers::current(const std::string& field) const
{
    static const service::FieldState empty;
    const auto found = view_.fields.find(field);
    return found == view_.fields.end() ? empty : found->second;
}

void FormAnswers::keepMine(const std::string& field)
{
    draft_.shown[field] = currentValues(field);
}

std::vector<std::string> FormAnswers::currentValues(const std::string& field) const
{
    return service::shownIn(current(field));
}

std::string FormAnswers::formValue(const std::string& field) const
{
    const service::FieldState& state = current(field);
    const domain::Field* known = type_ == nullptr ? nullptr : type_->find(field);
    if (known == nullptr || known->type != domain::FieldType::Choices)
        return state.text();
    std::string joined;
    for (const service::ValueInForce& value : state.values)
        joined += (joined.empty() ? "" : ",") + value.value;
    return joined;
}

}  // namespace teren
