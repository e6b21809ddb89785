// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/backup.h"
#include "app/viewmodel/desk.h"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace teren {

/// What can be done at profiles that are closed, before anybody is in. Declared here by its user;
/// `OfficeDoors` does it with the profiles of this machine, `SampleDoors` with the invented one.
///
/// Used on the worker thread, but where it says otherwise. Errors are those of `service::Office` and
/// `service/profile.h`.
class Doors {
public:
    /// What anybody who sits down here may see of a profile.
    struct Listed {
        std::string folder;
        std::string shown;  ///< What its owner chose to show; empty for nothing.
    };
    struct Fresh {
        std::string name;
        std::string passphrase;
        std::string shown;  ///< Empty for nothing.
    };

    virtual ~Doors() = default;

    virtual Result<std::vector<Listed>> profiles() = 0;
    /// @return the folder of the new profile.
    virtual Result<std::string> create(const Fresh& profile) = 0;
    /// May take seconds: the key derivation is slow on purpose.
    virtual Result<std::unique_ptr<Desk>> open(const std::string& folder, const std::string& passphrase) = 0;
    /// A new passphrase for somebody who has the recovery code.
    virtual Status reset(const std::string& folder, const std::string& code, const std::string& fresh) = 0;
    /// How long the next try must wait; reads one small file. May be called by any thread.
    virtual std::chrono::seconds wait(const std::string& folder) = 0;

    // Backups; errors as in `service/backup.h`. May be called by any thread: they touch no open profile.

    virtual Result<std::vector<service::BackupReport>> backups(const std::string& folder) = 0;
    /// @param secret  May be null.
    virtual Result<service::BackupCheck> checkBackup(
        const std::string& backup, const service::BackupSecret* secret, const service::Progress& progress)
        = 0;
    /// @return the folder of the profile that was made of the backup.
    virtual Result<std::string> restore(
        const std::string& backup, const service::BackupSecret& secret, const service::Progress& progress)
        = 0;
};

}  // namespace teren
