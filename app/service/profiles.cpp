// SPDX-License-Identifier: EUPL-1.2
#include "app/service/profiles.h"

#include "app/domain/text.h"
#include "app/platform/data_folder.h"
#include "app/platform/durable_file.h"
#include "app/service/office_parts.h"
#include "app/store/vault_files.h"
#include "crypto/base/hex.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace teren::service {
namespace {

constexpr std::size_t kProfilesMax = 100;
constexpr std::size_t kShownMax = 60;
/// Four bytes a character are the most in UTF-8.
constexpr std::size_t kShownBytesMax = kShownMax * 4;
/// In the vault: what its owner chose.
constexpr const char* kShownKey = "profile.shown";

/// The text as it may be shown to anybody; empty if there is nothing to see in it.
std::string showable(std::string_view text)
{
    const Result<std::string> composed = domain::toNfc(text);
    if (!composed)
        return {};
    std::string line = domain::tidyLine(*composed);
    const std::string folded = domain::fold(line);
    if (domain::codePoints(line) > kShownMax || domain::words(folded).empty())
        return {};
    return line;
}

/// What a folder is; the folder itself, since a link may lead anywhere.
store::FolderState stateOf(const std::filesystem::directory_entry& entry)
{
    std::error_code ignored;
    return entry.symlink_status(ignored).type() == std::filesystem::file_type::directory
        ? store::VaultFiles(entry.path()).state()
        : store::FolderState::Other;
}

}  // namespace

Result<std::filesystem::path> Profiles::defaultFolder()
{
    TEREN_TRY(const std::filesystem::path data, platform::dataFolder());
    return data / "teren" / "profiles";
}

Result<std::vector<ListedProfile>> Profiles::list() const
{
    std::vector<ListedProfile> found;
    std::error_code failed;
    std::filesystem::directory_iterator entry(folder_, failed);
    if (failed == std::errc::no_such_file_or_directory)
        return found;
    for (; !failed && entry != std::filesystem::directory_iterator(); entry.increment(failed)) {
        const store::FolderState state = stateOf(*entry);
        if (state == store::FolderState::Profile)
            found.push_back({entry->path(), shownName(entry->path())});
        else if (state == store::FolderState::Unreadable)
            found.push_back({entry->path(), {}, true});
    }
    if (failed)
        return fail(Errc::Disk, "cannot read the folder of the profiles: " + failed.message());
    std::ranges::sort(found, {}, [](const ListedProfile& profile) {
        return std::tuple(profile.shown.empty(), domain::fold(profile.shown), profile.folder);
    });
    if (found.size() > kProfilesMax)
        found.resize(kProfilesMax);
    return found;
}

Result<std::filesystem::path> Profiles::freshFolder(RandomSource& random) const
{
    std::error_code failed;
    std::filesystem::create_directories(folder_, failed);
    if (failed)
        return fail(Errc::Disk, "cannot make the folder of the profiles: " + failed.message());
    std::array<std::uint8_t, 8> id{};
    random.fill(id);
    return folder_ / ("profile-" + toHex(id));
}

Result<Profiles::Restored> Profiles::restore(
    const std::filesystem::path& backup, const BackupSecret& secret, Surroundings around,
    const Progress& progress) const
{
    TEREN_TRY(std::filesystem::path made, freshFolder(around.random));
    auto restored = restoreBackup(backup, made, secret, around, progress);
    if (restored)
        return Restored{std::move(made), std::move(restored->lost)};
    std::error_code ignored;
    std::filesystem::remove_all(made, ignored);
    return std::unexpected(restored.error());
}

Result<std::filesystem::path> Profiles::create(
    const std::string& name, std::string_view passphrase, const std::string& shown, Surroundings around) const
{
    if (!shown.empty() && showable(shown).empty())
        return fail(Errc::Invalid, "shown name: it cannot be shown");
    TEREN_TRY(std::filesystem::path made, freshFolder(around.random));
    TEREN_CHECK(Office::createProfile(made, name, passphrase, around));
    if (shown.empty())
        return made;
    TEREN_TRY(const std::unique_ptr<Office> office, Office::open(made, passphrase, around));
    TEREN_CHECK(showName(*office, shown));
    return made;
}

std::string shownName(const std::filesystem::path& profile)
{
    const Result<Bytes> file = platform::readWhole(store::VaultFiles(profile).shownName(), kShownBytesMax);
    return file ? showable(textOf(*file)) : std::string();
}

std::string shownName(Office& office)
{
    const std::filesystem::path& folder = office.parts().vault->folder();
    return folder.empty() ? std::string() : shownName(folder);
}

Status showName(Office& office, const std::string& name)
{
    const std::string shown = showable(name);
    if (shown.empty())
        return fail(Errc::Invalid, "shown name: it is empty, longer than 60 characters, or cannot be shown");
    Office::Parts& parts = office.parts();
    if (parts.vault->folder().empty())
        return fail(Errc::Refused, "a vault in memory is on no list");
    TEREN_CHECK(parts.settings.put(kShownKey, viewOf(shown)));
    return platform::writeDurably(store::VaultFiles(parts.vault->folder()).shownName(), viewOf(shown));
}

Status hideName(Office& office)
{
    Office::Parts& parts = office.parts();
    if (parts.vault->folder().empty())
        return fail(Errc::Refused, "a vault in memory is on no list");
    TEREN_CHECK(platform::removeDurably(store::VaultFiles(parts.vault->folder()).shownName()));
    return parts.settings.drop(kShownKey);
}

Result<std::string> checkShownName(Office& office)
{
    Office::Parts& parts = office.parts();
    if (parts.vault->folder().empty())
        return std::string();
    TEREN_TRY(const std::optional<Bytes> chosen, parts.settings.get(kShownKey));
    const Result<Bytes> file
        = platform::readWhole(store::VaultFiles(parts.vault->folder()).shownName(), kShownBytesMax);
    if (!file && file.error().code == Errc::NotFound)
        return std::string();  // Less is told than was allowed.
    if (!file || !chosen || *file != *chosen)
        return std::string("profile.shown: not what the owner of this profile chose to show");
    return std::string();
}

}  // namespace teren::service
