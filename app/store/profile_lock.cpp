// SPDX-License-Identifier: EUPL-1.2
#include "app/store/profile_lock.h"

#include "app/platform/durable_file.h"
#include "app/platform/process.h"

#include <algorithm>

namespace teren::store {
namespace {

constexpr std::size_t kContentMax = 512;
constexpr std::string_view kProcess{" (process "};

/// "terenctl (process 4711)". Anyone may have written the file, so only plain characters are repeated.
std::string holderOf(const std::filesystem::path& file)
{
    const Result<Bytes> content = platform::readWhole(file, kContentMax);
    std::string text(content ? textOf(*content) : std::string_view());
    std::erase_if(text, [](char byte) { return byte < ' ' || byte > '~'; });
    return text.empty() ? "another program" : text;
}

/// Empty, zeros as a power cut leaves them, or "terenctl (process 4711)" and the end of the line.
bool isOurs(const std::filesystem::path& file)
{
    const Result<Bytes> content = platform::readWhole(file, kContentMax);
    if (!content)
        return false;
    if (std::ranges::all_of(*content, [](std::uint8_t byte) { return byte == 0; }))
        return true;
    constexpr std::string_view kEnd{")\n"};
    std::string_view text = textOf(*content);
    const std::size_t process = text.rfind(kProcess);
    if (!text.ends_with(kEnd) || process == std::string_view::npos)
        return false;
    text.remove_suffix(kEnd.size());
    const auto isPlain = [](char byte) { return byte >= ' ' && byte <= '~'; };
    return std::ranges::all_of(text, isPlain)
        && text.substr(process + kProcess.size()).find_first_not_of("0123456789") == std::string_view::npos;
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
    const bool isOdd = !isOurs(file);
    const Status named = lock->write(
        platform::programName() + std::string(kProcess) + std::to_string(platform::processId()) + ")\n");
    // The lock holds without the name in it, and on a full disk people still want to read.
    if (!named && named.error().code != Errc::DiskFull)
        return std::unexpected(named.error());
    return ProfileLock(*std::move(lock), isOdd);
}

ProfileLock::~ProfileLock()
{
    (void)lock_.write({});
}

}  // namespace teren::store
