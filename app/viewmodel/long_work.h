// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/platform/worker.h"
#include "app/service/backup.h"

#include <QCoreApplication>
#include <QObject>
#include <QPointer>

#include <atomic>
#include <concepts>
#include <memory>
#include <optional>

namespace teren {

/// One long piece of work at a time, on a thread of its own, with a figure and a way to stop it: the worker
/// behind the desk stays free for what is typed meanwhile. Lives on the GUI thread. When it goes, what is
/// under way is stopped and waited for.
class LongWork : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    ~LongWork() override { stop(); }

    bool isRunning() const { return running_ != nullptr; }
    /// From 0 to 100; -1 while nobody knows.
    int percent() const { return running_ == nullptr ? -1 : running_->percent.load(); }
    bool isStopping() const { return running_ != nullptr && running_->stopping; }

    /// Runs `job(progress)` over there and gives what it returns to `done` here. Nothing if something runs.
    template <std::invocable<const service::Progress&> Job, typename Done>
    void start(Job job, Done done)
    {
        if (isRunning())
            return;
        auto run = std::make_shared<Run>();
        running_ = run;
        emit changed();
        if (!thread_)
            thread_.emplace();
        thread_->post([link = QPointer(this), run, job = std::move(job), done = std::move(done)]() mutable {
            auto answer = job(progressOf(link, run));
            here(link, [link, run, done = std::move(done), answer = std::move(answer)]() mutable {
                link->running_.reset();
                emit link->changed();
                done(answer);
            });
        });
    }
    /// What is under way ends soon, with `Refused`.
    void stop()
    {
        if (running_ == nullptr)
            return;
        running_->stopping = true;
        emit changed();
    }

signals:
    void changed();

private:
    struct Run {
        std::atomic<bool> stopping = false;
        std::atomic<int> percent = -1;
    };

    /// Calls `handle` on the GUI thread if `link` still lives there.
    template <typename Handle>
    static void here(const QPointer<LongWork>& link, Handle handle)
    {
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [link, handle = std::make_shared<Handle>(std::move(handle))] {
                if (link)
                    (*handle)();
            },
            Qt::QueuedConnection);
    }
    static service::Progress progressOf(const QPointer<LongWork>& link, const std::shared_ptr<Run>& run)
    {
        return [link, run](std::uint64_t done, std::uint64_t total) {
            const int percent = total == 0 ? -1 : static_cast<int>(done * 100 / total);
            if (run->percent.exchange(percent) != percent)
                here(link, [link] { emit link->changed(); });
            return !run->stopping;
        };
    }

    std::shared_ptr<Run> running_;
    std::optional<platform::Worker> thread_;
};

}  // namespace teren
