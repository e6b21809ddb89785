// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/interner.h"
#include "app/store/workspace_store.h"
#include "sync/merge/hybrid_clock.h"
#include "sync/merge/void_set.h"
#include "sync/sql/transaction.h"

namespace teren::store {

/// A space as the store knows it.
struct SpaceEntry {
    std::int64_t row = 0;
    SpaceId id;
    ledger::SpaceKind kind = ledger::SpaceKind::CaseInternal;
    SpaceId caseSpace;
    bool readable = false;  ///< At least one of its keys is here.
};

/// Where the vault keeps keys of the server that a person has compared.
inline constexpr std::string_view kToldServerKey = "server.told";

/// The office's time as it was heard last, and what this device's clock showed then.
struct HeardTime {
    Instant office{};
    Instant here{};
};

/// The one row about this device, as it is in the database.
struct Own {
    std::string serverAddress;
    ledger::TreeHead head;
    std::uint64_t safe = 0;
    std::uint64_t cursor = 0;
    bool lifeLost = false;  ///< The log holds work of this life that the disk has forgotten.
    HybridStamp lastStamp;
    std::optional<Instant> lastContact;
    std::optional<Hash> uploading;
    std::map<SpaceId, EvictedSpace> evicted;  ///< Not on this device, or not all of it again.
    std::optional<HeardTime> heard;
    std::optional<ledger::ServerKeyPair> toldServer;  ///< Compared by a person, not in the members' log yet.
    std::uint64_t partialNumber = 0;
    std::uint32_t partialSize = 0;
    std::uint64_t appliedSerial = 0;  ///< Colleagues' applied words came up to here.
};

/// What the parts of the store share: the database, the identity, and what is kept in memory of the database.
/// When a transaction fails, memory is put back without asking the database, which may be what failed.
class Core {
public:
    explicit Core(WorkspaceStore::Parts parts);
    /// @return false if the vault holds no workspace.
    Result<bool> load();
    /// Writes the one row; used once, inside a transaction.
    Status insertOwn(const DeviceKeys& keys, const std::string& serverAddress);

    /// Runs `body` in a transaction of its own. Whatever `body` or the commit reports, the store is then as
    /// before, in memory too. Inside another one it is a part of that, which then fails as a whole with it.
    template <typename Body>
    Status transact(Body body)
    {
        if (inside_) {
            Status done = body();
            if (!done && partly_)
                partly_ = done;
            return done;
        }
        inside_ = true;
        partly_ = {};
        Memory before = memory();
        Status done = attempt(body);
        inside_ = false;
        if (!done)
            putBack(std::move(before));
        return done;
    }

    /// As `transact`, for a body that returns a `Result`.
    template <typename Body>
    auto produce(Body body) -> std::invoke_result_t<Body&>
    {
        using Outcome = std::invoke_result_t<Body&>;
        std::optional<Outcome> outcome;
        const Status done = transact([&]() -> Status {
            outcome.emplace(body());
            return outcome->has_value() ? Status{} : std::unexpected(outcome->error());
        });
        if (!done)
            return std::unexpected(done.error());
        // NOLINTNEXTLINE(bugprone-unchecked-optional-access): a transaction that succeeds has run its body.
        return *std::move(outcome);
    }

    Author author() const { return {device, keys->life}; }
    /// Adds the space if it is new here.
    Result<SpaceEntry> intern(const SpaceId& space, ledger::SpaceKind kind, const SpaceId& caseSpace);
    /// Its first key has come.
    void markReadable(const SpaceId& space);
    /// nullptr for a space that is not here.
    const SpaceEntry* find(const SpaceId& space) const;
    const SpaceEntry* find(std::int64_t row) const;
    VoidSet voidsOf(const SpaceId& space) const;
    /// Up to where every entry of the space has come.
    std::uint64_t cursorOf(const SpaceId& space) const;
    Status saveOwn();
    /// Keys of the server that a person has compared; none to forget them.
    Status tellServer(const std::optional<ledger::ServerKeyPair>& told);
    /// Reads the cursors of single spaces again, after they were written.
    Status loadExceptions();

    sql::Database& db;
    const Clock& clock;
    RandomSource& random;
    Interner interner;
    std::unique_ptr<DeviceKeys> keys;  ///< Set from `load` or `insertOwn` on.
    DeviceId device;
    Own own;
    ledger::Membership membership;
    std::map<SpaceId, SpaceEntry> spaces;
    /// How far spaces came that were granted lately, or came ahead of the log's order.
    std::map<SpaceId, std::uint64_t> exceptions;
    std::unique_ptr<HybridClock> stamps;
    WorkspaceStore::ReadingOf readings;
    std::string readingsVersion;
    std::uint64_t savesMade = 0;

private:
    template <typename Body>
    Status attempt(Body& body)
    {
        // A rollback can fail as well, on a disk that fails.
        if (db.inTransaction())
            TEREN_CHECK(db.execute("ROLLBACK"));
        TEREN_TRY(sql::Transaction transaction, sql::Transaction::begin(db));
        TEREN_CHECK(body());
        TEREN_CHECK(Status(partly_));
        return transaction.commit();
    }
    /// What a transaction may change in memory, besides what it adds to `interner` and `spaces`.
    struct Memory {
        Own own;
        std::uint64_t life = 0;
        std::map<SpaceId, std::uint64_t> exceptions;
    };
    Memory memory();
    void putBack(Memory before);
    Result<bool> loadOwn();
    Status loadSpaces();
    Status loadPartial();
    Status loadTold();

    bool inside_ = false;  ///< In `transact`.
    Status partly_;        ///< What failed of the parts of this transaction.
    std::map<std::int64_t, SpaceId> spaceRows_;
    std::vector<SpaceId> addedSpaces_;   ///< In this transaction.
    std::vector<SpaceId> madeReadable_;  ///< In this transaction.
};

/// The id that a device has by its keys.
DeviceId deviceIdOf(const DeviceKeys& keys);
DeviceKeys cloneKeys(const DeviceKeys& keys);

}  // namespace teren::store
