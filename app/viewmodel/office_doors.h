// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/platform/worker.h"
#include "app/service/office.h"
#include "app/viewmodel/doors.h"

#include <filesystem>

namespace teren {

/// The profiles of this machine.
class OfficeDoors : public Doors {
public:
    /// Both outlive it, and so do the parts of `around`.
    OfficeDoors(service::Surroundings around, platform::Worker& worker) : around_(around), worker_(worker) {}

    Result<std::vector<Listed>> profiles() override;
    Result<std::string> create(const Fresh& profile) override;
    Result<std::unique_ptr<Desk>> open(const std::string& folder, const std::string& passphrase) override;
    Status reset(const std::string& folder, const std::string& code, const std::string& fresh) override;
    std::chrono::seconds wait(const std::string& folder) override;
    Result<std::vector<service::BackupReport>> backups(const std::string& folder) override;
    Result<service::BackupCheck> checkBackup(
        const std::string& backup, const service::BackupSecret* secret,
        const service::Progress& progress) override;
    Result<std::string> restore(
        const std::string& backup, const service::BackupSecret& secret,
        const service::Progress& progress) override;

private:
    service::Surroundings around_;
    platform::Worker& worker_;
};

}  // namespace teren
