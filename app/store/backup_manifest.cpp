// SPDX-License-Identifier: EUPL-1.2
#include "app/store/backup_manifest.h"

#include "crypto/base/big_endian.h"
#include "crypto/sign/hash.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace teren::store {
namespace {

constexpr std::string_view kMagic{"teren backup\0\0\0\0", 16};
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kFixedSize = 64;
/// In front of and behind the name of a file.
constexpr std::size_t kEntrySize = 1 + 8 + sizeof(Hash);
constexpr std::size_t kTailSize = 2 * sizeof(Hash);
constexpr std::size_t kNameMax = 96;
constexpr std::string_view kAttachments{"attachments/"};
/// The year 10000 begins: in milliseconds since 1970 UTC.
constexpr std::uint64_t kMadeMax = 253'402'300'800'000;
/// No file is larger, and no sum of files runs over.
constexpr std::uint64_t kFileMax = std::uint64_t{1} << 48;

bool isPlain(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-' || c == '_';
}

std::uint64_t numberAt(ByteView file, std::size_t at)
{
    return getBigEndian<std::uint64_t>(file.subspan(at).first<8>());
}

}  // namespace

bool isBackedName(std::string_view name)
{
    if (name == "vault.header" || name == "vault.db" || name == "vault.db-fresh")
        return true;
    if (!name.starts_with(kAttachments) || name.size() > kNameMax)
        return false;
    const std::string_view own = name.substr(kAttachments.size());
    return !own.empty() && std::ranges::all_of(own, isPlain);
}

Bytes BackupManifest::body() const
{
    Bytes file(kFixedSize);
    const std::span all(file);
    std::ranges::copy(viewOf(kMagic), file.begin());
    putBigEndian(all.subspan<16, 4>(), kVersion);
    putBigEndian(all.subspan<20, 4>(), static_cast<std::uint32_t>(files.size()));
    putBigEndian(all.subspan<24, 8>(), static_cast<std::uint64_t>(made.time_since_epoch().count()));
    std::ranges::copy(vault.bytes, file.begin() + 32);
    for (const BackedFile& entry : files) {
        std::array<std::uint8_t, 8> size{};
        putBigEndian(std::span(size), entry.size);
        file.push_back(static_cast<std::uint8_t>(entry.name.size()));
        file.insert(file.end(), entry.name.begin(), entry.name.end());
        file.insert(file.end(), size.begin(), size.end());
        file.insert(file.end(), entry.hash.begin(), entry.hash.end());
    }
    const Hash checksum = blake2b({file});
    file.insert(file.end(), checksum.begin(), checksum.end());
    return file;
}

Bytes BackupManifest::toFile(const SecretKey& key) const
{
    Bytes file = body();
    const Hash mac = blake2bKeyed(key.reveal(), {file});
    file.insert(file.end(), mac.begin(), mac.end());
    return file;
}

Result<BackupManifest> BackupManifest::fromFile(ByteView file)
{
    if (file.size() < kFixedSize + kTailSize
        || !std::ranges::equal(file.first(kMagic.size()), viewOf(kMagic)))
        return fail(Errc::Damaged, "backup.manifest is not one");
    const ByteView checked = file.first(file.size() - kTailSize);
    if (!std::ranges::equal(blake2b({checked}), file.subspan(checked.size(), sizeof(Hash))))
        return fail(Errc::Damaged, "backup.manifest does not match its checksum");
    const auto version = getBigEndian<std::uint32_t>(file.subspan<16, 4>());
    if (version > kVersion)
        return fail(
            Errc::TooNew,
            "a newer version of this program wrote this backup (format " + std::to_string(version) + ")");
    BackupManifest manifest;
    TEREN_TRY(manifest.vault, VaultId::from(file.subspan(32, VaultId::kSize)));
    if (numberAt(file, 24) >= kMadeMax)
        return fail(Errc::Damaged, "backup.manifest gives a time that no clock shows");
    manifest.made = Instant(std::chrono::milliseconds(static_cast<std::int64_t>(numberAt(file, 24))));
    for (ByteView rest = checked.subspan(kFixedSize); !rest.empty();) {
        const std::size_t length = rest.front();
        if (rest.size() < kEntrySize + length)
            return fail(Errc::Damaged, "backup.manifest ends within an entry");
        BackedFile entry;
        entry.name = textOf(rest.subspan(1, length));
        entry.size = numberAt(rest, 1 + length);
        std::ranges::copy(rest.subspan(1 + length + 8, sizeof(Hash)), entry.hash.begin());
        const bool follows = manifest.files.empty() || manifest.files.back().name < entry.name;
        if (!follows || !isBackedName(entry.name) || entry.size > kFileMax)
            return fail(Errc::Damaged, "backup.manifest names a file that no backup has");
        manifest.files.push_back(std::move(entry));
        rest = rest.subspan(kEntrySize + length);
    }
    // Holds what no field of the class shows to its one right value.
    if (!std::ranges::equal(manifest.body(), file.first(file.size() - sizeof(Hash))))
        return fail(
            Errc::Damaged, "backup.manifest was changed from outside: it holds more than a list of files");
    for (const std::string_view name : {"vault.header", "vault.db", "vault.db-fresh"})
        if (manifest.find(name) == nullptr)
            return fail(Errc::Damaged, "backup.manifest does not name " + std::string(name));
    std::ranges::copy(file.last(sizeof(Hash)), manifest.mac_.begin());
    return manifest;
}

bool BackupManifest::isAuthentic(const SecretKey& key) const
{
    return equalInConstantTime(blake2bKeyed(key.reveal(), {body()}), mac_);
}

const BackedFile* BackupManifest::find(std::string_view name) const
{
    const auto found = std::ranges::lower_bound(files, name, {}, &BackedFile::name);
    return found != files.end() && found->name == name ? &*found : nullptr;
}

std::uint64_t BackupManifest::size() const
{
    return std::accumulate(
        files.begin(), files.end(), std::uint64_t{0},
        [](std::uint64_t sum, const auto& file) { return sum + file.size; });
}

}  // namespace teren::store
