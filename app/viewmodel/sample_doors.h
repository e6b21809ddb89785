// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/viewmodel/doors.h"
#include "app/viewmodel/sample_desk.h"

namespace teren {

/// One door, behind it the invented cases. Every passphrase opens it; nothing is kept.
class SampleDoors : public Doors {
public:
    Result<std::vector<Listed>> profiles() override
    {
        return std::vector<Listed>{{"Anna Sowa", "Anna Sowa"}};
    }
    Result<std::string> create(const Fresh& profile) override { return profile.name; }
    Result<std::unique_ptr<Desk>> open(const std::string&, const std::string&) override
    {
        return std::make_unique<SampleDesk>();
    }
    Status reset(const std::string&, const std::string&, const std::string&) override { return {}; }
    std::chrono::seconds wait(const std::string&) override { return std::chrono::seconds(0); }
    Result<std::vector<service::BackupReport>> backups(const std::string& folder) override
    {
        const std::filesystem::path within(folder);
        return std::vector<service::BackupReport>{
            {within / "teren-20260413-160012250-1a2b3c4d.backup", SampleDesk::now() - std::chrono::hours(16),
             7, 14'200'000},
            {within / "teren-20260330-154501100-1a2b3c4d.backup",
             SampleDesk::now() - std::chrono::hours(24 * 15), 6, 11'900'000}};
    }
    Result<service::BackupCheck> checkBackup(
        const std::string& backup, const service::BackupSecret* secret, const service::Progress&) override
    {
        service::BackupCheck check;
        check.backup = {backup, SampleDesk::now() - std::chrono::hours(16), 7, 14'200'000};
        check.opened = secret != nullptr;
        return check;
    }
    Result<std::string> restore(
        const std::string&, const service::BackupSecret&, const service::Progress&) override
    {
        return std::string("Anna Sowa");
    }
};

}  // namespace teren
