// SPDX-License-Identifier: EUPL-1.2
#include "crypto/page/page_check.h"

#include "crypto/base/assert.h"
#include "crypto/page/file_methods.h"
#include "crypto/page/main_file.h"

#include <sodium.h>
#include <sqlite3.h>

#include <array>

namespace teren::page {
namespace {

constexpr std::size_t kReportedMax = 100;
/// SQLite's locks lie here in a file, so it leaves the page unused and unwritten.
constexpr std::int64_t kLockByte = 0x40000000;

}  // namespace

Result<std::vector<std::uint32_t>> damagedPages(sqlite3* connection)
{
    constexpr auto kStep = static_cast<std::int64_t>(kPageSize);
    sqlite3_file* file = nullptr;
    if (sqlite3_file_control(connection, "main", SQLITE_FCNTL_FILE_POINTER, static_cast<void*>(&file))
        != SQLITE_OK)
        return fail(Errc::Disk, "cannot look at the database file");
    auto* main = dynamic_cast<MainFile*>(&sealedFileOf(file));
    TEREN_ASSERT(main != nullptr);
    // Pages that are missing, and pages too many, are damage as well.
    const std::int64_t size = main->extent() * kStep;

    std::vector<std::uint32_t> damaged;
    std::array<std::uint8_t, kPageSize> page{};
    for (std::int64_t offset = 0; offset < size && damaged.size() < kReportedMax; offset += kStep) {
        if (offset <= kLockByte && kLockByte < offset + kStep)
            continue;
        const int code = file->pMethods->xRead(file, page.data(), static_cast<int>(page.size()), offset);
        if (code == SQLITE_IOERR_DATA || code == SQLITE_IOERR_SHORT_READ)
            damaged.push_back(static_cast<std::uint32_t>(offset / kStep) + 1);
        else if (code != SQLITE_OK)
            return fail(Errc::Disk, "cannot read the database file");
    }
    sodium_memzero(page.data(), page.size());
    return damaged;
}

}  // namespace teren::page
