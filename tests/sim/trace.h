// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"
#include "crypto/base/clock.h"

#include <cstdio>
#include <cstdlib>

namespace teren::sim {

/// Everything that happened in one world, as a number that two runs of one seed must share. With
/// TEREN_SIM_TRACE set it is also printed.
class Trace {
public:
    void note(Instant when, std::string_view who, std::string_view what, ByteView bytes = {})
    {
        const auto time = when.time_since_epoch().count();
        for (unsigned shift = 0; shift < 64; shift += 8)
            mix(static_cast<std::uint8_t>(static_cast<std::uint64_t>(time) >> shift));
        for (const std::uint8_t byte : viewOf(who))
            mix(byte);
        for (const std::uint8_t byte : viewOf(what))
            mix(byte);
        for (const std::uint8_t byte : bytes)
            mix(byte);
        if (print_)
            std::fprintf(
                stderr, "%10.3f  %-10.*s %.*s\n", static_cast<double>(time % 86'400'000) / 1'000.0,
                static_cast<int>(who.size()), who.data(), static_cast<int>(what.size()), what.data());
    }
    std::uint64_t hash() const { return hash_; }
    bool prints() const { return print_; }

private:
    // FNV-1a: nobody forges a trace.
    void mix(std::uint8_t byte) { hash_ = (hash_ ^ byte) * 0x100000001b3; }

    std::uint64_t hash_ = 0xcbf29ce484222325;
    bool print_ = std::getenv("TEREN_SIM_TRACE") != nullptr;
};

}  // namespace teren::sim
