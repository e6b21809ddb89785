// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/ledger/membership.h"

#include <functional>

namespace teren::ledger {

/// Applies the acts of one statement in order. Each sees the effects of those before it; unless `commit` is
/// called, the destructor takes all effects back. It touches no more than the acts name, so a log of many
/// statements is read in time proportional to its length.
class Membership::Applier {
public:
    /// @param state, statement  Outlive this object.
    Applier(Membership& state, const Statement& statement, const DeviceId& signer)
        : state_(state),
          statement_(statement),
          signer_(signer)
    {
    }
    Applier(const Applier&) = delete;
    Applier& operator=(const Applier&) = delete;
    ~Applier();

    /// The founder's device, before any other act. @return also `TooNew`.
    Status found(const Genesis& genesis);
    Status apply(const Act& act);
    void commit() { undo_.clear(); }

    // One for each alternative of `Act`; `apply` chooses.
    Status operator()(const Genesis& act);
    Status operator()(const Invite& act);
    Status operator()(const VoidInvite& act);
    Status operator()(const Admit& act);
    Status operator()(const RemoveDevice& act);
    Status operator()(const OpenSpace& act);
    Status operator()(const Epoch& act);
    Status operator()(const Grant& act);
    Status operator()(const NewLife& act);
    Status operator()(const Void& act);
    Status operator()(const AskKey& act);
    Status operator()(const LostHead& act);
    Status operator()(const ServerKeys& act);
    Status operator()(const LostStatements& act);
    Status operator()(const UnknownAct& act);

private:
    Status need(Right right) const;
    bool mayOpenWorkspaceSpace() const;
    /// Whether the signer holds the space's keys: it was granted one, or makes the first in this statement.
    bool holdsKeys(const SpaceId& space) const;
    Status checkCase(const OpenSpace& act) const;
    Status checkRecipient(const Grant& act) const;
    bool isLastAdministrator(const Device& device) const;
    bool isProposedByAnother(const ServerKeys& act, const MemberId& member) const;
    Status propose(const ServerKeys& act, const MemberId& member);
    Status checkNextKeys(const ServerKeyPair& next, Instant from) const;
    void changeServerKeys(const ServerKeyPair& next, Instant from);
    Status closeInvite(const InvitationId& invitation);
    void addDevice(const DeviceStatement& statement, const MemberId& member, Rights rights);

    Membership& state_;
    const Statement& statement_;
    DeviceId signer_;
    std::set<SpaceId> opened_;                 ///< In this statement.
    std::vector<std::function<void()>> undo_;  ///< To be called last first.
};

}  // namespace teren::ledger
