// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/domain/schema.h"
#include "app/service/values.h"

#include <map>
#include <string>

namespace teren {

/// What a person has answered in a form, and what of the record was before them when they did.
///
/// The record goes on changing while a form is open, or while its draft waits: colleagues' work arrives. An
/// answer that was not touched follows the record. One that was touched is kept, and where the record has
/// another value than was shown, both stand side by side until the person chooses.
///
/// Values are as the form edits them: a set is its elements joined by commas.
class FormAnswers {
public:
    FormAnswers() = default;
    /// @param view  Without fields for a new record.
    FormAnswers(const domain::RecordType& type, service::RecordView view, service::Draft draft);

    /// The record as it is now.
    void follow(service::RecordView view);

    /// What stands in the form.
    std::string value(const std::string& field) const;
    void set(const std::string& field, const std::string& value);
    /// A new record is begun with an answer that nobody gave yet.
    void propose(const std::string& field, const std::string& value) { draft_.answers[field] = value; }

    /// Whether the record holds something else than was shown when this field was answered. Never so for a
    /// set: what others put into it or took out stays as it is.
    bool changedMeanwhile(const std::string& field) const;
    /// What the record holds now.
    const service::FieldState& current(const std::string& field) const;
    /// The person has seen what the record holds and keeps their answer, or gives it up.
    void keepMine(const std::string& field);
    void takeTheirs(const std::string& field) { draft_.answers.erase(field); }

    /// Whether there are answers that are not in the record.
    bool any() const { return !draft_.answers.empty(); }
    const service::Draft& draft() const { return draft_; }
    const service::RecordView& record() const { return view_; }

private:
    std::vector<std::string> currentValues(const std::string& field) const;
    std::string formValue(const std::string& field) const;

    const domain::RecordType* type_ = nullptr;
    service::RecordView view_;
    service::Draft draft_;
};

}  // namespace teren
