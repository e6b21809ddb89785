// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/shell_words.h"

#include "tests/support/catch.h"

namespace teren::cli {
namespace {

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("shell words: blanks separate, quotes keep, a backslash takes the next character", "[cli]")
{
    CHECK(*shellWords("record add X note text=ab") == Words{"record", "add", "X", "note", "text=ab"});
    CHECK(*shellWords("  a\t b  ") == Words{"a", "b"});
    CHECK(*shellWords("'text=dwa słowa' \"i trzy\"") == Words{"text=dwa słowa", "i trzy"});
    CHECK(*shellWords("text='a'\"b\"c") == Words{"text=abc"});
    CHECK(*shellWords("a\\ b \\'x\\'") == Words{"a b", "'x'"});
    CHECK(*shellWords("\"a \\\"b\\\" \\$c \\x\"") == Words{"a \"b\" $c \\x"});
    CHECK(*shellWords("''") == Words{""});
}

TEST_CASE("shell words: a line break is written \\n inside double quotes only", "[cli]")
{
    CHECK(*shellWords("\"jeden\\ndwa\"") == Words{"jeden\ndwa"});
    CHECK(*shellWords("'jeden\\ndwa'") == Words{"jeden\\ndwa"});
}

TEST_CASE("shell words: comments and empty lines have no words", "[cli]")
{
    CHECK(shellWords("").value().empty());
    CHECK(shellWords("# all of it").value().empty());
    CHECK(*shellWords("case list # the rest") == Words{"case", "list"});
    CHECK(*shellWords("a#b") == Words{"a#b"});
}

TEST_CASE("shell words: a quote that is not closed is refused", "[cli]")
{
    CHECK(shellWords("'open").error().code == Errc::Invalid);
    CHECK(shellWords("\"open").error().code == Errc::Invalid);
    CHECK(shellWords("open\\").error().code == Errc::Invalid);
}

}  // namespace teren::cli
