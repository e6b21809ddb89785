// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/platform/files.h"

#include <limits>
#include <set>

namespace teren::test {

/// The files of the system, of which one call that changes something fails, and all after it: a disk that is
/// full or gone. It notes what was done, in its order.
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

    enum class Did { Create, Write, Sync, Rename, Remove, MakeFolder, SyncFolder };
    struct Event {
        Did did;
        std::filesystem::path path;  ///< Of a renaming: the former.
    };
    /// All that was asked for and did not fail.
    const std::vector<Event>& events() const { return events_; }
    /// What has a name, or content, that the power may take back: no sync of it, or of its folder, follows
    /// the latest change.
    std::set<std::filesystem::path> unsynced() const
    {
        std::set<std::filesystem::path> left;
        for (const auto& [did, path] : events_) {
            if (did == Did::Sync || did == Did::SyncFolder)
                left.erase(path);
            else if (did == Did::Write)
                left.insert(path);
            else
                left.insert(path.parent_path());
            if (did == Did::MakeFolder)
                left.erase(path.parent_path());
            if (did == Did::Create)
                left.insert(path);
        }
        return left;
    }

    Result<std::unique_ptr<platform::OutFile>> create(const std::filesystem::path& path) override
    {
        TEREN_CHECK(step());
        TEREN_TRY(std::unique_ptr<platform::OutFile> file, files_.create(path));
        note(Did::Create, path);
        return std::make_unique<Out>(std::move(file), *this, path);
    }
    Result<std::unique_ptr<platform::OutFile>> append(const std::filesystem::path& path) override
    {
        TEREN_CHECK(step());
        TEREN_TRY(std::unique_ptr<platform::OutFile> file, files_.append(path));
        return std::make_unique<Out>(std::move(file), *this, path);
    }
    Result<std::unique_ptr<platform::InFile>> open(const std::filesystem::path& path) override
    {
        return files_.open(path);
    }
    Status rename(const std::filesystem::path& from, const std::filesystem::path& to) override
    {
        TEREN_CHECK(step());
        note(Did::Rename, from);
        return files_.rename(from, to);
    }
    Status remove(const std::filesystem::path& path) override
    {
        TEREN_CHECK(step());
        note(Did::Remove, path);
        return files_.remove(path);
    }
    Status makeFolder(const std::filesystem::path& path) override
    {
        TEREN_CHECK(step());
        note(Did::MakeFolder, path);
        return files_.makeFolder(path);
    }
    Status syncFolder(const std::filesystem::path& path) override
    {
        TEREN_CHECK(step());
        note(Did::SyncFolder, path);
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
        Out(std::unique_ptr<platform::OutFile> file, FailingFiles& all, std::filesystem::path path)
            : file_(std::move(file)),
              all_(all),
              path_(std::move(path))
        {
        }
        Status write(ByteView bytes) override
        {
            // As a full disk does: the first part of it arrives.
            if (const Status can = all_.step(); !can) {
                (void)file_->write(bytes.first(bytes.size() / 2));
                return can;
            }
            all_.note(Did::Write, path_);
            return file_->write(bytes);
        }
        Status sync() override
        {
            TEREN_CHECK(all_.step());
            all_.note(Did::Sync, path_);
            return file_->sync();
        }

    private:
        std::unique_ptr<platform::OutFile> file_;
        FailingFiles& all_;
        std::filesystem::path path_;
    };

    void note(Did did, const std::filesystem::path& path) { events_.push_back({did, path}); }

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
    std::vector<Event> events_;
};

}  // namespace teren::test
