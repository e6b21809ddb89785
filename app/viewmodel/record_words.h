// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/domain/schema.h"
#include "app/service/values.h"
#include "app/viewmodel/rows.h"
#include "app/viewmodel/wording.h"

#include <vector>

/// Records as lines of a list. One function a record type; the schemas say what a field holds.
namespace teren::rows {

/// What the wording of a record depends on beside the record.
struct Context {
    const domain::SchemaSet& schemas;
    Instant now;
};

/// The value of a field, empty where there is none.
QString value(const service::RecordView& record, const char* field);
/// A value for a person: a choice by its label, yes or no.
QString words(const std::string& value, const domain::Field& field);
/// The value of a field for a person.
QString words(const service::RecordView& record, const char* field, const domain::SchemaSet& schemas);

/// What names a record among others of its case.
QString title(const service::RecordView& record, const domain::SchemaSet& schemas);

VisitRow visit(const service::RecordView& record, const service::CaseSummary& of, const Context& context);
DueRow task(const service::RecordView& record, const service::CaseSummary& of, const Context& context);
CaseRow caseRow(const service::CaseSummary& summary);

EntryRow person(const service::RecordView& record, const Context& context);
/// A visit, a contact or a note.
EntryRow event(const service::RecordView& record, const Context& context);
/// A goal or a task.
EntryRow plan(const service::RecordView& record, const Context& context);
/// An Expectations Card: its first words, and who wrote it last.
EntryRow card(const service::RecordView& record, const Context& context);
/// The areas of an Expectations Card that are named or scaled, with what the family and the institutions
/// said.
std::vector<EntryRow> cardScales(const service::RecordView& record);

}  // namespace teren::rows
