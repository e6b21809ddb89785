// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace teren::platform {

/// The one thread that owns everything below the windows: vault, use cases, sync. Runs jobs in the order
/// given.
///
/// Only values cross: a job gets what it needs by value and hands its result to whoever asked, there, on that
/// thread. `post` may be called from any thread. The destructor runs what was posted before it and then ends
/// the thread, so that nothing a person saved is left in the queue.
class Worker {
public:
    using Job = std::move_only_function<void()>;

    Worker();
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    void post(Job job);

private:
    void run();

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Job> jobs_;
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace teren::platform
