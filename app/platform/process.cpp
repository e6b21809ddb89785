// SPDX-License-Identifier: EUPL-1.2
#include "app/platform/process.h"

#include <unistd.h>

#include <filesystem>

namespace teren::platform {

std::int64_t processId()
{
    return ::getpid();
}

std::string programName()
{
    std::error_code failed;
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", failed);
    return failed ? "a program" : program.filename().string();
}

}  // namespace teren::platform
