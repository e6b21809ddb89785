// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/office.h"
#include "app/service/sync_report.h"

#include <functional>
#include <memory>

namespace teren::service {

/// One session with the server, from connecting to "nothing more to exchange", in slices: the thread that
/// owns the office can save and read between them, so nobody ever waits for a network.
///
/// Errors of a session: `Unreachable`; `Refused` (not admitted, removed); `Forged` or `Damaged` if the server
/// is not the one of the workspace, went back or forked. Whatever was exchanged before stays; nothing is lost
/// either way.
class SyncSession {
public:
    /// @param office  Has a workspace; outlives this object. One session at a time.
    explicit SyncSession(Office& office);
    ~SyncSession();
    SyncSession(const SyncSession&) = delete;
    SyncSession& operator=(const SyncSession&) = delete;

    /// What was saved since the last call goes out before anything else; files of attachments wait for it.
    /// Goes on for about `slice`, or less if it ends. @return whether it is over.
    bool advance(std::chrono::milliseconds slice);
    SyncProgress progress() const;
    /// Ends it at once; `finish` then gives a report that says so. Nothing is lost, and what was half-way
    /// goes on with the next session where it ended.
    void cancel();
    /// After it is over: how it went. Also notes the server's state for `Office::syncStatus`.
    Result<SyncReport> finish();

    /// Stays in contact: sessions, retries with backoff, until `stop` says so; blocks meanwhile.
    /// @param reported  Called after each exchange, with its report or why it failed.
    /// @param stop      Asked several times a second.
    /// @param meanwhile  Called as often: the place for work on the office; what it saves goes out at once.
    static Status watch(
        Office& office, const std::function<void(const Result<SyncReport>&)>& reported,
        const std::function<bool()>& stop, const std::function<void()>& meanwhile = {});

private:
    class Parts;
    std::unique_ptr<Parts> parts_;
};

/// A whole session; blocks meanwhile.
Result<SyncReport> syncOnce(Office& office);

/// A person has found out what is behind a device that has seen another log, or says so: until it claims
/// something new that does not hold, sessions end well again. What was told of it stays told.
/// @param device  32 hex digits, as the failed session names it, or its label, as the notice does.
/// @return `Invalid` for what is no such id, `NotFound` if nothing of that device is disputed here.
Status acceptSplit(Office& office, const std::string& device);

}  // namespace teren::service
