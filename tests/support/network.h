// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"
#include "tests/support/scheduler.h"

#include <array>
#include <memory>
#include <utility>

namespace teren::test {

/// What may happen to a line, in per mille a frame.
struct Weather {
    std::chrono::milliseconds delayMax{100};
    unsigned cut = 0;      ///< Both ends learn of it, each in its own time.
    unsigned silence = 0;  ///< Nothing arrives any more and nobody is told.
    unsigned refused = 0;  ///< A new line is not made.
    /// How long an end that is not told by the other may take the line to be up.
    std::chrono::milliseconds halfOpenMax{0};
};

enum class Side : std::uint8_t { Client, Server };

/// One connection: ordered, delayed, and gone at any frame. Each end hears frames and, once, the loss.
class Line : public std::enable_shared_from_this<Line> {
public:
    struct End {
        std::function<void(const Bytes&)> heard;
        std::function<void()> lost;
    };

    Line(Scheduler& scheduler, SeededRandom& random, const Weather& weather)
        : scheduler_(scheduler),
          random_(random),
          weather_(weather)
    {
    }

    void attach(Side side, End end) { at(side).end = std::move(end); }

    void send(Side from, Bytes frame)
    {
        if (!at(from).up || silent_)
            return;
        if (chance(weather_.cut))
            return cut();
        if (chance(weather_.silence)) {
            silent_ = true;
            return;
        }
        const Side to = other(from);
        Instant& last = at(to).lastArrival;
        last = std::max(last, scheduler_.now() + delay());
        scheduler_.at(last, [self = shared_from_this(), to, frame = std::move(frame)] {
            if (self->at(to).up && !self->silent_)
                self->at(to).end.heard(frame);
        });
    }
    /// One end hangs up; it hears nothing more, the other end hears of it after what was sent before.
    void close(Side side)
    {
        at(side).up = false;
        if (!silent_)
            loseLater(other(side), delay());
        else
            loseLater(other(side), halfOpen());
    }
    /// One end disappears without a word: a crash, a flat battery.
    void vanish(Side side)
    {
        at(side).up = false;
        loseLater(other(side), halfOpen());
    }
    bool isUp(Side side) const { return ends_[index(side)].up; }

private:
    struct State {
        End end;
        bool up = true;
        Instant lastArrival{};
    };
    static std::size_t index(Side side) { return static_cast<std::size_t>(side); }
    static Side other(Side side) { return side == Side::Client ? Side::Server : Side::Client; }
    State& at(Side side) { return ends_[index(side)]; }
    bool chance(unsigned perMille) { return perMille > 0 && random_.below(1'000) < perMille; }
    std::chrono::milliseconds delay()
    {
        return std::chrono::milliseconds(
            1 + random_.below(static_cast<std::uint64_t>(weather_.delayMax.count())));
    }
    std::chrono::milliseconds halfOpen()
    {
        return delay()
            + std::chrono::milliseconds(
                   random_.below(static_cast<std::uint64_t>(weather_.halfOpenMax.count()) + 1));
    }
    void cut()
    {
        silent_ = true;
        loseLater(Side::Client, halfOpen());
        loseLater(Side::Server, halfOpen());
    }
    void loseLater(Side side, std::chrono::milliseconds after)
    {
        const Instant when = std::max(at(side).lastArrival, scheduler_.now() + after);
        scheduler_.at(when, [self = shared_from_this(), side] {
            if (std::exchange(self->at(side).up, false))
                self->at(side).end.lost();
        });
    }

    Scheduler& scheduler_;
    SeededRandom& random_;
    const Weather& weather_;
    std::array<State, 2> ends_;
    bool silent_ = false;
};

}  // namespace teren::test
