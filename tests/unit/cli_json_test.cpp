// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/json.h"

#include "tests/support/catch.h"

namespace teren::cli {

TEST_CASE("json: bytes that are no text are replaced, not the end of the program", "[cli]")
{
    CHECK(oneLine(Json{{"value", "\xff ok"}}) == "{\"value\":\"\xef\xbf\xbd ok\"}");
    CHECK(oneLine(Json{{"value", "łódź"}}) == "{\"value\":\"łódź\"}");
}

TEST_CASE("json: a moment is written in UTC with milliseconds, none as null", "[cli]")
{
    const Instant moment{std::chrono::milliseconds(1'795'356'123'004)};
    CHECK(toJson(std::optional(moment)) == "2026-11-22T14:02:03.004Z");
    CHECK(toJson(std::optional<Instant>()).is_null());
}

}  // namespace teren::cli
