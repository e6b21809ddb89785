// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/key_ring.h"

namespace teren::store {

/// The membership log as rows, and the acts decided here that are not in it yet.
class StatementLog {
public:
    explicit StatementLog(Core& core) : core_(core) {}

    /// Replays the stored log.
    Result<ledger::Membership> read();
    Result<std::vector<ledger::SignedStatement>> all();
    /// From behind `height` on, about `maxBytes` but at least one if there is one.
    Result<std::vector<ledger::SignedStatement>> above(std::uint64_t height, std::size_t maxBytes);

    /// What new statements mean for the rest of the store.
    struct Effects {
        std::set<SpaceId> voided;      ///< To be rebuilt.
        std::set<SpaceId> newlyKeyed;  ///< A key came that was not here.
        bool lostPart = false;         ///< The server has gone back.
        bool lostStatements = false;   ///< And statements have come in the place of others.
        bool removal = false;          ///< A device is a member no longer.
    };
    /// Stores statements that `membership` has already applied, in order; takes the keys granted to this
    /// device, ends the drafts that they contain.
    Result<Effects> append(
        std::span<const ledger::SignedStatement> statements, const ledger::Membership& membership);

    Status queue(const ledger::Act& act);
    /// Whether a draft admits somebody on this invitation.
    Result<bool> isAdmitting(const InvitationId& invitation);
    Status queueOpenSpace(const SpaceEntry& space);
    /// The drafts, rebased on the membership of now, then the grants that are missing in it.
    Result<std::vector<ledger::SignedStatement>> sign(Instant now);

private:
    struct Draft {
        std::int64_t id = 0;
        std::optional<SpaceId> opens;
        std::vector<ledger::Act> acts;
    };
    class Signer;

    Result<std::vector<Draft>> drafts();
    Result<std::vector<Draft>> plainDrafts();
    Result<std::vector<Draft>> read(sql::Statement& rows);
    Status insertDraft(const std::optional<SpaceId>& space, const ledger::Act& act);
    Status dropDraft(std::int64_t id);
    Status follow(
        const ledger::Act& act, const DeviceId& signer, const ledger::Membership& membership,
        Effects& effects);
    Status endDrafts(const ledger::Statement& statement);
    bool isDone(const Draft& draft, const ledger::Membership& membership) const;
    Status tellOf(const ledger::LostHead& lost, const DeviceId& by);
    Status tellOf(const ledger::LostStatements& lost, const DeviceId& by);
    Status signTogether(std::span<const Draft> drafts, Signer& signer);
    Result<std::vector<ledger::Act>> actsOf(const Draft& draft, const ledger::Membership& membership);
    Result<std::vector<ledger::Act>> openingActs(
        const SpaceEntry& space, const ledger::Membership& membership);
    Result<std::vector<ledger::Act>> missingGrants(const ledger::Membership& membership, std::size_t most);
    Status announceLife(Signer& signer);
    Status signMissingGrants(Signer& signer);
    Status signAsking(Signer& signer);

    Core& core_;
};

}  // namespace teren::store
