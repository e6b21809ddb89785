// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/platform/files.h"
#include "tests/support/files.h"

#include <unistd.h>

#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <set>

namespace teren::test {

/// Real files, of which any operation can fail, or be the last one before the power goes.
///
/// Every call that changes something is counted, from 1; a write is cut after half of its bytes. A power cut
/// is the end of the process, with `kPowerGone`: run it in a child. What had not been synced is lost first,
/// as far as `Loss` says: content of files, and names in folders.
class CutFiles final : public platform::Files {
public:
    static constexpr int kPowerGone = 77;

    enum class Loss {
        Nothing,  ///< As when the process is killed.
        Content,  ///< What was written since the last sync of a file reads as zeros.
        Names,    ///< What was made, renamed or removed since the last sync of the folder is undone.
        Everything,
    };

    explicit CutFiles(platform::Files& real = platform::systemFiles()) : real_(real) {}

    /// The operation `number` and all after it fail with `error`.
    void failFrom(int number, Errc error)
    {
        failFrom_ = number;
        failTo_ = std::numeric_limits<int>::max();
        error_ = error;
    }
    /// Only the operation `number` does: a disk without room lets things be removed.
    void failOnce(int number, Errc error)
    {
        failFrom(number, error);
        failTo_ = number;
    }
    void cutAt(int number, Loss loss)
    {
        cutAt_ = number;
        loss_ = loss;
    }
    void setRoom(std::uint64_t bytes) { room_ = bytes; }
    int operations() const { return operations_; }

    Result<std::unique_ptr<platform::OutFile>> create(const std::filesystem::path& path) override
    {
        TEREN_CHECK(next([] {}));
        TEREN_TRY(std::unique_ptr<platform::OutFile> file, real_.create(path));
        made_.push_back([path] { std::filesystem::remove(path); });
        unsynced_[path] = 0;
        return std::make_unique<CutOut>(*this, path, std::move(file));
    }
    Result<std::unique_ptr<platform::OutFile>> append(const std::filesystem::path& path) override
    {
        TEREN_CHECK(next([] {}));
        const bool isNew = !std::filesystem::exists(path);
        TEREN_TRY(std::unique_ptr<platform::OutFile> file, real_.append(path));
        if (isNew)
            made_.push_back([path] { std::filesystem::remove(path); });
        if (isNew)
            unsynced_[path] = 0;
        return std::make_unique<CutOut>(*this, path, std::move(file));
    }
    Result<std::unique_ptr<platform::InFile>> open(const std::filesystem::path& path) override
    {
        return real_.open(path);
    }
    Status rename(const std::filesystem::path& from, const std::filesystem::path& to) override
    {
        TEREN_CHECK(next([] {}));
        made_.push_back([from, to] { std::filesystem::rename(to, from); });
        if (const auto found = unsynced_.find(from); found != unsynced_.end()) {
            unsynced_[to] = found->second;
            unsynced_.erase(from);
        }
        return real_.rename(from, to);
    }
    Status remove(const std::filesystem::path& path) override
    {
        TEREN_CHECK(next([] {}));
        if (std::filesystem::exists(path))
            made_.push_back([path, bytes = readFile(path)] { writeFile(path, bytes); });
        return real_.remove(path);
    }
    Status makeFolder(const std::filesystem::path& path) override
    {
        TEREN_CHECK(next([] {}));
        return real_.makeFolder(path);
    }
    Status syncFolder(const std::filesystem::path& path) override
    {
        TEREN_CHECK(next([] {}));
        made_.clear();
        return real_.syncFolder(path);
    }
    Result<std::vector<std::string>> names(const std::filesystem::path& folder) override
    {
        return real_.names(folder);
    }
    Result<std::uint64_t> freeBytes(const std::filesystem::path& folder) override
    {
        return room_ ? *room_ : real_.freeBytes(folder);
    }

private:
    class CutOut final : public platform::OutFile {
    public:
        CutOut(CutFiles& files, std::filesystem::path path, std::unique_ptr<platform::OutFile> real)
            : files_(files),
              path_(std::move(path)),
              real_(std::move(real))
        {
        }
        Status write(ByteView bytes) override
        {
            TEREN_CHECK(files_.next([&] { (void)real_->write(bytes.first(bytes.size() / 2)); }));
            return real_->write(bytes);
        }
        Status sync() override
        {
            TEREN_CHECK(files_.next([] {}));
            TEREN_CHECK(real_->sync());
            files_.unsynced_.erase(path_);
            return {};
        }

    private:
        CutFiles& files_;
        std::filesystem::path path_;
        std::unique_ptr<platform::OutFile> real_;
    };

    Status next(const std::function<void()>& half)
    {
        ++operations_;
        if (operations_ == cutAt_) {
            half();
            lose();
            ::_exit(kPowerGone);
        }
        if (failFrom_ != 0 && operations_ >= failFrom_ && operations_ <= failTo_) {
            if (operations_ == failFrom_)
                half();
            return fail(error_, "a disk that fails");
        }
        return {};
    }
    void lose()
    {
        if (loss_ == Loss::Content || loss_ == Loss::Everything)
            for (const auto& [path, synced] : unsynced_)
                if (std::filesystem::exists(path)) {
                    Bytes bytes = readFile(path);
                    std::ranges::fill(std::span(bytes).subspan(synced), std::uint8_t{0});
                    writeFile(path, bytes);
                }
        if (loss_ == Loss::Names || loss_ == Loss::Everything)
            for (auto undo = made_.rbegin(); undo != made_.rend(); ++undo)
                (*undo)();
    }

    platform::Files& real_;
    int operations_ = 0;
    int failFrom_ = 0;
    int failTo_ = 0;
    Errc error_ = Errc::Disk;
    int cutAt_ = 0;
    Loss loss_ = Loss::Nothing;
    std::optional<std::uint64_t> room_;
    std::map<std::filesystem::path, std::size_t> unsynced_;
    std::vector<std::function<void()>> made_;  ///< How to undo what was done to names since the last sync.
};

}  // namespace teren::test
