// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/eviction.h"

namespace teren::service {

/// A colleague's device that may read what was written here.
struct HolderView {
    std::string id;                 ///< The device's identifier, hex.
    std::string person;             ///< Empty while the name is not known.
    std::string device;             ///< For example "AS-1"; the beginning of `id` while it has no name here.
    std::uint64_t applied = 0;      ///< Of the changes made here: that device says that it has them.
    std::uint64_t of = 0;           ///< Changes made here that it may read.
    std::optional<Instant> stated;  ///< When it said so last, by its own clock.
    std::optional<Instant> lacksSince;  ///< When the oldest change that it lacks was made.

    bool hasAll() const { return applied == of; }
};

/// What became of the work of this device: unsent, sent, confirmed, applied by whom. Of one case, or of all.
struct DeliveryView {
    std::optional<CaseId> caseId;
    std::string number;           ///< Of the case.
    std::uint64_t total = 0;      ///< Changes made on this device: `unsent` + `confirmed`.
    std::uint64_t unsent = 0;     ///< Without the server's receipt. Those below are among them.
    std::uint64_t sent = 0;       ///< Handed to the server or to a carrier, no receipt yet.
    std::uint64_t lost = 0;       ///< Confirmed once; the server was put back since and has them no more.
    std::uint64_t confirmed = 0;  ///< Proven to be in the log that the server shows now.
    std::uint64_t away = 0;       ///< Of `confirmed`: in cases that were removed from here to save room.
    std::vector<EvictedCase> lostAway;        ///< Of all: removed from here, and the server has lost of them.
    std::optional<Instant> confirmedAt;       ///< The newest receipt, by the server's clock.
    std::optional<Instant> unsentSince;       ///< By this device's clock; never ahead of it.
    bool overdue = false;                     ///< That is more than `limits::kUnsentAlarm` ago.
    std::optional<std::uint64_t> lastNumber;  ///< In the server's log.
    std::vector<HolderView> holders;          ///< By person, then device.
    std::optional<ServerRefusal> refusal;     ///< As `SyncStatus::serverRefusal`.
};

/// Whether work has been without a receipt for so long that people must be told.
bool isOverdue(const std::optional<Instant>& unsentSince, Instant now);

/// Of one case, or of everything written here. Local: needs no network.
/// @return `NotFound` for a case that is not on this device; `Refused` without a workspace.
Result<DeliveryView> deliveryOf(Office& office, const std::optional<CaseId>& caseId = {});
/// One for each case in which something was written here, by number.
Result<std::vector<DeliveryView>> deliveriesByCase(Office& office);

enum class Language : std::uint8_t { Polish, English };

/// How times are written: whole, and the day alone.
struct TimeWords {
    std::function<std::string(Instant)> time;
    std::function<std::string(Instant)> day;
};
/// In UTC, saying so: for paper and terminals.
TimeWords utcWords();

/// "Confirmed by the server: 3 of 3, last 2026-11-23 14:02 UTC; received and applied by the
/// devices of Anna Sowa (AS-1); not yet by Jan Kot (JK-1), since 2026-11-03". A device that has received it
/// may have removed the case since, to save room.
std::string inWords(const DeliveryView& delivery, Language language, const TimeWords& words);

}  // namespace teren::service
