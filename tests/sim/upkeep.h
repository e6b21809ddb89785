// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "tests/sim/stage.h"

#include <optional>

namespace teren::sim {

/// What an operator and tidy people do: backups on another machine, other keys for the server, and cases that
/// take no room on a device for a while.
class Upkeep {
public:
    explicit Upkeep(Stage stage) : stage_(stage) {}

    /// A backup on another machine holds all that the server holds.
    void backUp();
    /// Somebody removes a case from a device, and mostly wants it back.
    void evict();
    /// The server's operator makes keys, and an administrator accepts them. The server uses them once
    /// everybody knows them.
    void changeKeys();
    /// Everything that is away is wanted back.
    void fetchAll();

    /// What there is still to do, in words; empty if nothing.
    std::string unrest() const;
    /// @return sentences, none if the law holds: all trust the same keys, the server's among them.
    std::vector<std::string> check(const std::vector<SimDevice*>& members);
    /// What has happened, for a report.
    unsigned evictions() const { return evictions_; }
    unsigned switches() const { return switches_; }

private:
    static constexpr std::chrono::minutes kLooksEvery{1};

    void scheduleFetch(SimDevice& device, const SpaceId& space);
    void fetch(SimDevice& device, const SpaceId& space);
    void switchWhenKnown();
    bool isKnown(const ledger::ServerKeyPair& keys) const;
    bool failedForRoom(const Status& status) const;

    Stage stage_;
    std::optional<ledger::ServerOffer> offer_;
    unsigned evictions_ = 0;
    unsigned switches_ = 0;
};

/// The cases that a person can work on at this device.
std::vector<SpaceId> casesHere(store::WorkspaceStore& store);

}  // namespace teren::sim
