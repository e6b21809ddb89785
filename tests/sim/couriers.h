// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "tests/sim/stage.h"

namespace teren::sim {

/// Those who carry bundles on sticks, and those who sit in one room: the real files and the real intake, and
/// everything that happens to a stick on its way.
class Couriers {
public:
    explicit Couriers(Stage stage) : stage_(stage) {}

    /// Somebody's device makes a bundle, for a colleague or for the server.
    void begin();
    /// Two devices exchange, and the line between them may break at any byte.
    void meet();

    std::size_t errands() const { return errands_; }

private:
    void bring(const Bytes& file, std::size_t from);
    /// What of a file arrives, and how often and when; `arrived` is called for each time.
    void carry(Bytes file, const std::function<void(const Bytes& file, bool isWhole)>& arrived);
    void hand(std::size_t to, const Bytes& file, bool isWhole);
    void handReply(std::size_t to, const Bytes& file, bool isWhole);
    Result<Bytes> bundle(std::size_t from, bool all);
    void give(std::size_t from, std::size_t to);
    /// Notes what an intake may not end in.
    void judge(std::size_t index, const Status& ended, bool isWhole, const std::string& what);

    Stage stage_;
    std::size_t errands_ = 0;
};

}  // namespace teren::sim
