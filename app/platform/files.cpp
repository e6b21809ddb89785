// SPDX-License-Identifier: EUPL-1.2
#include "app/platform/files.h"

#include "app/platform/durable_file.h"
#include "app/platform/posix_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>

namespace teren::platform {
namespace {

/// Tells apart what stands where a file should be, too.
std::unexpected<Error> failForName(std::string_view what)
{
    const int code = errno;
    std::unexpected<Error> failed = failWithErrno(what);
    if (code == EEXIST)
        failed.error().code = Errc::Refused;
    else if (code == ELOOP || code == EISDIR)
        failed.error().code = Errc::Damaged;
    return failed;
}

class SystemOutFile final : public OutFile {
public:
    explicit SystemOutFile(int descriptor) : file_(descriptor) {}
    Status write(ByteView bytes) override { return writeAll(file_, bytes); }
    Status sync() override { return syncFile(file_); }

private:
    Descriptor file_;
};

class SystemInFile final : public InFile {
public:
    explicit SystemInFile(int descriptor) : file_(descriptor) {}
    Result<std::uint64_t> size() override
    {
        struct stat found{};
        if (::fstat(file_.number(), &found) != 0)
            return failForName("cannot look at a file");
        if (!S_ISREG(found.st_mode))
            return fail(Errc::Damaged, "what should be a file is something else");
        return static_cast<std::uint64_t>(found.st_size);
    }
    Status readAt(std::uint64_t offset, std::span<std::uint8_t> out) override
    {
        while (!out.empty()) {
            const ssize_t got = ::pread(file_.number(), out.data(), out.size(), static_cast<off_t>(offset));
            if (got < 0 && errno != EINTR)
                return failForName("cannot read a file");
            if (got == 0)
                return fail(Errc::Damaged, "a file is shorter than it was");
            if (got > 0) {
                out = out.subspan(static_cast<std::size_t>(got));
                offset += static_cast<std::uint64_t>(got);
            }
        }
        return {};
    }

private:
    Descriptor file_;
};

class SystemFiles final : public Files {
public:
    Result<std::unique_ptr<OutFile>> create(const std::filesystem::path& path) override
    {
        const int made = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (made < 0)
            return failForName("cannot make a file");
        return std::make_unique<SystemOutFile>(made);
    }
    Result<std::unique_ptr<OutFile>> append(const std::filesystem::path& path) override
    {
        const int opened
            = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
        if (opened < 0)
            return failForName("cannot write on a file");
        auto file = std::make_unique<SystemOutFile>(opened);
        struct stat found{};
        if (::fstat(opened, &found) != 0 || !S_ISREG(found.st_mode))
            return fail(Errc::Damaged, "what should be a file is something else");
        return file;
    }
    Result<std::unique_ptr<InFile>> open(const std::filesystem::path& path) override
    {
        TEREN_TRY(const int opened, openPlain(path, O_RDONLY, "cannot open a file"));
        return std::make_unique<SystemInFile>(opened);
    }
    Status rename(const std::filesystem::path& from, const std::filesystem::path& to) override
    {
        return std::rename(from.c_str(), to.c_str()) == 0 ? Status() : failForName("cannot rename a file");
    }
    Status remove(const std::filesystem::path& path) override
    {
        if (::unlink(path.c_str()) != 0 && errno != ENOENT)
            return failForName("cannot remove a file");
        return {};
    }
    Status makeFolder(const std::filesystem::path& path) override
    {
        if (::mkdir(path.c_str(), 0700) == 0)
            return platform::syncFolder(path.parent_path());
        return errno == EEXIST ? Status() : failForName("cannot make a folder");
    }
    Status syncFolder(const std::filesystem::path& path) override { return platform::syncFolder(path); }
    Result<std::vector<std::string>> names(const std::filesystem::path& folder) override
    {
        std::vector<std::string> found;
        std::error_code failed;
        std::filesystem::directory_iterator entry(folder, failed);
        if (failed == std::errc::no_such_file_or_directory)
            return found;
        for (; !failed && entry != std::filesystem::directory_iterator(); entry.increment(failed))
            found.push_back(entry->path().filename().string());
        if (failed)
            return fail(Errc::Disk, "cannot read a folder: " + failed.message());
        std::ranges::sort(found);
        return found;
    }
    Result<std::uint64_t> freeBytes(const std::filesystem::path& folder) override
    {
        std::error_code failed;
        const std::filesystem::space_info room = std::filesystem::space(folder, failed);
        if (failed)
            return fail(Errc::Disk, "cannot tell the room on the disk: " + failed.message());
        return room.available;
    }
};

}  // namespace

Files& systemFiles()
{
    static SystemFiles files;
    return files;
}

}  // namespace teren::platform
