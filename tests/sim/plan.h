// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "tests/support/network.h"

namespace teren::sim {

/// What goes wrong in one world, and how much is done in it. Each seed leaves some faults out: with all of
/// them at once, the common ones hide what the rare ones would show.
struct Plan {
    test::Weather weather;
    std::chrono::milliseconds duration{};
    unsigned saves = 0;
    unsigned deviceCrashes = 0;
    unsigned serverRestarts = 0;
    std::chrono::milliseconds serverLagMax{5};  ///< From a message to what the server makes of it.
    std::chrono::milliseconds clockOffsetMax{0};
    bool joinsLate = false;    ///< One device is admitted in the middle.
    bool decides = false;      ///< Conflicts are decided while new ones arise.
    bool bigValues = false;    ///< Bodies that travel in parts.
    bool copiesADisk = false;  ///< One device's disk is cloned and both go on.
    bool putsADiskBack = false;
    bool serverGoesBack = false;  ///< Its store is put back to an older image of it, once or twice.

    // What is drawn apart from all that is above, so that each seed keeps its story where this is none.
    unsigned errands = 0;       ///< Bundles that somebody takes to a colleague or to the server.
    unsigned meetings = 0;      ///< Of two devices in one room.
    unsigned photos = 0;        ///< Attachments.
    unsigned fullDevices = 0;   ///< How often the disk of a device is full for a while.
    unsigned fullServers = 0;   ///< The same for the server.
    unsigned clockJumps = 0;    ///< How often somebody sets the clock of a device.
    bool losesAMember = false;  ///< One is removed while it is out of reach, and works on.
    bool mixesReturns = false;  ///< The server goes back, and a device is copied or put back as well.

    // Likewise, apart from both.
    unsigned evictions = 0;    ///< How often somebody removes a case from a device to save room.
    bool changesKeys = false;  ///< The server goes on with other keys.

    // Likewise, apart from all three.
    bool bringsUrgent = false;  ///< Cases come ahead of the log's order, however little there is to bring.
    unsigned absences = 0;      ///< How often a device is away for long.

    /// Whether a device may have to go on under a new life.
    bool startsLives() const { return copiesADisk || putsADiskBack; }

    bool fillsDisks() const { return fullDevices + fullServers > 0; }

    void drawMore(test::SeededRandom& random)
    {
        const auto some = [&](unsigned percent, unsigned most) {
            return random.chance(percent) ? static_cast<unsigned>(1 + random.below(most)) : 0;
        };
        errands = some(35, 8);
        meetings = some(30, 5);
        photos = some(35, 6);
        fullDevices = some(20, 3);
        fullServers = some(15, 2);
        clockJumps = some(25, 5);
        losesAMember = random.chance(15);
        mixesReturns = random.chance(15);
    }

    /// A device whose disk is put back, or whose clock is years ahead, may not know the keys that the server
    /// has: it learns of them by a bundle or in a room, as its person arranges.
    void drawUpkeep(test::SeededRandom& random)
    {
        evictions = random.chance(25) ? static_cast<unsigned>(1 + random.below(6)) : 0;
        changesKeys = random.chance(20) && !startsLives() && clockJumps == 0;
    }

    void drawUrgent(test::SeededRandom& random)
    {
        bringsUrgent = random.chance(50);
        absences = bringsUrgent ? static_cast<unsigned>(random.below(5)) : 0;
    }

    static Plan draw(test::SeededRandom& random)
    {
        using namespace std::chrono_literals;
        Plan plan;
        plan.duration = 5min + std::chrono::milliseconds(random.below(1'500'000));
        plan.saves = static_cast<unsigned>(8 + random.below(30));
        plan.weather.delayMax = std::chrono::milliseconds(random.chance(30) ? 8'000 : 200);
        plan.weather.cut = random.chance(60) ? static_cast<unsigned>(1 + random.below(80)) : 0;
        plan.weather.silence = random.chance(40) ? static_cast<unsigned>(1 + random.below(30)) : 0;
        plan.weather.refused = random.chance(50) ? static_cast<unsigned>(random.below(600)) : 0;
        plan.weather.halfOpenMax = random.chance(50) ? 120s : 0s;
        plan.deviceCrashes = random.chance(50) ? static_cast<unsigned>(1 + random.below(6)) : 0;
        plan.serverRestarts = random.chance(40) ? static_cast<unsigned>(1 + random.below(3)) : 0;
        plan.serverLagMax = std::chrono::milliseconds(random.chance(30) ? 3'000 : 5);
        plan.clockOffsetMax = random.chance(50) ? std::chrono::hours(2) : std::chrono::hours(0);
        plan.joinsLate = random.chance(50);
        plan.decides = random.chance(70);
        plan.bigValues = random.chance(20);
        plan.copiesADisk = random.chance(20);
        plan.putsADiskBack = random.chance(15);
        return plan;
    }
};

}  // namespace teren::sim
