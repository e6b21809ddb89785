// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/carrier/bundle.h"
#include "sync/server/peer_machine.h"
#include "sync/server/sqlite_blobs.h"
#include "sync/server/sqlite_store.h"
#include "tests/sim/trace.h"
#include "tests/support/network.h"

#include <functional>
#include <map>
#include <set>

namespace teren::sim {

/// The real store, in memory, and a real `PeerMachine` for each line. A restart loses what a process loses.
class SimServer {
public:
    /// @param lagMax  How long a message may lie before it is worked on; read whenever one arrives.
    SimServer(
        test::Scheduler& scheduler, test::SeededRandom& random, const std::chrono::milliseconds& lagMax,
        Trace& trace);

    server::ServerStore& store() { return *store_; }
    bool isRunning() const { return hub_ != nullptr; }
    /// All that it keeps.
    struct Image {
        std::unique_ptr<sql::Database> store;
        std::unique_ptr<sql::Database> blobs;
    };
    /// As it is now; `putBack` makes it what is served. Only while stopped.
    Image image();
    void putBack(const Image& image);
    /// From here on it keeps attachments. Only while stopped.
    void carryBlobs();
    /// Urgent cases come first from here on, however little there is to bring. Before anybody is connected.
    void bringUrgent();
    /// Pages with entries ahead of the log's order; and how often somebody came who had some of them.
    unsigned ahead() const { return ahead_; }
    unsigned resumed() const { return resumed_; }
    /// Nothing more can be written on its disk; or it can again.
    void setFull(bool full);
    bool isFull() const { return isFull_; }
    /// Keys to come are made, or those shown again that were; `switchKeys` makes the server use them. Only
    /// the latter needs it stopped.
    Result<ledger::ServerOffer> beginKeyChange(RandomSource& random, Instant from);
    bool hasNextKeys() const;
    Status switchKeys();
    /// A carrier brings a bundle, and waits for the reply.
    /// @param patience  After so many messages the line breaks.
    /// @return none if there was no reply.
    std::optional<carrier::Reply> serve(const carrier::Bundle& bundle, std::size_t patience);
    /// What is on its disk, as a thief would have it.
    Bytes disk();
    /// Whom it lets connect, by name; everybody if empty.
    std::function<bool(const std::string& device)> admits;
    void start();
    /// Every line is lost without a word.
    void stop();
    /// @param name  Of the device, for the trace.
    void take(std::string name, const std::shared_ptr<test::Line>& line, const Hash& exporter);

    /// What a server must never do, as sentences.
    const std::vector<std::string>& problems() const { return problems_; }

private:
    struct Peer {
        std::string name;
        std::shared_ptr<test::Line> line;
        std::unique_ptr<server::PeerMachine> machine;
        bool isPlanned = false;
    };

    void heard(std::uint64_t id, const Bytes& frame);
    void lost(std::uint64_t id);
    /// What a driver does when no message is at hand: commits, then pages one at a time, then news.
    void pump(std::uint64_t id);
    void plan(std::uint64_t id);
    void planAll();
    void perform(std::uint64_t id, const server::PeerMachine::Output& output);
    void noteFailure(const Error& failure);
    void checkReceipt(const wire::Receipt& receipt);
    void countAhead(const Peer& peer, const wire::ToClient& message);
    void countResumed(const Peer& peer, const wire::ToServer& message);

    test::Scheduler& scheduler_;
    test::SeededRandom& random_;
    const std::chrono::milliseconds& lagMax_;
    Trace& trace_;
    void keep(sql::Database database);
    void keepBlobs(sql::Database database);
    void fill();

    sqlite3* handle_ = nullptr;  ///< Of the store's database.
    sqlite3* blobs_ = nullptr;   ///< Of the attachments' database, if there is one.
    bool isFull_ = false;
    std::uint64_t urgentFrom_ = server::Hub::kUrgentFrom;
    unsigned ahead_ = 0;
    unsigned resumed_ = 0;
    std::unique_ptr<server::SqliteStore> store_;
    std::unique_ptr<server::Hub> hub_;
    std::map<std::uint64_t, Peer> peers_;
    std::uint64_t nextId_ = 1;
    bool lookPlanned_ = false;
    std::vector<std::string> problems_;
};

}  // namespace teren::sim
