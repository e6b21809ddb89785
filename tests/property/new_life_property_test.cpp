// SPDX-License-Identifier: EUPL-1.2
//
// Goal: a device that issues its unsent work again under a new life shows after that what it showed before,
// and so does everybody who gets it: each change has still seen what its author had seen.
//
// Methodology: a generated script has two people write in one case, apart and together, in plain fields, sets
// and deletions. Then the second one's device, with unsent work, starts a new life, more than once in some
// scripts. What is shown is compared with what the same device shows that never started one.
#include "tests/property/merge_history.h"
#include "tests/support/property.h"
#include "tests/support/store_office.h"

#include <algorithm>

namespace teren::test {
namespace {

/// What a person sees of a case, without who wrote it when: values of each field, deletions, marks.
using Shown = std::map<RecordId, std::vector<std::string>>;

Shown shownOn(StoreDevice& device, const SpaceId& space)
{
    Shown shown;
    for (const store::StoredRecord& record : must(device->records(space, "note"))) {
        std::vector<std::string>& lines = shown[record.id];
        lines.push_back(record.deleted ? "deleted" : "there");
        lines.emplace_back(record.deletedButEdited ? "edited all the same" : "");
        for (const auto& [field, values] : record.fields) {
            std::vector<std::string> texts;
            for (const DistinctValue& value : values.distinctValues())
                texts.emplace_back(textOf(value.value));
            std::ranges::sort(texts);
            lines.push_back(field + (values.inConflict() ? " in conflict:" : ":"));
            lines.insert(lines.end(), texts.begin(), texts.end());
        }
    }
    return shown;
}

class Writers {
public:
    explicit Writers(Script& script) : script_(script)
    {
        for (RecordId& record : records_)
            record = anna.add(space, "note", "text", "na początku");
        syncAll();
    }
    void syncAll()
    {
        for (int round = 0; round < 2; ++round) {
            office.sync(anna);
            office.sync(*jan);
        }
    }
    /// One thing that one of them does.
    void act()
    {
        StoreDevice& who = script_.below(3) == 0 ? anna : *jan;
        const RecordId& record = records_[script_.below(kRecords)];
        const std::string value = std::to_string(++written_ % 7);
        switch (script_.below(8)) {
        case 0:
        case 1:
        case 2:
            return who.save(space, {assignOp(record, "text", value)});
        case 3:
            return who.save(space, {{OpKind::SetAdd, record, "marks", bytesOf(value)}});
        case 4:
            return who.save(
                space, {{OpKind::SetRemove, record, "marks", bytesOf(std::to_string(script_.below(7)))}});
        case 5:
            return who.save(space, {deleteOp(record, "pomyłka")});
        case 6:
            return office.sync(anna), void();
        default:
            return office.sync(*jan), void();
        }
    }
    void play()
    {
        while (!script_.atEnd())
            act();
    }

    StoreOffice office;
    StoreDevice& anna = office.founder();
    std::unique_ptr<StoreDevice> jan = office.join();
    SpaceId space = anna.openCase();

private:
    static constexpr std::uint8_t kRecords = 2;

    Script& script_;
    std::array<RecordId, kRecords> records_;
    unsigned written_ = 0;
};

}  // namespace

TEST_CASE("store law: work issued again under a new life has seen all that it had seen", "[store]")
{
    checkLaw(
        [] {
            const auto bytes = *rc::gen::resize(120, rc::gen::arbitrary<std::vector<std::uint8_t>>());
            const int lives = *rc::gen::inRange(1, 3);
            Script script(bytes);
            Writers writers(script);
            writers.play();
            const Shown before = shownOn(*writers.jan, writers.space);

            Script again(bytes);
            Writers others(again);
            others.play();
            for (int life = 0; life < lives; ++life) {
                const auto unsent = must((*others.jan)->outboxCounts()).unsent;
                must((*others.jan)->startNewLife(engine::LifeReason::Restored));
                RC_ASSERT(must((*others.jan)->outboxCounts()).unsent == unsent);
                RC_ASSERT(shownOn(*others.jan, others.space) == before);
            }
            // And with everybody: with what Anna did meanwhile there are conflicts, the same ones.
            writers.syncAll();
            others.syncAll();
            const Shown all = shownOn(writers.anna, writers.space);
            RC_ASSERT(shownOn(*writers.jan, writers.space) == all);
            RC_ASSERT(shownOn(others.anna, others.space) == all);
            RC_ASSERT(shownOn(*others.jan, others.space) == all);
        },
        60);
}

TEST_CASE_METHOD(
    TwoWithACase, "store sync: a value written over is not back because a new life wrote over it", "[store]")
{
    const RecordId note = anna.add(space, "note", "text", "z Anny");
    office.sync(anna);
    office.sync(*jan);
    jan->save(space, {assignOp(note, "text", "od Jana")});
    jan->save(space, {assignOp(note, "text", "od Jana, lepiej")});
    must((*jan)->startNewLife(engine::LifeReason::Restored));
    const std::vector<std::string> expected{"od Jana, lepiej"};
    CHECK(jan->values(note, "text") == expected);
    office.sync(*jan);
    office.sync(anna);
    CHECK(anna.values(note, "text") == expected);
    CHECK(must(anna->conflicts()).empty());
    checkSound(anna);
    checkSound(*jan);
}

}  // namespace teren::test
