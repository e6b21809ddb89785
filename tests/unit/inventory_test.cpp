// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/schema.h"

#include "tests/support/catch.h"
#include "tests/support/markdown_table.h"

#include <algorithm>
#include <set>

// The inventory is written from the source documents, the lists from the inventory; neither may lack what the
// other has.
namespace teren::domain {
namespace {

/// A row of the table in INVENTORY.md.
struct Row {
    std::string list;
    std::string item;
    std::string number;

    friend bool operator==(const Row&, const Row&) = default;
};

std::ostream& operator<<(std::ostream& out, const Row& row)
{
    return out << row.list << '.' << row.item << " (" << row.number << ')';
}

std::vector<Row> inventory()
{
    std::vector<Row> rows;
    for (const std::vector<std::string>& cells : test::tableRows("app/domain/INVENTORY.md", "section")) {
        REQUIRE(cells.size() == 4);
        rows.push_back({cells[1], cells[2], cells[3]});
    }
    return rows;
}

}  // namespace

TEST_CASE(
    "inventory: the code lists hold what the sources have, in their order, and nothing else", "[domain]")
{
    const SchemaSet set = *SchemaSet::builtIn();
    std::vector<Row> inFiles;
    for (const CodeList& list : set.lists())
        for (const Choice& item : list.items)
            inFiles.push_back({list.id, item.id, item.code});
    const std::vector<Row> inSources = inventory();
    REQUIRE(inSources.size() > 200);
    CHECK(inFiles.size() == inSources.size());
    for (std::size_t i = 0; i < std::min(inFiles.size(), inSources.size()); ++i) {
        INFO("row " << i + 1);
        REQUIRE(inFiles[i] == inSources[i]);
    }
}

TEST_CASE("inventory: every code list says where it comes from", "[domain]")
{
    const SchemaSet set = *SchemaSet::builtIn();
    for (const CodeList& list : set.lists()) {
        INFO(list.id);
        CHECK_FALSE(list.source.empty());
        std::set<std::string> labels;
        // Two items that read the same could not be told apart; a part may read like the part of another.
        for (const Choice& item : list.items)
            CHECK(labels.insert(item.under + "/" + item.label.pl).second);
    }
}

}  // namespace teren::domain
