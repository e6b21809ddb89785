// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/office.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <utility>

namespace teren::cli {

/// Where the passphrase comes from: the file named on the command line, or in TEREN_PASSPHRASE_FILE, or the
/// terminal. The line break at the end of a file's first line is not part of it.
/// @param confirm  Ask twice at a terminal, for a new passphrase.
/// @return `Locked` where there is neither.
Result<std::string> readPassphrase(const std::optional<std::filesystem::path>& file, bool confirm);

/// One run of terenctl: the profile, unlocked at the first command that needs it and then kept open.
class Session {
public:
    Session(
        std::filesystem::path profile, std::optional<std::filesystem::path> passphraseFile,
        service::Surroundings around)
        : profile_(std::move(profile)),
          passphraseFile_(std::move(passphraseFile)),
          around_(around)
    {
    }

    Status createProfile(const std::string& name);
    Result<service::Office*> office();

    /// What a command wants done once its answer has been written, and not if it could not be.
    void whenWritten(std::function<Status()> then) { written_ = std::move(then); }
    /// Call when it has been.
    Status written()
    {
        const std::function<Status()> then = std::exchange(written_, {});
        return then ? then() : Status{};
    }

private:
    std::filesystem::path profile_;
    std::optional<std::filesystem::path> passphraseFile_;
    service::Surroundings around_;
    std::unique_ptr<service::Office> office_;
    std::function<Status()> written_;
};

}  // namespace teren::cli
