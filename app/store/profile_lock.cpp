// SPDX-License-Identifier: EUPL-1.2
#include "app/store/profile_lock.h"

#include "app/platform/durable_file.h"
#include "app/platform/process.h"

#include <algorithm>

namespace teren::store {
namespace {

constexpr std::size_t kContentMax = 512;

/// "terenctl (process 4711)". Anyone may have written the file, so only plain characters are repeated.
std::string holderOf(const std::filesystem::path& file)
{
    const Result<Bytes> content = platform::readWhole(file, kContentMax);
    std::string text(content ? textOf(*content) : std::string_view());
    std::erase_if(text, [](char byte) { return byte < ' ' || byte > '~'; });
    return text.empty() ? "another program" : text;
}

}  // namespace

Result<ProfileLock> ProfileLock::take(const std::filesystem::path& profile)
{
    const std::filesystem::path file = profile / kProfileLockFile;
    auto lock = platform::FileLock::take(file);
    if (!lock && lock.error().code == Errc::Busy)
        return fail(Errc::Busy, "this profile is open in " + holderOf(file));
    if (!lock)
        return std::unexpected(std::move(lock).error());
    const Status named
        = lock->write(platform::programName() + " (process " + std::to_string(platform::processId()) + ")\n");
    // The lock holds without the name in it, and on a full disk people still want to read.
    if (!named && named.error().code != Errc::DiskFull)
        return std::unexpected(named.error());
    return ProfileLock(*std::move(lock));
}

ProfileLock::~ProfileLock()
{
    (void)lock_.write({});
}

}  // namespace teren::store
