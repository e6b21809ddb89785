// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "tests/sim/couriers.h"
#include "tests/sim/oracle.h"
#include "tests/sim/photos.h"
#include "tests/sim/upkeep.h"

namespace teren::sim {

/// One office: a server and three devices on simulated time, everything drawn from one seed.
///
/// For a while people save at random and the network, the devices and the server fail as the plan says. Then
/// all of it heals, and within an hour every device must have nothing left to send and show the same.
class World {
public:
    /// `Earlier` leaves out what `Plan::drawUrgent` draws, `Former` also what `Plan::drawUpkeep` does,
    /// `Plain` also what `Plan::drawMore` does.
    enum class Kind : std::uint8_t { Full, Earlier, Former, Plain };
    explicit World(std::uint64_t seed, Kind kind = Kind::Full);

    void run();
    /// @return sentences, none if every promise was kept.
    std::vector<std::string> check();
    std::uint64_t traceHash() const { return trace_.hash(); }
    /// How much happened, for a report.
    std::string summary() const;
    /// How many stretches of members' logs were given up for the server's.
    std::size_t parted() const;

private:
    static constexpr std::size_t kDevices = 3;

    SimDevice& addDevice(std::string name);
    void found();
    void join(SimDevice& newcomer);
    void admit(const Bytes& signedDevice);
    /// The disk of the one who admitted may have been put back since.
    void admitAgain();

    void planFaults();
    void planCrash();
    void planRestart();
    void planCopy();
    void planRollback();
    void planReturn();
    void planMore();
    void planUpkeep();
    void planAbsences();
    void fillDisk();
    void fillServer();
    void setSomeClock();
    void loseMember();
    Stage stage() { return stageWith(more_); }
    Stage stageWith(test::SeededRandom& random);
    void imageServer();
    void stopServer();
    void putServerBack();
    bool isGivingBack(const std::string& device);

    void saveSomewhere();
    void save(std::size_t index);
    void openCase(SimDevice& device);
    void addRecord(std::size_t index, const SpaceId& space);
    void assign(std::size_t index, const SpaceId& space, const RecordId& record, const std::string& field);
    void changeTags(SimDevice& device, const SpaceId& space, const RecordId& record);
    void deleteRecord(SimDevice& device, const SpaceId& space, const RecordId& record);
    bool decide(std::size_t index);
    Bytes someValue();
    /// @return whether it is saved; where the disk is full it is not.
    bool write(SimDevice& device, const SpaceId& space, std::vector<Op> ops);

    void heal();
    void settle(Instant until);
    bool voidAwaited();
    bool isMemberLost() const;
    bool standsApartOfLost(store::WorkspaceStore& store) const;
    /// Who has something left to do, and what; none if all is done.
    std::vector<std::string> unrest();
    /// Who is left of the office.
    std::vector<SimDevice*> members() const;
    void checkPromises(std::vector<std::string>& problems);
    void checkConfirmedIsThere(std::vector<std::string>& problems);
    void checkDisk(std::vector<std::string>& problems);
    void checkClocks(std::vector<std::string>& problems);
    static std::string leftOver(store::WorkspaceStore& store, const store::OutboxCounts& counts);
    void checkDigests(std::vector<std::string>& problems);
    void checkLog(std::vector<std::string>& problems);
    void checkLives(std::vector<std::string>& problems);
    void checkNumbers(std::vector<std::string>& problems);
    std::chrono::milliseconds someTime();

    test::SeededRandom random_;
    test::SeededRandom
        returns_;  ///< For the server that goes back: the other stories of a seed stay as they are.
    test::SeededRandom more_;          ///< For what `Plan::drawMore` draws, likewise.
    test::SeededRandom upkeepRandom_;  ///< For what `Plan::drawUpkeep` draws.
    test::SeededRandom urgentRandom_;  ///< For what `Plan::drawUrgent` draws.
    Plan plan_;
    test::Weather weather_;  ///< The plan's, until it heals.
    test::Scheduler scheduler_;
    Trace trace_;
    SimServer server_;
    WorkspaceId workspace_;
    Devices devices_;
    std::vector<std::string> problems_;
    Couriers couriers_;
    Photos photos_;
    Upkeep upkeep_;
    Oracle oracle_;
    std::uint64_t values_ = 0;
    std::vector<Bytes> newcomers_;  ///< Their signed device statements.
    Instant healed_{};
    bool settled_ = false;
    std::optional<SimServer::Image> serverImage_;
    std::optional<DeviceId> lost_;    ///< The member who is to be removed.
    bool serverHeld_ = false;         ///< Stopped, and to be put back.
    SimDevice* givesBack_ = nullptr;  ///< The one that may connect until it has given back the statements.
    std::uint64_t wanted_ = 0;        ///< Up to this height.
    unsigned returned_ = 0;
};

}  // namespace teren::sim
