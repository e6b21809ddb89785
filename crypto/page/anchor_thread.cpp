// SPDX-License-Identifier: EUPL-1.2
#include "crypto/page/anchor_thread.h"

#include <algorithm>

namespace teren::page {

void AnchorThread::request(std::weak_ptr<Freshness> freshness)
{
    if (delay_ == std::chrono::milliseconds::zero())
        return;
    const std::scoped_lock lock(mutex_);
    const bool isKnown = std::ranges::any_of(requests_, [&freshness](const auto& known) {
        return !known.owner_before(freshness) && !freshness.owner_before(known);
    });
    if (isKnown)
        return;
    requests_.push_back(std::move(freshness));
    if (!thread_.joinable())
        thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
    changed_.notify_one();
}

void AnchorThread::run(const std::stop_token& stop)
{
    std::unique_lock lock(mutex_);
    while (changed_.wait(lock, stop, [this] { return !requests_.empty(); })) {
        // Commits that come in the meantime are anchored along with the first; stopping ends the wait.
        if (changed_.wait_for(lock, stop, delay_, [] { return false; }); stop.stop_requested())
            return;
        const auto requests = std::exchange(requests_, {});
        lock.unlock();
        for (const auto& request : requests) {
            // A failure is told to the next one who must have an anchor.
            if (const auto freshness = request.lock())
                (void)freshness->anchor();
        }
        lock.lock();
    }
}

}  // namespace teren::page
