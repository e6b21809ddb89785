// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/office.h"
#include "crypto/sign/secret_text.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <utility>

namespace teren::cli {

/// Where the passphrase comes from: the file named on the command line, or in TEREN_PASSPHRASE_FILE, or the
/// terminal. The line break at the end of a file's first line is not part of it.
/// @param confirm  Ask twice at a terminal, for a new passphrase.
/// @return `Locked` where there is neither.
Result<SecretText> readPassphrase(const std::optional<std::filesystem::path>& file, bool confirm);

/// Whether TEREN_PASSPHRASE_FILE names one.
bool isPassphraseFileNamed();
/// A new passphrase: from the file, or asked for twice at a terminal. @return as `readPassphrase`.
Result<SecretText> readNewPassphrase(const std::optional<std::filesystem::path>& file);

/// One run of terenctl: the profile, unlocked at the first command that needs it and then kept open.
class Session {
public:
    Session(
        std::filesystem::path profile, std::optional<std::filesystem::path> passphraseFile,
        service::Surroundings around, std::optional<std::filesystem::path> recoveryCodeFile = {})
        : profile_(std::move(profile)),
          passphraseFile_(std::move(passphraseFile)),
          recoveryCodeFile_(std::move(recoveryCodeFile)),
          around_(around)
    {
    }

    Status createProfile(const std::string& name);
    Result<service::Office*> office();
    /// The same, opened with this passphrase unless it is open already.
    Result<service::Office*> office(const SecretText& passphrase);
    /// The passphrase of the profile, where it comes from for `office`.
    Result<SecretText> passphrase() const { return readPassphrase(passphraseFile_, false); }
    /// The first line of `file`, or of the file named for the run, or what is typed at a terminal.
    /// @return `Locked` where there is neither.
    Result<SecretText> recoveryCode(const std::optional<std::filesystem::path>& file) const;
    /// Whether a file was named for it, so that nobody needs to be asked.
    bool hasRecoveryCode() const { return recoveryCodeFile_.has_value(); }
    bool hasPassphrase() const { return passphraseFile_ || isPassphraseFileNamed(); }
    const std::filesystem::path& profile() const { return profile_; }
    service::Surroundings surroundings() const { return around_; }

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
    std::optional<std::filesystem::path> recoveryCodeFile_;
    service::Surroundings around_;
    std::unique_ptr<service::Office> office_;
    std::function<Status()> written_;
};

}  // namespace teren::cli
