// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <string>
#include <system_error>

// What the files of this folder share that call the system's own functions; included by nothing else.
namespace teren::platform {

/// `DiskFull`, `NotFound` or `Disk`, as `errno` says.
inline std::unexpected<Error> failWithErrno(std::string_view what)
{
    const int code = errno;
    Errc kind = Errc::Disk;
    if (code == ENOSPC || code == EDQUOT)
        kind = Errc::DiskFull;
    else if (code == ENOENT)
        kind = Errc::NotFound;
    std::string detail = std::string(what) + ": " + std::generic_category().message(code);
    if (code == EROFS)
        detail = "this disk is read-only, and here something must be written, a profile that is opened too; "
                 "nothing on it is lost or changed: make it writable, or copy the folder to another disk and "
                 "use the copy";
    if (code == EACCES || code == EPERM)
        detail
            = "this folder, or a file in it, may not be read or written by you: it belongs to somebody "
              "else or is protected; nothing in it is lost or changed: ask whoever looks after the devices "
              "to give it to you, or copy it to a folder of your own and use the copy";
    return fail(kind, std::move(detail));
}

/// An open file, closed when this goes.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor()
    {
        if (number_ >= 0)
            ::close(number_);
    }
    int number() const { return number_; }

private:
    int number_;
};

/// Writes all of `bytes` where the file stands.
inline Status writeAll(const Descriptor& file, ByteView bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(file.number(), bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR)
            return failWithErrno("cannot write a file");
        if (written > 0)
            bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

/// What `mode` says is there, in words.
inline std::string_view kindInWords(mode_t mode)
{
    if (S_ISREG(mode))
        return "a file";
    if (S_ISDIR(mode))
        return "a folder";
    if (S_ISLNK(mode))
        return "a symbolic link";
    if (S_ISFIFO(mode))
        return "a named pipe";
    if (S_ISSOCK(mode))
        return "a socket";
    return "a device";
}

inline std::unexpected<Error> failForKind(const std::filesystem::path& path, mode_t mode)
{
    return fail(
        Errc::Damaged,
        path.filename().string() + " is " + std::string(kindInWords(mode))
            + " and not a file; this program never makes it so");
}

/// `Damaged` for anything but a plain file, or nothing, by this name.
inline Status checkPlain(const std::filesystem::path& path)
{
    struct stat found{};
    if (::lstat(path.c_str(), &found) != 0)
        return errno == ENOENT ? Status() : failWithErrno("cannot look at a file");
    return S_ISREG(found.st_mode) ? Status() : failForKind(path, found.st_mode);
}

/// Opens a plain file and nothing else: no link is followed, and no pipe is waited for.
/// @return the descriptor; `Damaged` for what is no plain file, `NotFound`, `Disk`, `DiskFull`.
inline Result<int> openPlain(const std::filesystem::path& path, int flags, std::string_view failure)
{
    constexpr mode_t kOwnerOnly = 0600;
    const int opened = ::open(path.c_str(), flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, kOwnerOnly);
    if (opened < 0) {
        const auto failed = failWithErrno(failure);
        TEREN_CHECK(checkPlain(path));
        return failed;
    }
    struct stat found{};
    if (::fstat(opened, &found) == 0 && S_ISREG(found.st_mode))
        return opened;
    ::close(opened);
    return failForKind(path, found.st_mode);
}

inline Status syncFile(const Descriptor& file)
{
    return ::fsync(file.number()) == 0 ? Status() : failWithErrno("cannot sync a file");
}

}  // namespace teren::platform
