// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/platform/files.h"

#include <limits>

namespace teren::test {

/// The files of the system, of which one call that changes something fails, and all after it: a disk that is
/// full or gone.
class FailingFiles final : public platform::Files {
public:
    explicit FailingFiles(
        std::size_t failAt = std::numeric_limits<std::size_t>::max(), Errc code = Errc::Disk)
        : left_(failAt),
          code_(code)
    {
    }

    /// What the disk says it has free.
    std::uint64_t room = std::uint64_t{1} << 40;

    Result<std::unique_ptr<platform::OutFile>> create(const std::filesystem::path& path) override
    {
        TEREN_CHECK(step());
        TEREN_TRY(std::unique_ptr<platform::OutFile> file, files_.create(path));
        return std::make_unique<Out>(std::move(file), *this);
    }
    Result<std::unique_ptr<platform::InFile>> open(const std::filesystem::path& path) override
    {
        return files_.open(path);
    }
    Status rename(const std::filesystem::path& from, const std::filesystem::path& to) override
    {
        TEREN_CHECK(step());
        return files_.rename(from, to);
    }
    Status remove(const std::filesystem::path& path) override
    {
        TEREN_CHECK(step());
        return files_.remove(path);
    }
    Status makeFolder(const std::filesystem::path& path) override
    {
        TEREN_CHECK(step());
        return files_.makeFolder(path);
    }
    Status syncFolder(const std::filesystem::path& path) override
    {
        TEREN_CHECK(step());
        return files_.syncFolder(path);
    }
    Result<std::vector<std::string>> names(const std::filesystem::path& folder) override
    {
        return files_.names(folder);
    }
    Result<std::uint64_t> freeBytes(const std::filesystem::path&) override { return room; }

private:
    class Out final : public platform::OutFile {
    public:
        Out(std::unique_ptr<platform::OutFile> file, FailingFiles& all) : file_(std::move(file)), all_(all) {}
        Status write(ByteView bytes) override
        {
            // As a full disk does: the first part of it arrives.
            if (const Status can = all_.step(); !can) {
                (void)file_->write(bytes.first(bytes.size() / 2));
                return can;
            }
            return file_->write(bytes);
        }
        Status sync() override
        {
            TEREN_CHECK(all_.step());
            return file_->sync();
        }

    private:
        std::unique_ptr<platform::OutFile> file_;
        FailingFiles& all_;
    };

    Status step()
    {
        if (left_ == 0)
            return fail(code_, "the disk fails");
        --left_;
        return {};
    }

    platform::Files& files_ = platform::systemFiles();
    std::size_t left_;
    Errc code_;
};

}  // namespace teren::test
