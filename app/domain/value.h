// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/domain/schema.h"

// The canonical form of each field type. `SchemaSet::canonical` is the way in for everybody else.
namespace teren::domain {

/// @param text  UTF-8 in NFC, not empty after trimming.
/// @return the canonical value, or `Invalid` with the reason alone; the caller names the field.
Result<std::string> canonicalOf(const Field& field, std::string_view text);

/// The day of birth that a canonical PESEL holds, "2026-11-22". @return `Invalid` for another text.
Result<std::string> birthDateIn(std::string_view pesel);

/// Days, months and leap years of the Gregorian calendar.
bool isDate(int year, int month, int day);

}  // namespace teren::domain
