// SPDX-License-Identifier: EUPL-1.2
#include "app/store/vault_files.h"

#include "app/platform/durable_file.h"
#include "app/store/profile_lock.h"
#include "crypto/base/utf8.h"

#include <algorithm>

namespace teren::store {
namespace {

constexpr std::array kNames{
    std::string_view("vault.header"),
    std::string_view("vault.header.new"),
    std::string_view("vault.db"),
    std::string_view("vault.db-wal"),
    std::string_view("vault.db-fresh"),
    std::string_view("vault.unfinished"),
    std::string_view("vault.unfinished.new"),
    std::string_view("vault.tries"),
    std::string_view("vault.tries.new"),
    std::string_view("attachments"),
    std::string_view("profile.shown"),
    std::string_view("profile.shown.new"),
    std::string_view(kProfileLockFile)};

/// What the marker says of a backup that is being restored.
constexpr std::string_view kRestoreMark{"restore\n"};

/// A link is there whatever it leads to.
bool isThere(const std::filesystem::path& path)
{
    std::error_code ignored;
    return std::filesystem::exists(std::filesystem::symlink_status(path, ignored));
}

std::string_view inWords(std::filesystem::file_type type)
{
    using enum std::filesystem::file_type;
    if (type == regular)
        return "a file";
    if (type == directory)
        return "a folder";
    if (type == symlink)
        return "a symbolic link";
    return type == fifo ? "a named pipe" : "neither a file nor a folder";
}

/// What is wrong with the kind of what has this name; empty if nothing is.
std::string wrongKind(const std::filesystem::path& folder, std::string_view name)
{
    std::error_code ignored;
    const auto type = std::filesystem::symlink_status(folder / name, ignored).type();
    const auto wanted
        = name == "attachments" ? std::filesystem::file_type::directory : std::filesystem::file_type::regular;
    if (type == wanted || type == std::filesystem::file_type::not_found)
        return {};
    return std::string(name) + " is " + std::string(inWords(type)) + " and not "
        + std::string(inWords(wanted)) + "; this program never makes it so";
}

/// Without these being what they are, a profile is not opened.
constexpr std::array kNeeded{std::string_view("vault.header"),     std::string_view("vault.db"),
                             std::string_view("vault.db-wal"),     std::string_view("vault.db-fresh"),
                             std::string_view("vault.unfinished"), std::string_view("vault.tries"),
                             std::string_view("attachments"),      std::string_view(kProfileLockFile)};

}  // namespace

FolderState VaultFiles::state() const
{
    if (!isThere(folder_))
        return FolderState::Missing;
    std::error_code failed;
    if (std::filesystem::exists(std::filesystem::symlink_status(header(), failed)))
        return FolderState::Profile;
    const std::filesystem::directory_iterator readable(folder_, failed);
    if (failed == std::errc::permission_denied)
        return FolderState::Unreadable;
    if (!strangers().empty())
        return FolderState::Other;
    if (isThere(marker()))
        return FolderState::Unfinished;
    const bool hasDatabase = isThere(database()) || isThere(folder_ / "vault.db-wal")
        || isThere(folder_ / "vault.db-fresh") || isThere(attachments());
    return hasDatabase ? FolderState::Headless : FolderState::Empty;
}

Status VaultFiles::checkKinds() const
{
    for (const std::string_view name : kNeeded)
        if (std::string wrong = wrongKind(folder_, name); !wrong.empty())
            return fail(Errc::Damaged, std::move(wrong));
    return {};
}

namespace {

/// A file that is there only between two steps of writing another.
struct Passing {
    std::string_view name;
    std::size_t sizeMax;
    std::string_view begins;
};

constexpr std::size_t kShownBytesMax = 240;
constexpr std::array kPassing{
    Passing{"vault.header.new", KeySlots::kFileSize, {"teren vault\0\0\0\0\0", 16}},
    Passing{"vault.tries.new", 64, {"teren tries\0\0\0\0\0", 16}},
    Passing{"profile.shown.new", kShownBytesMax, {}},
    Passing{"vault.unfinished.new", kRestoreMark.size(), kRestoreMark},
    Passing{"vault.unfinished", kRestoreMark.size(), kRestoreMark}};

/// Whether this program may have written it, as far as the power let it.
bool isPlausible(ByteView content, const Passing& passing)
{
    if (content.size() > passing.sizeMax)
        return false;
    if (std::ranges::all_of(content, [](std::uint8_t byte) { return byte == 0; }))
        return true;
    const std::size_t known = std::min(content.size(), passing.begins.size());
    return std::ranges::equal(content.first(known), viewOf(passing.begins.substr(0, known)))
        && (!passing.begins.empty() || isUtf8(content));
}

}  // namespace

std::vector<std::string> VaultFiles::clearLeftovers() const
{
    std::vector<std::string> odd;
    for (const Passing& passing : kPassing) {
        if (std::string wrong = wrongKind(folder_, passing.name); !wrong.empty()) {
            odd.push_back(std::move(wrong));
            continue;
        }
        const Result<Bytes> content = platform::readWhole(folder_ / passing.name, passing.sizeMax);
        if (!content && content.error().code == Errc::NotFound)
            continue;
        if (content && isPlausible(*content, passing))
            (void)platform::removeDurably(folder_ / passing.name);
        else
            odd.push_back(std::string(passing.name) + " holds what this program never writes there");
    }
    return odd;
}

std::vector<std::string> VaultFiles::remarks() const
{
    using enum std::filesystem::perms;
    std::vector<std::string> open;
    std::error_code failed;
    const auto permissions = std::filesystem::status(folder_, failed).permissions();
    if (!failed && (permissions & (group_all | others_all)) != none)
        open.emplace_back(
            "The profile's folder is open to other users of this computer; make it yours alone (chmod 700).");
    for (const std::string_view name : kNeeded) {
        const auto file = std::filesystem::symlink_status(folder_ / name, failed);
        if (failed || file.type() != std::filesystem::file_type::regular
            || (file.permissions() & (group_all | others_all)) == none)
            continue;
        open.emplace_back(
            "Files of the profile are open to other users of this computer, " + std::string(name)
            + " for one; make them yours alone (chmod 600).");
        break;
    }
    return open;
}

bool VaultFiles::isFree() const
{
    const FolderState found = state();
    return found == FolderState::Missing || found == FolderState::Empty || found == FolderState::Unfinished;
}

Status VaultFiles::makeFolder() const
{
    std::error_code failed;
    std::filesystem::create_directories(folder_, failed);
    if (!failed)
        std::filesystem::permissions(folder_, std::filesystem::perms::owner_all, failed);
    if (failed == std::errc::no_space_on_device)
        return fail(Errc::DiskFull, "no room for the profile's folder");
    if (failed == std::errc::read_only_file_system)
        return fail(Errc::Disk, "no profile can be made here: this disk is read-only; choose another folder");
    if (failed == std::errc::permission_denied)
        return fail(Errc::Disk, "no profile can be made here: the folder is not yours; choose another one");
    if (failed)
        return fail(Errc::Disk, "cannot make the profile's folder: " + failed.message());
    return {};
}

bool VaultFiles::isStoppedRestore() const
{
    if (state() != FolderState::Unfinished)
        return false;
    const Result<Bytes> mark = platform::readWhole(marker(), kRestoreMark.size());
    return mark && textOf(*mark) == kRestoreMark;
}

Status VaultFiles::beginCreation(Making what) const
{
    TEREN_CHECK(
        platform::writeDurably(marker(), what == Making::Restored ? viewOf(kRestoreMark) : ByteView()));
    for (const std::string_view name :
         {"vault.db", "vault.db-wal", "vault.db-fresh", "vault.header.new", "vault.unfinished.new"})
        TEREN_CHECK(platform::removeDurably(folder_ / name));
    // Of a restoration that was stopped. Nothing else has one where there is no header.
    std::error_code failed;
    std::filesystem::remove_all(folder_ / "attachments", failed);
    return failed ? fail(Errc::Disk, "cannot remove a folder: " + failed.message()) : Status();
}

Status VaultFiles::endCreation() const
{
    return platform::removeDurably(marker());
}

Result<KeySlots> VaultFiles::readHeader() const
{
    const Result<Bytes> bytes = platform::readWhole(header(), KeySlots::kFileSize);
    if (!bytes && bytes.error().code == Errc::LimitExceeded)
        return fail(Errc::Damaged, "the vault's header file has a wrong size");
    if (!bytes)
        return std::unexpected(bytes.error());
    return KeySlots::fromFile(*bytes);
}

Status VaultFiles::writeHeader(const KeySlots& slots, const SecretKey& master) const
{
    return platform::writeDurably(header(), slots.toFile(master));
}

std::vector<std::string> VaultFiles::strangers() const
{
    std::vector<std::string> found;
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(folder_, failed)) {
        const std::string name = entry.path().filename().string();
        if (std::ranges::find(kNames, name) == kNames.end())
            found.push_back(name);
    }
    std::ranges::sort(found);
    return found;
}

}  // namespace teren::store
