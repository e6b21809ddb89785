// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/office_doors.h"

#include "app/service/profile.h"
#include "app/service/profiles.h"
#include "app/viewmodel/office_desk.h"

namespace teren {
namespace {

std::filesystem::path pathOf(const std::string& utf8)
{
    return std::filesystem::path(std::u8string(utf8.begin(), utf8.end()));
}

std::string textOf(const std::filesystem::path& path)
{
    const std::u8string utf8 = path.u8string();
    return {utf8.begin(), utf8.end()};
}

}  // namespace

Result<std::vector<Doors::Listed>> OfficeDoors::profiles()
{
    TEREN_TRY(const std::filesystem::path base, service::Profiles::defaultFolder());
    TEREN_TRY(const std::vector<service::ListedProfile> found, service::Profiles(base).list());
    std::vector<Listed> listed;
    listed.reserve(found.size());
    for (const service::ListedProfile& one : found)
        listed.push_back({textOf(one.folder), one.shown});
    return listed;
}

Result<std::string> OfficeDoors::create(const Fresh& profile)
{
    TEREN_TRY(const std::filesystem::path base, service::Profiles::defaultFolder());
    TEREN_TRY(
        const std::filesystem::path made,
        service::Profiles(base).create(profile.name, profile.passphrase, profile.shown, around_));
    return textOf(made);
}

Result<std::unique_ptr<Desk>> OfficeDoors::open(const std::string& folder, const std::string& passphrase)
{
    TEREN_TRY(auto office, service::Office::open(pathOf(folder), passphrase, around_));
    return std::make_unique<OfficeDesk>(std::move(office), worker_);
}

Status OfficeDoors::reset(const std::string& folder, const std::string& code, const std::string& fresh)
{
    return service::resetPassphrase(pathOf(folder), code, fresh, around_);
}

std::chrono::seconds OfficeDoors::wait(const std::string& folder)
{
    return service::waitBeforeUnlock(pathOf(folder), around_.clock);
}

Result<std::vector<service::BackupReport>> OfficeDoors::backups(const std::string& folder)
{
    return service::backupsIn(pathOf(folder));
}

Result<service::BackupCheck> OfficeDoors::checkBackup(
    const std::string& backup, const service::BackupSecret* secret, const service::Progress& progress)
{
    return service::checkBackup(pathOf(backup), secret, around_, progress);
}

Result<std::string> OfficeDoors::restore(
    const std::string& backup, const service::BackupSecret& secret, const service::Progress& progress)
{
    TEREN_TRY(const std::filesystem::path base, service::Profiles::defaultFolder());
    TEREN_TRY(
        const service::Profiles::Restored made,
        service::Profiles(base).restore(pathOf(backup), secret, around_, progress));
    return textOf(made.folder);
}

}  // namespace teren
