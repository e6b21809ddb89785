// SPDX-License-Identifier: EUPL-1.2
#include "app/service/whole_file.h"

#include "crypto/base/limits.h"

namespace teren::service {
namespace {

std::filesystem::path folderOf(const std::filesystem::path& path)
{
    return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

Status writeWhole(platform::Files& files, const std::filesystem::path& path, ByteView bytes)
{
    TEREN_TRY(const std::unique_ptr<platform::OutFile> out, files.create(path));
    TEREN_CHECK(out->write(bytes));
    return out->sync();
}

}  // namespace

bool isAnythingAt(const std::filesystem::path& path)
{
    std::error_code failed;
    return std::filesystem::symlink_status(path, failed).type() != std::filesystem::file_type::not_found;
}

Status checkNewName(const std::filesystem::path& path)
{
    const std::filesystem::path folder = folderOf(path);
    std::error_code failed;
    const std::filesystem::file_type type = std::filesystem::status(folder, failed).type();
    if (type == std::filesystem::file_type::not_found)
        return fail(Errc::NotFound, "there is no folder " + folder.string() + "; is the stick in?");
    if (isAnythingAt(path))
        return fail(Errc::Refused, path.string() + " exists already; choose another name");
    return {};
}

Status writeNew(platform::Files& files, const std::filesystem::path& path, ByteView bytes)
{
    const std::filesystem::path folder = folderOf(path);
    TEREN_CHECK(checkNewName(path));
    TEREN_TRY(const std::uint64_t room, files.freeBytes(folder));
    if (room < bytes.size())
        return fail(
            Errc::DiskFull,
            "there is no room in " + folder.string() + ": " + std::to_string(bytes.size() >> 10)
                + " KiB are needed");
    std::filesystem::path fresh = path;
    fresh += ".part";
    // What a crash left; a link of that name is removed and not followed.
    TEREN_CHECK(files.remove(fresh));
    Status written = writeWhole(files, fresh, bytes);
    if (written && isAnythingAt(path))
        written = fail(Errc::Refused, path.string() + " has been made meanwhile; choose another name");
    if (written)
        written = files.rename(fresh, path);
    if (!written) {
        (void)files.remove(fresh);
        return written;
    }
    return files.syncFolder(folder);
}

Result<Bytes> readWhole(platform::Files& files, const std::filesystem::path& path)
{
    // In Teren's own folders anything but a plain file is damage; here somebody typed another name.
    std::error_code failed;
    const std::filesystem::file_status status = std::filesystem::symlink_status(path, failed);
    if (std::filesystem::is_directory(status))
        return fail(Errc::Invalid, path.string() + " is a folder; name the file in it");
    if (std::filesystem::is_other(status))
        return fail(Errc::Invalid, path.string() + " is a device or a pipe; name a file");
    Result<std::unique_ptr<platform::InFile>> opened = files.open(path);
    if (!opened)
        return fail(opened.error().code, path.string() + " cannot be read: " + opened.error().detail);
    TEREN_TRY(const std::uint64_t size, (*opened)->size());
    if (size > limits::kBundleMax)
        return fail(Errc::LimitExceeded, path.string() + " is larger than a bundle can be");
    Bytes bytes(static_cast<std::size_t>(size));
    TEREN_CHECK((*opened)->readAt(0, bytes));
    return bytes;
}

}  // namespace teren::service
