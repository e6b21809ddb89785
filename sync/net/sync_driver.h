// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/engine/client_machine.h"
#include "sync/net/address.h"
#include "sync/net/tls.h"

#include <functional>
#include <memory>

namespace teren::net {

/// Where a workspace's server is and which TLS key it has.
struct Server {
    Address address;
    VerifyKey tlsKey{};
    std::vector<VerifyKey> older = {};  ///< That count beside it for a while.

    KeyPin pin() const
    {
        std::vector<VerifyKey> keys{tlsKey};
        keys.insert(keys.end(), older.begin(), older.end());
        return keys;
    }
};
/// @param keys  Of the server, at least one, newest first.
inline Server serverWith(Address address, std::span<const ledger::ServerKeyPair> keys)
{
    Server server{std::move(address), keys.front().tls, {}};
    for (const ledger::ServerKeyPair& pair : keys.subspan(1))
        server.older.push_back(pair.tls);
    return server;
}

/// One session, or one exchange of a watch, as counted.
struct SyncReport {
    engine::SessionCounts counts;
    engine::FreightCounts freight;
    std::optional<Error> freightTrouble;  ///< With some blob; what was exchanged of records is not touched.
    std::uint64_t bytesSent = 0;          ///< Of the socket, TLS included.
    std::uint64_t bytesReceived = 0;
    std::uint64_t messagesSent = 0;  ///< Bytes of the messages with their lengths, before TLS.
    std::uint64_t messagesReceived = 0;
    /// A person ended it before all was exchanged; `progress` tells how far it had come.
    bool isCancelled = false;
    engine::Progress progress;
};

/// Performs a client machine's actions on real connections.
///
/// Its calls run everything, the machine and its replica included, on the calling thread. One call at a time.
/// A failed session is a value; nothing it had stored is lost.
class SyncDriver {
public:
    /// @param machine, clock  Outlive this object.
    SyncDriver(Server server, engine::ClientMachine& machine, const Clock& clock);
    ~SyncDriver();
    SyncDriver(const SyncDriver&) = delete;
    SyncDriver& operator=(const SyncDriver&) = delete;

    /// One session, from connecting to "nothing more to exchange".
    /// @return `Forged` for a server with another key, `Unreachable`, or why the machine gave up.
    Result<SyncReport> runOnce();

    /// The same in slices, for a thread that has other work: `begin`, `advance` until it is over, `result`.
    void begin();
    /// Goes on for about `slice`. @return whether the session is over.
    bool advance(std::chrono::milliseconds slice);
    Result<SyncReport> result() const;
    /// Something was saved here while a session in slices is under way: it goes out before anything else.
    void localChange();
    engine::Progress progress() const;
    /// Ends a session in slices at once, as a report and not as a failure. What was confirmed, and what has
    /// come, stays; of what was half-way, the next session goes on where this one ended.
    void cancel();

    struct Watch {
        /// Asked several times a second; true ends the watch.
        std::function<bool()> stop;
        /// Called whenever the machine has settled after exchanging something, with what was exchanged since
        /// the last time, and when a session has failed.
        std::function<void(const Result<SyncReport>&)> reported;
        /// Called several times a second, on the same thread: the place for work on the replica. True if
        /// something was saved that is to be sent. May be empty.
        std::function<bool()> idle;
        /// "Sync now". Asked with `stop`. May be empty.
        std::function<bool()> hurry;
    };
    /// Stays in contact, with retries as the machine says, until `stop`. The session is then closed.
    void watch(const Watch& watch);

private:
    class Line;
    std::unique_ptr<Line> line_;
};

}  // namespace teren::net
