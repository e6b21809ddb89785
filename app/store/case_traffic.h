// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/clock.h"
#include "crypto/base/id.h"
#include "sync/sql/database.h"

#include <optional>
#include <vector>

namespace teren::store {

/// How this device's work stands with the server case by case, and which files are not here. Reads indexes of
/// what is unsent or waiting, and of this device's own changes.
class CaseTraffic {
public:
    /// @param database  With the tables of `storeMigrations`. Outlives this object.
    explicit CaseTraffic(sql::Database& database) : database_(database) {}

    struct OfCase {
        SpaceId space;
        std::uint64_t unsent = 0;
        std::uint64_t confirmed = 0;          ///< Made on this device.
        std::uint64_t waiting = 0;            ///< Of others, for what they build on.
        std::optional<Instant> oldestUnsent;  ///< By this device's clock.
    };
    /// Cases with any of it: unsent first, the oldest first, then those that wait, then the rest.
    Result<std::vector<OfCase>> cases();

    struct AwaitedFile {
        SpaceId space;
        RecordId record;
        bool asked = false;  ///< A person waits for it.
    };
    /// Records, not deleted, whose content is not on this device; those that were asked for first.
    Result<std::vector<AwaitedFile>> awaited(std::size_t most);
    /// A person wants the content of a record: it is fetched whatever its size.
    Status ask(const SpaceId& space, const RecordId& record);

private:
    sql::Database& database_;
};

}  // namespace teren::store
