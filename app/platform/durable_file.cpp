// SPDX-License-Identifier: EUPL-1.2
#include "app/platform/durable_file.h"

#include "app/platform/posix_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace teren::platform {
Status syncFolder(const std::filesystem::path& folder)
{
    const Descriptor file(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (file.number() < 0 || ::fsync(file.number()) != 0)
        return failWithErrno("cannot sync a folder");
    return {};
}

Status writeDurably(const std::filesystem::path& path, ByteView bytes)
{
    std::filesystem::path fresh = path;
    fresh += ".new";
    {
        const Descriptor file(
            ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
        if (file.number() < 0)
            return failWithErrno("cannot make a file");
        TEREN_CHECK(writeAll(file, bytes));
        TEREN_CHECK(syncFile(file));
    }
    if (::rename(fresh.c_str(), path.c_str()) != 0)
        return failWithErrno("cannot rename a file");
    return syncFolder(path.parent_path());
}

Status removeDurably(const std::filesystem::path& path)
{
    if (::unlink(path.c_str()) != 0) {
        if (errno == ENOENT)
            return {};
        return failWithErrno("cannot remove a file");
    }
    return syncFolder(path.parent_path());
}

Result<Bytes> readWhole(const std::filesystem::path& path, std::size_t sizeMax)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0)
        return failWithErrno("cannot open a file");
    Bytes bytes(sizeMax + 1);
    std::size_t size = 0;
    while (size < bytes.size()) {
        const ssize_t got = ::read(file.number(), bytes.data() + size, bytes.size() - size);
        if (got < 0 && errno != EINTR)
            return failWithErrno("cannot read a file");
        if (got == 0)
            break;
        if (got > 0)
            size += static_cast<std::size_t>(got);
    }
    if (size > sizeMax)
        return fail(Errc::LimitExceeded, "a file is larger than it can be");
    bytes.resize(size);
    return bytes;
}

}  // namespace teren::platform
