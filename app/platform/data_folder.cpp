// SPDX-License-Identifier: EUPL-1.2
#include "app/platform/data_folder.h"

#include <cstdlib>

namespace teren::platform {
namespace {

std::filesystem::path fromEnvironment(const char* name)
{
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing in this program changes the environment.
    const char* value = std::getenv(name);
    const std::filesystem::path path = value == nullptr ? "" : value;
    // The specification: a path that is not absolute is to be ignored.
    return path.is_absolute() ? path : std::filesystem::path();
}

}  // namespace

Result<std::filesystem::path> dataFolder()
{
    if (std::filesystem::path named = fromEnvironment("XDG_DATA_HOME"); !named.empty())
        return named;
    if (const std::filesystem::path home = fromEnvironment("HOME"); !home.empty())
        return home / ".local" / "share";
    return fail(Errc::NotFound, "the system names no folder for this user's data");
}

}  // namespace teren::platform
