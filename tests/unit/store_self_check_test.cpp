// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/store_office.h"

namespace teren::test {
namespace {

/// An office with something of everything in one device's store.
struct Scene {
    Scene()
    {
        const RecordId note = anna.add(office.workspaceSpace, "note", "text", "Łódź");
        office.sync(anna);
        office.sync(*jan);
        anna.save(office.workspaceSpace, {assignOp(note, "text", "Zgierz")});
        jan->save(office.workspaceSpace, {assignOp(note, "text", "Pabianice")});
        office.sync(*jan);
        office.sync(anna);
        anna.save(office.workspaceSpace, {deleteOp(anna.add(office.workspaceSpace, "task", "title", "x"))});
        must(anna->sealAll());
        anna.save(office.workspaceSpace, {assignOp(note, "date", "2026-11-22")});
    }
    StoreOffice office;
    StoreDevice& anna = office.founder();
    std::unique_ptr<StoreDevice> jan = office.join();
};

}  // namespace

TEST_CASE("store self-check: a sound store has no problems", "[store]")
{
    Scene scene;
    checkSound(scene.anna);
    checkSound(*scene.jan);
}

TEST_CASE("store self-check: each planted damage is found", "[store]")
{
    const std::string_view damage = GENERATE(
        std::string_view("UPDATE op SET value = x'41' WHERE id = (SELECT max(id) FROM op WHERE live = 1)"),
        std::string_view("UPDATE op SET value = x'41' WHERE id = (SELECT min(id) FROM op WHERE live = 0)"),
        std::string_view("UPDATE op SET live = 0 WHERE id = (SELECT max(id) FROM op WHERE live = 1)"),
        std::string_view("UPDATE op SET live = 1 WHERE id = (SELECT min(id) FROM op WHERE live = 0)"),
        std::string_view("DELETE FROM op WHERE id = (SELECT min(id) FROM op)"),
        std::string_view("DELETE FROM op WHERE id = (SELECT max(id) FROM op)"),
        std::string_view("DELETE FROM change WHERE id = 2"),
        std::string_view("UPDATE change SET unsent = 1 - unsent WHERE id = 1"),
        std::string_view("UPDATE change SET wall = wall + 1 WHERE id = 2"),
        std::string_view("UPDATE change SET state = 3 WHERE id = 2"),
        std::string_view("UPDATE change SET sealed = 1"),
        std::string_view("UPDATE change SET group_id = zeroblob(16) WHERE id = 1"),
        std::string_view("UPDATE applied SET seq = seq + 1"),
        std::string_view("UPDATE record SET conflicts = 5"),
        std::string_view("UPDATE record SET type = NULL WHERE id = 1"),
        std::string_view("UPDATE record SET presence = 1 - presence WHERE id = 1"),
        std::string_view("DELETE FROM text_index"), std::string_view("UPDATE text_index SET folded = 'x'"),
        std::string_view("UPDATE segment SET body = zeroblob(length(body)) WHERE id = 1"),
        std::string_view(
            "UPDATE segment SET body = zeroblob(length(body)) WHERE id = (SELECT max(id) FROM segment)"),
        std::string_view("UPDATE segment SET number = 999 WHERE id = 1"),
        std::string_view("DELETE FROM segment WHERE id = 1"),
        std::string_view("UPDATE segment SET number = NULL WHERE id = 1"),
        std::string_view("UPDATE statement SET signature = zeroblob(64) WHERE height = 2"),
        std::string_view("UPDATE statement SET body = zeroblob(9) WHERE height = 3"),
        std::string_view("DELETE FROM space_key"));
    Scene scene;
    must(scene.anna.database.execute("PRAGMA foreign_keys = OFF"));
    must(scene.anna.database.execute(damage));
    REQUIRE(scene.anna.database.lastChanges() > 0);
    const std::vector<std::string> problems = must(scene.anna->selfCheck());
    INFO(damage);
    CHECK_FALSE(problems.empty());
}

}  // namespace teren::test
