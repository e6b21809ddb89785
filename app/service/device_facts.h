// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/office.h"
#include "app/service/profile.h"

namespace teren::service {

/// What of a profile lies on this device: for its owner, and for whoever has to tell what a lost device held.
struct DeviceFacts {
    std::uint64_t cases = 0;
    std::uint64_t records = 0;      ///< Living ones, of all cases.
    std::uint64_t attachments = 0;  ///< Whose content is on this device.
    std::uint64_t attachmentBytes = 0;
    std::uint64_t drafts = 0;  ///< Forms that were begun and not saved.
    std::uint64_t bytes = 0;   ///< Of all files of the profile.
    std::uint64_t unsent = 0;
    std::optional<Instant> lastContact;
    std::optional<Instant> lastBackup;
    std::optional<Instant> recoveryCodeMade;
    std::vector<WayIn> ways;
};

/// Something wrong with the files of the profile that is open, seen at a glance.
struct Alarm {
    enum class Kind {
        Gone,      ///< The folder is no longer there: what is written is not kept.
        Header,    ///< The file that holds the ways in is not the one that this program wrote.
        Damaged,   ///< Something of the database was older than it should be, or changed, and was noticed.
        Stranger,  ///< A file that does not belong there.
    };
    Kind kind = Kind::Damaged;
    std::string detail;  ///< An English sentence for an operator.
};
/// Reads the header and the names in the folder. Empty if nothing is wrong that is seen so.
std::vector<Alarm> alarms(Office& office);

/// Counts, and reads no case. @return what the vault returns.
Result<DeviceFacts> deviceFacts(Office& office);

/// Notes the moment, for `deviceFacts`.
Status noteBackup(Office& office);
Status noteRecoveryCode(Office& office);

}  // namespace teren::service
