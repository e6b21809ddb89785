// SPDX-License-Identifier: EUPL-1.2
#include "app/platform/durable_file.h"

#include "app/platform/posix_file.h"

#include <fcntl.h>
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
    // What a power cut left, or somebody put there: never written into, it may have other names.
    TEREN_CHECK(checkPlain(path));
    TEREN_CHECK(checkPlain(fresh));
    if (::unlink(fresh.c_str()) != 0 && errno != ENOENT)
        return failWithErrno("cannot remove a file");
    {
        TEREN_TRY(const int made, openPlain(fresh, O_WRONLY | O_CREAT | O_EXCL, "cannot make a file"));
        const Descriptor file(made);
        TEREN_CHECK(writeAll(file, bytes));
        TEREN_CHECK(syncFile(file));
    }
    if (::rename(fresh.c_str(), path.c_str()) != 0)
        return failWithErrno("cannot rename a file");
    return syncFolder(path.parent_path());
}

Status removeDurably(const std::filesystem::path& path)
{
    TEREN_CHECK(checkPlain(path));
    if (::unlink(path.c_str()) != 0) {
        if (errno == ENOENT)
            return {};
        return failWithErrno("cannot remove a file");
    }
    return syncFolder(path.parent_path());
}

Result<Bytes> readWhole(const std::filesystem::path& path, std::size_t sizeMax)
{
    TEREN_TRY(const int opened, openPlain(path, O_RDONLY, "cannot open a file"));
    const Descriptor file(opened);
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
