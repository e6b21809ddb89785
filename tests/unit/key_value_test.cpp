// SPDX-License-Identifier: EUPL-1.2
#include "app/store/key_value.h"
#include "tests/support/store_office.h"

namespace teren::test {

using store::KeyValue;

TEST_CASE("key value: what is put is there again, after opening again too", "[store]")
{
    sql::Database database = must(sql::Database::openInMemory());
    {
        KeyValue values = must(KeyValue::open(database));
        CHECK_FALSE(must(values.get("draft/visit")).has_value());
        must(values.put("draft/visit", viewOf("first")));
        must(values.put("draft/visit", viewOf("a")));
        must(values.put("empty", {}));
    }
    KeyValue values = must(KeyValue::open(database));
    CHECK(textOf(must(values.get("draft/visit")).value()) == "a");
    CHECK(must(values.get("empty")).value().empty());
    must(values.drop("draft/visit"));
    must(values.drop("draft/visit"));
    CHECK_FALSE(must(values.get("draft/visit")).has_value());
    CHECK(must(values.get("empty")).has_value());
}

TEST_CASE("key value: keys come by their beginning, sorted, whatever letters they hold", "[store]")
{
    sql::Database database = must(sql::Database::openInMemory());
    KeyValue values = must(KeyValue::open(database));
    for (const std::string key : {"draft/visit", "draft/card", "draft", "drafts/x", "dr_ft/y", "%"})
        must(values.put(key, viewOf("b")));
    CHECK(must(values.keysWithPrefix("draft/")) == std::vector<std::string>{"draft/card", "draft/visit"});
    CHECK(must(values.keysWithPrefix("dr_ft")) == std::vector<std::string>{"dr_ft/y"});
    CHECK(must(values.keysWithPrefix("%")) == std::vector<std::string>{"%"});
    CHECK(must(values.keysWithPrefix("none")).empty());
    CHECK(must(values.keysWithPrefix("")).size() == 6);
}

}  // namespace teren::test
