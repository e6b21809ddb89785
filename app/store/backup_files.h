// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/backup.h"

// What writing, checking and restoring backups share; included by those files alone.
namespace teren::store {

inline constexpr std::string_view kAttachments{"attachments"};
/// For the freshness file, the list, and what a file system itself takes.
inline constexpr std::uint64_t kSpareBytes = std::uint64_t{2} << 20;

/// Counts bytes, tells of them, and says when to stop.
class Meter {
public:
    Meter(Progress tell, std::uint64_t total) : tell_(std::move(tell)), total_(total) {}

    Status add(std::uint64_t bytes)
    {
        done_ += bytes;
        isStopped_ = tell_ && !tell_(done_, total_);
        return isStopped_ ? fail(Errc::Refused, "stopped as asked") : Status();
    }
    bool isStopped() const { return isStopped_; }

private:
    Progress tell_;
    std::uint64_t total_;
    std::uint64_t done_ = 0;
    bool isStopped_ = false;
};

/// Passes a file on, piece by piece, and returns what it was. `take` may be empty.
Result<BackedFile> readThrough(
    const std::filesystem::path& path, std::string name, platform::Files& files, Meter& meter,
    const std::function<Status(ByteView)>& take);

/// Copies a file, durably but for its name.
Result<BackedFile> copyFile(
    const std::filesystem::path& from, const std::filesystem::path& to, std::string name,
    platform::Files& files, Meter& meter);

/// What became of an attachment's file: a copy of whatever its bytes are, or nothing to copy.
struct CopiedAttachment {
    std::optional<BackedFile> file;
    std::optional<LostFile> lost;
};
/// @return an error only if the copy could not be written, or was stopped.
Result<CopiedAttachment> copyAttachment(
    const std::filesystem::path& from, const std::filesystem::path& to, const std::string& name,
    platform::Files& files, Meter& meter);

Status checkRoom(const std::filesystem::path& on, std::uint64_t needed, platform::Files& files);
bool isWithin(const std::filesystem::path& inner, const std::filesystem::path& outer);
/// Not through a link, and no pipe that would be waited for.
bool isPlainFile(const std::filesystem::path& path);
/// Not through a link.
bool isPlainFolder(const std::filesystem::path& path);

}  // namespace teren::store
