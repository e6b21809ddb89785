// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/page/freshness.h"

#include <chrono>
#include <condition_variable>
#include <thread>

namespace teren::page {

/// Anchors what was committed, a while after the first commit, on a thread of its own: off the commit path,
/// and for many commits at once. The thread starts with the first request.
class AnchorThread {
public:
    /// @param delay between a commit and its anchor; 0 for never.
    explicit AnchorThread(std::chrono::milliseconds delay) : delay_(delay) {}
    AnchorThread(const AnchorThread&) = delete;
    AnchorThread& operator=(const AnchorThread&) = delete;
    ~AnchorThread() = default;

    void request(std::weak_ptr<Freshness> freshness);

private:
    void run(const std::stop_token& stop);

    std::chrono::milliseconds delay_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::vector<std::weak_ptr<Freshness>> requests_;
    /// Last, so that it ends before what it uses.
    std::jthread thread_;
};

}  // namespace teren::page
