// SPDX-License-Identifier: EUPL-1.2
#include "app/platform/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace teren::platform {
namespace {

std::unexpected<Error> failWithErrno(std::string_view what)
{
    const int code = errno;
    return fail(
        code == ENOSPC || code == EDQUOT ? Errc::DiskFull : Errc::Disk,
        std::string(what) + ": " + std::generic_category().message(code));
}

}  // namespace

Result<FileLock> FileLock::take(const std::filesystem::path& path)
{
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0)
        return failWithErrno("cannot open the lock file");
    FileLock lock(descriptor);
    // Not fcntl: its locks are lost as soon as anything in this process opens the file and closes it again.
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        return lock;
    if (errno == EWOULDBLOCK)
        return fail(Errc::Busy);
    return failWithErrno("cannot lock the lock file");
}

FileLock::~FileLock()
{
    if (descriptor_ >= 0)
        ::close(descriptor_);
}

// NOLINTNEXTLINE(readability-make-member-function-const): it changes the file.
Status FileLock::write(std::string_view text)
{
    if (::ftruncate(descriptor_, 0) != 0)
        return failWithErrno("cannot empty the lock file");
    if (::pwrite(descriptor_, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size()))
        return failWithErrno("cannot write the lock file");
    return {};
}

}  // namespace teren::platform
