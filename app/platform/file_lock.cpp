// SPDX-License-Identifier: EUPL-1.2
#include "app/platform/file_lock.h"

#include "app/platform/posix_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

namespace teren::platform {
Result<FileLock> FileLock::take(const std::filesystem::path& path)
{
    TEREN_TRY(const int descriptor, openPlain(path, O_RDWR | O_CREAT, "cannot open the lock file"));
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
