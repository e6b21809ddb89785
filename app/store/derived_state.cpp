// SPDX-License-Identifier: EUPL-1.2
#include "app/store/derived_state.h"

#include "app/store/key_value.h"
#include "app/store/notices.h"
#include "app/store/record_table.h"
#include "app/store/space_writer.h"

namespace teren::store {
namespace {

constexpr const char* kReadingsKey = "derived.readings";
constexpr const char* kRulesKey = "derived.rules";
/// Another one whenever the same changes give other registers. 1, not named in a vault: every edit that had
/// seen a deletion answered it.
constexpr std::string_view kRules = "2";

Status rebuildAll(Core& core)
{
    for (const auto& [id, space] : core.spaces) {
        SpaceWriter writer(core, space);
        TEREN_CHECK(writer.rebuild());
        TEREN_CHECK(writer.finish());
    }
    return {};
}

}  // namespace

Status bringDerivedUpToDate(Core& core)
{
    TEREN_TRY(KeyValue values, KeyValue::open(core.db));
    TEREN_TRY(const std::optional<Bytes> madeWith, values.get(kReadingsKey));
    TEREN_TRY(const std::optional<Bytes> rules, values.get(kRulesKey));
    const bool sameRules = rules && textOf(*rules) == kRules;
    if (sameRules && madeWith && textOf(*madeWith) == core.readingsVersion)
        return {};
    return core.transact([&]() -> Status {
        TEREN_TRY(const std::size_t differed, RecordTable(core).refresh());
        if (!madeWith && differed > 0)
            TEREN_CHECK(Notices(core).tell(NoticeKind::SearchMadeAnew, {std::to_string(differed)}));
        if (!sameRules)
            TEREN_CHECK(rebuildAll(core));
        TEREN_CHECK(values.put(kRulesKey, viewOf(kRules)));
        return values.put(kReadingsKey, viewOf(core.readingsVersion));
    });
}

Status noteDerivedUpToDate(Core& core)
{
    TEREN_TRY(KeyValue values, KeyValue::open(core.db));
    TEREN_CHECK(values.put(kRulesKey, viewOf(kRules)));
    return values.put(kReadingsKey, viewOf(core.readingsVersion));
}

Status makeDerivedAnew(Core& core)
{
    TEREN_CHECK(core.db.execute("INSERT INTO text_index (text_index) VALUES ('rebuild')"));
    TEREN_TRY(const std::size_t differed, RecordTable(core).refresh());
    (void)differed;
    return {};
}

}  // namespace teren::store
