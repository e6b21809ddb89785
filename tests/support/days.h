// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/domain/calendar.h"

#include "tests/support/catch.h"

namespace teren::test {

/// A day as tests write it: "2026-11-22".
inline domain::Day day(std::string_view text)
{
    const std::optional<domain::Day> found = domain::dayFrom(text);
    if (!found)
        FAIL(std::string(text) + " is no day");
    return *found;
}

}  // namespace teren::test
