// SPDX-License-Identifier: EUPL-1.2
#include "app/store/backup_files.h"

#include "crypto/sign/hash.h"

#include <algorithm>

namespace teren::store {
namespace {

constexpr std::size_t kPiece = std::size_t{256} << 10;

std::string megabytes(std::uint64_t bytes)
{
    return std::to_string((bytes + 999'999) / 1'000'000) + " MB";
}

}  // namespace

Result<BackedFile> readThrough(
    const std::filesystem::path& path, std::string name, platform::Files& files, Meter& meter,
    const std::function<Status(ByteView)>& take)
{
    TEREN_TRY(const std::unique_ptr<platform::InFile> in, files.open(path));
    BackedFile read{std::move(name), 0, {}};
    TEREN_TRY(read.size, in->size());
    Hasher hasher;
    Bytes piece(kPiece);
    for (std::uint64_t at = 0; at < read.size;) {
        const std::span part = std::span(piece).first(
            static_cast<std::size_t>(std::min<std::uint64_t>(read.size - at, kPiece)));
        TEREN_CHECK(in->readAt(at, part));
        hasher.add(part);
        if (take)
            TEREN_CHECK(take(part));
        TEREN_CHECK(meter.add(part.size()));
        at += part.size();
    }
    read.hash = hasher.finish();
    return read;
}

Result<BackedFile> copyFile(
    const std::filesystem::path& from, const std::filesystem::path& to, std::string name,
    platform::Files& files, Meter& meter)
{
    TEREN_TRY(const std::unique_ptr<platform::OutFile> out, files.create(to));
    TEREN_TRY(BackedFile copied, readThrough(from, std::move(name), files, meter, [&](ByteView part) {
                  return out->write(part);
              }));
    TEREN_CHECK(out->sync());
    return copied;
}

Result<CopiedAttachment> copyAttachment(
    const std::filesystem::path& from, const std::filesystem::path& to, const std::string& name,
    platform::Files& files, Meter& meter)
{
    const Result<BackedFile> copied = copyFile(from, to, name, files, meter);
    if (copied)
        return CopiedAttachment{.file = *copied, .lost = {}};
    if (meter.isStopped())
        return std::unexpected(copied.error());
    // What can be read is not to blame.
    Meter unheard({}, 0);
    const Result<BackedFile> read = readThrough(from, name, files, unheard, {});
    if (read)
        return std::unexpected(copied.error());
    TEREN_CHECK(files.remove(to));
    return CopiedAttachment{
        .file = {}, .lost = LostFile{name, read.error().code == Errc::NotFound, read.error().detail}};
}

Status checkRoom(const std::filesystem::path& on, std::uint64_t needed, platform::Files& files)
{
    TEREN_TRY(const std::uint64_t free, files.freeBytes(on));
    if (free < needed)
        return fail(
            Errc::DiskFull, "it needs " + megabytes(needed) + " and there are " + megabytes(free) + " free");
    return {};
}

bool isWithin(const std::filesystem::path& inner, const std::filesystem::path& outer)
{
    std::error_code ignored;
    const auto in = std::filesystem::weakly_canonical(inner, ignored);
    const auto out = std::filesystem::weakly_canonical(outer, ignored);
    return std::ranges::mismatch(out, in).in1 == out.end();
}

bool isPlainFile(const std::filesystem::path& path)
{
    std::error_code unknown;
    return std::filesystem::is_regular_file(std::filesystem::symlink_status(path, unknown));
}

bool isPlainFolder(const std::filesystem::path& path)
{
    std::error_code unknown;
    return std::filesystem::is_directory(std::filesystem::symlink_status(path, unknown));
}

}  // namespace teren::store
