// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/delivery.h"
#include "app/service/office.h"

namespace teren::service {

struct DeliveryStatementReport {
    std::uint64_t proven = 0;  ///< Changes that a receipt in it proves.
    std::uint64_t total = 0;   ///< Changes made on this device in the case.
    std::string code;          ///< As printed in it.
};
/// Writes into a new text file what this device recorded in one case, when, what of it the server has
/// confirmed, and on whose devices it is: to be printed, and for anybody to check. It holds no content of the
/// case.
/// @return `NotFound` for a case that is not here, `Refused` without a workspace or if `path` exists, `Disk`,
/// `DiskFull`, `LimitExceeded`.
Result<DeliveryStatementReport> exportDelivery(
    Office& office, const CaseId& caseId, Language language, const std::filesystem::path& path);

/// What such a file proves, and what the device in it says besides.
struct DeliveryCheck {
    struct Entry {
        std::uint64_t number = 0;   ///< In the server's log.
        std::uint64_t changes = 0;  ///< Proven.
        Instant confirmed{};        ///< Proven: the server had it by then, by its clock.
        Instant first{};            ///< As the device says, and so is what follows.
        Instant last{};
        std::string what;
    };
    std::string workspace;                  ///< 64 hex digits.
    std::vector<std::string> fingerprints;  ///< Of the server's keys that have signed the receipts.
    std::string device;                     ///< Its id, hex.
    std::string caseId;                     ///< Hex.
    std::string code;
    std::vector<Entry> entries;
    std::string person;  ///< As the device says, and so is what follows.
    std::string label;
    std::string number;
    Instant made{};
    std::uint64_t seen = 0;
    std::uint64_t unsent = 0;
    std::optional<Instant> refused;  ///< When the server refused the device, if it did at its last contact.
    std::vector<HolderView> holders;

    std::uint64_t proven() const;
};
/// Verifies such a file: that its text is the one that its block makes, to the last character, and all that
/// is signed in it. Needs no profile.
/// @param fingerprints  Of the server, 64 hex digits each, as its operator reads them out; with any given,
/// every receipt must be signed by one of them. Without, the caller compares.
/// @return `Forged` if anything does not hold, `Malformed` for another file, `Invalid` for a fingerprint that
/// cannot be read, `TooNew`.
Result<DeliveryCheck> checkDeliveryFile(
    const std::filesystem::path& path, platform::Files& files, const std::vector<std::string>& fingerprints);

}  // namespace teren::service
