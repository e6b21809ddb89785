// SPDX-License-Identifier: EUPL-1.2
#include "app/platform/claim.h"

#include <set>
#include <string>

namespace teren::platform {
namespace {

constexpr std::string_view kLockSuffix{".lock"};

std::filesystem::path lockFileOf(const std::filesystem::path& path)
{
    std::filesystem::path file = path;
    file += kLockSuffix;
    return file;
}

}  // namespace

Result<Claim> Claim::take(const std::filesystem::path& path)
{
    std::filesystem::path file = lockFileOf(path);
    TEREN_TRY(FileLock lock, FileLock::take(file));
    return Claim(std::move(lock), std::move(file));
}

Claim::Claim(Claim&& other) noexcept : lock_(std::move(other.lock_)), file_(std::exchange(other.file_, {})) {}

Claim::~Claim()
{
    // While it is still held: who finds no file may make one.
    std::error_code ignored;
    if (!file_.empty())
        std::filesystem::remove(file_, ignored);
}

void removeAbandoned(
    const std::filesystem::path& folder, const std::function<bool(std::string_view name)>& isOurs)
{
    std::set<std::string> found;
    std::error_code failed;
    std::filesystem::directory_iterator entry(folder, failed);
    for (; !failed && entry != std::filesystem::directory_iterator(); entry.increment(failed)) {
        std::string name = entry->path().filename().string();
        if (name.ends_with(kLockSuffix))
            name.resize(name.size() - kLockSuffix.size());
        if (isOurs(name))
            found.insert(std::move(name));
    }
    for (const std::string& name : found)
        if (const Result<Claim> claim = Claim::take(folder / name))
            std::filesystem::remove_all(folder / name, failed);
}

}  // namespace teren::platform
