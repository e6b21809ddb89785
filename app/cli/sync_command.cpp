// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/sync_command.h"

#include <csignal>
#include <iostream>

#include <unistd.h>

namespace teren::cli {
namespace {

constexpr std::chrono::milliseconds kSlice{200};

// Set by a signal. The one thing a signal handler may touch.
volatile std::sig_atomic_t isStopped = 0;  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)

std::string kilobytes(std::uint64_t bytes)
{
    return std::to_string((bytes + 999) / 1'000);
}

void addLeg(std::string& line, const char* what, const service::SyncProgress::Leg& leg)
{
    if (leg.total == 0)
        return;
    line += line.empty() ? "" : ", ";
    line += what + (" " + kilobytes(leg.done)) + " of " + kilobytes(leg.total) + " kB";
}

/// Each line in the place of the one before on a terminal, else below it.
class Teller {
public:
    explicit Teller(bool always) : isTerminal_(isatty(STDERR_FILENO) != 0), isTelling_(isTerminal_ || always)
    {
    }

    void tell(const service::SyncProgress& progress)
    {
        std::string line = isTelling_ ? lineFor(progress) : std::string();
        if (line.empty() || line == last_)
            return;
        std::cerr << (isTerminal_ ? "\r\x1b[K" : "") << line << (isTerminal_ ? "" : "\n") << std::flush;
        last_ = std::move(line);
    }
    void end()
    {
        if (isTerminal_ && !last_.empty())
            std::cerr << "\r\x1b[K" << std::flush;
    }

private:
    bool isTerminal_;
    bool isTelling_;
    std::string last_;
};

}  // namespace

std::string lineFor(const service::SyncProgress& progress)
{
    std::string line;
    addLeg(line, "sent", progress.sent);
    addLeg(line, "received", progress.received);
    addLeg(line, "attachments sent", progress.filesSent);
    addLeg(line, "attachments received", progress.filesReceived);
    if (!line.empty() && progress.timeLeft)
        line += ", about " + std::to_string(progress.timeLeft->count()) + " s left";
    return line;
}

Result<service::SyncReport> syncTelling(service::Office& office, bool always)
{
    Teller teller(always);
    isStopped = 0;
    const auto before = std::signal(SIGINT, [](int) { isStopped = 1; });
    service::SyncSession session(office);
    while (!session.advance(kSlice)) {
        teller.tell(session.progress());
        if (isStopped != 0)
            session.cancel();
    }
    std::signal(SIGINT, before);
    teller.end();
    TEREN_TRY(service::SyncReport report, session.finish());
    if (!report.isCancelled)
        return report;
    const std::string line = lineFor(report.progress);
    return fail(
        Errc::Unreachable,
        "sync was stopped" + (line.empty() ? std::string() : " (" + line + ")")
            + "; what was confirmed stays so, and the next sync goes on where this one ended");
}

}  // namespace teren::cli
