// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/change_commands.h"
#include "crypto/base/iso_time.h"
#include "tests/support/catch.h"

using namespace teren;

TEST_CASE("cli time: a day, a minute, a second and a thousandth are read as UTC")
{
    const auto read = [](const char* text) {
        const Result<Instant> at = cli::instantFrom(text);
        return at ? isoUtc(*at) : std::string("refused");
    };
    CHECK(read("2026-11-22") == "2026-11-22T00:00:00.000Z");
    CHECK(read("2026-11-22T14:02") == "2026-11-22T14:02:00.000Z");
    CHECK(read("2026-11-22T14:02:03Z") == "2026-11-22T14:02:03.000Z");
    CHECK(read("2026-11-22T14:02:03.004Z") == "2026-11-22T14:02:03.004Z");
}

TEST_CASE("cli time: what is no time is refused")
{
    for (const char* text :
         {"", "yesterday", "2026", "2026-13-01", "2026-02-30", "2026-11-22T", "2026-11-22T24:00",
          "2026-11-22T14:60", "2026-11-22 14:02", "2026-11-22T14:02:03.1Z", "2026-11-22Zx", "22-11-2026"}) {
        CAPTURE(text);
        const Result<Instant> at = cli::instantFrom(text);
        REQUIRE_FALSE(at);
        CHECK(at.error().code == Errc::Invalid);
    }
}
