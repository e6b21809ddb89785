// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/clock.h"
#include "crypto/base/random.h"

#include <sodium.h>

#include <array>
#include <random>

namespace teren::test {

/// A clock that moves only when told to.
class ManualClock : public Clock {
public:
    explicit ManualClock(Instant start = Instant(std::chrono::hours(24 * 365 * 50))) : now_(start) {}
    Instant now() const override { return now_; }
    void set(Instant instant) { now_ = instant; }
    void advance(std::chrono::milliseconds step) { now_ += step; }

private:
    Instant now_;
};

/// The same bytes for the same seed, on every machine.
class SeededRandom : public RandomSource {
public:
    explicit SeededRandom(std::uint64_t seed) : engine_(seed) {}
    void fill(std::span<std::uint8_t> out) override
    {
        for (std::uint8_t& byte : out)
            byte = static_cast<std::uint8_t>(engine_());
    }
    /// Uniform enough for tests, and unlike std::uniform_int_distribution the same everywhere.
    std::uint64_t below(std::uint64_t bound) { return engine_() % bound; }
    bool chance(unsigned percent) { return below(100) < percent; }

private:
    std::mt19937_64 engine_;
};

}  // namespace teren::test
