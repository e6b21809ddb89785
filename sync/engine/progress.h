// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/clock.h"

#include <cstdint>
#include <deque>
#include <optional>

namespace teren::engine {

/// One direction of one kind of thing, in bytes. `total` is what is known by now, and guessed of what is not
/// sealed yet: it grows when more is saved here or by others.
struct Leg {
    std::uint64_t done = 0;
    std::uint64_t total = 0;
    std::uint64_t left() const { return total > done ? total - done : 0; }
};

/// How far a session has come. Records are counted as segments, whose bodies are padded; attachments apart
/// from them, and only once records are at rest.
struct Progress {
    Leg sent;           ///< Records; what was confirmed.
    Leg received;       ///< Records.
    Leg filesSent;      ///< Attachments.
    Leg filesReceived;  ///< Attachments.
    /// At the rate of the last seconds. Nothing where nothing is left, or the rate is not known yet.
    std::optional<std::chrono::seconds> timeLeft;
};

/// What a line carried lately.
class RateMeter {
public:
    /// What is older than this says nothing of the line as it is.
    static constexpr std::chrono::seconds kLately{10};
    /// Less than this is too little to divide by.
    static constexpr std::chrono::milliseconds kLeast{500};

    /// The line is in use from now on; an idle time before is no measure of it.
    void begin(Instant now);
    void note(std::uint64_t bytes, Instant now);
    /// Bytes per second; 0 where it is not known.
    std::uint64_t perSecond(Instant now) const;
    void reset() { *this = {}; }

private:
    struct Sample {
        Instant at{};
        std::uint64_t bytes = 0;
    };
    std::deque<Sample> samples_;
    std::optional<Instant> since_;
};

/// The time that the slower direction needs for what is left of it.
/// @param up, down  What is left, in bytes.
std::optional<std::chrono::seconds> timeFor(
    std::uint64_t up, const RateMeter& upRate, std::uint64_t down, const RateMeter& downRate, Instant now);

}  // namespace teren::engine
