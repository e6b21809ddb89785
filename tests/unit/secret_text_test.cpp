// SPDX-License-Identifier: EUPL-1.2
#include "crypto/sign/secret_text.h"

#include "tests/support/catch.h"

#include <string>
#include <type_traits>

namespace teren {

static_assert(!std::is_copy_constructible_v<SecretText> && !std::is_copy_assignable_v<SecretText>);

TEST_CASE("secret text: holds what was put into it, and moves without leaving it behind", "[crypto]")
{
    CHECK(SecretText().empty());
    CHECK(SecretText().reveal().empty());
    CHECK(SecretText("").empty());
    SecretText text("zielona lipa");
    CHECK(text.add('!'));
    CHECK(text.reveal() == "zielona lipa!");
    text.dropLast();
    CHECK(text.reveal() == "zielona lipa");
    SecretText moved(std::move(text));
    CHECK(moved.reveal() == "zielona lipa");
    // NOLINTNEXTLINE(bugprone-use-after-move): what is left is what this is about.
    CHECK(text.empty());
    SecretText other("kasztan");
    other = std::move(moved);
    CHECK(other.reveal() == "zielona lipa");
    // NOLINTNEXTLINE(bugprone-use-after-move)
    CHECK(moved.empty());
    // What was moved from can be used again.
    CHECK(moved.add('a'));
    CHECK(moved.reveal() == "a");
    moved.dropLast();
    moved.dropLast();
    CHECK(moved.empty());
}

TEST_CASE("secret text: takes no more than it has room for", "[crypto]")
{
    const std::string whole(SecretText::kSizeMax, 'a');
    SecretText text(whole);
    CHECK_FALSE(text.add('b'));
    CHECK((text.reveal() == whole));
    CHECK((SecretText(whole + "b").reveal() == whole));
}

}  // namespace teren
