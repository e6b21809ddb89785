// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/cli/commands.h"

// What the files that make commands share.
namespace teren::cli {

/// Options of one command, alive as long as the parser and the command that it makes.
template <typename Options>
std::shared_ptr<Options> options()
{
    return std::make_shared<Options>();
}

/// Wraps a use case: unlock, call, turn into JSON.
template <typename Call>
Command onOffice(Call call)
{
    return [call = std::move(call)](Session& session) -> Result<Json> {
        TEREN_TRY(service::Office * office, session.office());
        return call(*office);
    };
}

template <typename Value>
Result<Json> listed(const Result<std::vector<Value>>& values)
{
    if (!values)
        return std::unexpected(values.error());
    return listToJson(*values);
}

template <typename Value>
Result<Json> shown(const Result<Value>& value)
{
    if (!value)
        return std::unexpected(value.error());
    return toJson(*value);
}

/// RECORD, or CASE:RECORD where two cases have a record of this id; both by identifier.
Result<service::RecordRef> recordFrom(const std::string& text);

/// A case by its identifier or by its number.
Result<service::CaseId> caseFrom(service::Office& office, const std::string& text);

}  // namespace teren::cli
