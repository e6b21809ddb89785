// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/hex.h"
#include "crypto/sign/system_random.h"

#include <array>
#include <filesystem>

namespace teren::test {

/// An empty folder of a test's own, removed with all it holds when the test ends.
class TempFolder {
public:
    TempFolder()
    {
        std::array<std::uint8_t, 8> name{};
        SystemRandom().fill(name);
        path_ = std::filesystem::temp_directory_path() / ("teren-test-" + toHex(name));
        std::filesystem::create_directories(path_);
    }
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    ~TempFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace teren::test
