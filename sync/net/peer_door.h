// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace teren::net {

/// Who may stand at the door of a device that waits, before being met: as many at once that whoever holds a
/// line and says nothing keeps nobody out, and few enough to be held. The guesses of the code are counted
/// over all of them.
class PeerDoor {
public:
    using Time = std::chrono::steady_clock::time_point;
    using Caller = std::uint64_t;

    static constexpr std::size_t kCallersMax = 32;
    /// From the call to the proof of the code.
    static constexpr std::chrono::seconds kPatience{20};

    /// @param guessesMax  Wrong codes until the door is shut for good.
    explicit PeerDoor(unsigned guessesMax) : guessesLeft_(guessesMax) {}

    /// @param caller  A new one.
    /// @return who has to go for it: the one that has stood there longest, if there are too many.
    std::optional<Caller> admit(Caller caller, Time now);
    /// Met, or gone.
    void leave(Caller caller);
    /// Those whose time is over.
    std::vector<Caller> late(Time now) const;

    /// To be asked before any code is looked at.
    bool isShut() const { return guessesLeft_ == 0; }
    void countWrongCode() { guessesLeft_ -= isShut() ? 0 : 1; }

private:
    struct Standing {
        Caller caller;
        Time since;
    };

    std::deque<Standing> standing_;  ///< The oldest first.
    unsigned guessesLeft_;
};

}  // namespace teren::net
