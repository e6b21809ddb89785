// SPDX-License-Identifier: EUPL-1.2
#include "app/store/derived_state.h"

#include "app/store/key_value.h"
#include "app/store/notices.h"
#include "app/store/record_table.h"

namespace teren::store {
namespace {

constexpr const char* kReadingsKey = "derived.readings";

}  // namespace

Status bringDerivedUpToDate(Core& core)
{
    TEREN_TRY(KeyValue values, KeyValue::open(core.db));
    TEREN_TRY(const std::optional<Bytes> madeWith, values.get(kReadingsKey));
    if (madeWith && textOf(*madeWith) == core.readingsVersion)
        return {};
    return core.transact([&]() -> Status {
        TEREN_TRY(const std::size_t differed, RecordTable(core).refresh());
        if (!madeWith && differed > 0)
            TEREN_CHECK(Notices(core).tell(
                "The search index of " + std::to_string(differed)
                + " records was not what the records hold; it was made anew from them. Nothing was lost."));
        return values.put(kReadingsKey, viewOf(core.readingsVersion));
    });
}

Status noteDerivedUpToDate(Core& core)
{
    TEREN_TRY(KeyValue values, KeyValue::open(core.db));
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
