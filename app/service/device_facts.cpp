// SPDX-License-Identifier: EUPL-1.2
#include "app/service/device_facts.h"

#include "app/service/office_parts.h"

#include <algorithm>

namespace teren::service {
namespace {

constexpr const char* kBackupKey = "backup.last";
constexpr const char* kRecoveryCodeKey = "recovery.made";

/// A moment in the vault: milliseconds since 1970, 8 bytes, big-endian.
Status note(Office& office, const char* key)
{
    Office::Parts& parts = office.parts();
    const auto now = static_cast<std::uint64_t>(parts.around.clock.now().time_since_epoch().count());
    Bytes bytes;
    for (int shift = 56; shift >= 0; shift -= 8)
        bytes.push_back(static_cast<std::uint8_t>(now >> shift));
    return parts.settings.put(key, bytes);
}

Result<std::optional<Instant>> noted(Office& office, const char* key)
{
    TEREN_TRY(const std::optional<Bytes> bytes, office.parts().settings.get(key));
    if (!bytes || bytes->size() != 8)
        return std::optional<Instant>();
    std::uint64_t count = 0;
    for (const std::uint8_t byte : *bytes)
        count = count << 8 | byte;
    return std::optional(Instant(std::chrono::milliseconds(static_cast<std::int64_t>(count))));
}

/// The files of the vault stand in its folder, attachments in folders below it.
void weigh(const std::filesystem::path& folder, DeviceFacts& facts)
{
    std::error_code failed;
    std::filesystem::recursive_directory_iterator entry(folder, failed);
    for (; !failed && entry != std::filesystem::recursive_directory_iterator(); entry.increment(failed)) {
        std::error_code ignored;
        if (!entry->is_regular_file(ignored))
            continue;
        const std::uintmax_t size = entry->file_size(ignored);
        if (ignored)
            continue;
        facts.bytes += size;
        if (entry.depth() == 0)
            continue;
        facts.attachmentBytes += size;
    }
}

}  // namespace

Result<DeviceFacts> deviceFacts(Office& office)
{
    DeviceFacts facts;
    if (office.hasWorkspace()) {
        TEREN_TRY(const auto counts, office.parts().store->caseRecordCounts("case"));
        facts.cases = counts.ofType;
        facts.records = counts.all - counts.ofType;
        TEREN_TRY(const SyncStatus status, office.syncStatus());
        facts.unsent = status.unsent;
        facts.lastContact = status.lastContact;
        TEREN_TRY(const auto files, office.parts().attachments().files());
        facts.attachments = static_cast<std::uint64_t>(std::ranges::count(
            files, AttachmentPart::Content, [](const auto& file) { return file.binding.part; }));
    }
    TEREN_TRY(const std::vector<std::string> drafts, office.parts().settings.keysWithPrefix("draft/"));
    facts.drafts = drafts.size();
    TEREN_TRY(facts.lastBackup, noted(office, kBackupKey));
    TEREN_TRY(facts.recoveryCodeMade, noted(office, kRecoveryCodeKey));
    facts.ways = waysIn(office);
    weigh(office.parts().vault->folder(), facts);
    return facts;
}

std::vector<Alarm> alarms(Office& office)
{
    const store::Vault::Glance seen = office.parts().vault->glance();
    if (seen.isGone)
        return {{Alarm::Kind::Gone, "vault.db is no longer where it was opened"}};
    std::vector<Alarm> found;
    if (!seen.headerSound)
        found.push_back({Alarm::Kind::Header, "vault.header: not what this program wrote"});
    for (const std::string& finding : seen.findings)
        found.push_back({Alarm::Kind::Damaged, finding});
    for (const std::string& name : seen.strangers)
        found.push_back({Alarm::Kind::Stranger, "a file that is not part of the profile: " + name});
    return found;
}

Status noteBackup(Office& office)
{
    return note(office, kBackupKey);
}

Status noteRecoveryCode(Office& office)
{
    return note(office, kRecoveryCodeKey);
}

}  // namespace teren::service
