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

/// A long piece of work as the windows see it: whether one is under way, how far it is, and a way to stop it.
/// Lives on the GUI thread; another one works.
class LongRun : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    bool isRunning() const { return running_ != nullptr; }
    /// From 0 to 100; -1 while nobody knows.
    int percent() const { return running_ == nullptr ? -1 : running_->percent.load(); }
    bool isStopping() const { return running_ != nullptr && running_->stopping; }

    /// One begins. @return what whoever works tells how far it is, and asks whether to go on.
    service::Progress begin()
    {
        running_ = std::make_shared<Run>();
        emit changed();
        return [link = QPointer(this), run = running_](std::uint64_t done, std::uint64_t total) {
            const int percent = total == 0 ? -1 : static_cast<int>(done * 100 / total);
            if (run->percent.exchange(percent) != percent)
                here(link, [link] { emit link->changed(); });
            return !run->stopping;
        };
    }
    /// It is over.
    void end()
    {
        running_.reset();
        emit changed();
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

protected:
    /// Calls `handle` on the GUI thread if `link` still lives there.
    template <typename Link, typename Handle>
    static void here(const QPointer<Link>& link, Handle handle)
    {
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [link, handle = std::make_shared<Handle>(std::move(handle))] {
                if (link)
                    (*handle)();
            },
            Qt::QueuedConnection);
    }

private:
    struct Run {
        std::atomic<bool> stopping = false;
        std::atomic<int> percent = -1;
    };

    std::shared_ptr<Run> running_;
};

/// One at a time on a thread of its own: the worker behind the desk stays free for what is typed meanwhile.
/// When it goes, what is under way is stopped and waited for.
class LongWork : public LongRun {
    Q_OBJECT

public:
    using LongRun::LongRun;
    ~LongWork() override { stop(); }

    /// Runs `job(progress)` over there and gives what it returns to `done` here. Nothing if something runs.
    template <std::invocable<const service::Progress&> Job, typename Done>
    void start(Job job, Done done)
    {
        if (isRunning())
            return;
        if (!thread_)
            thread_.emplace();
        thread_->post([link = QPointer(this), progress = begin(), job = std::move(job),
                       done = std::move(done)]() mutable {
            auto answer = job(progress);
            here(link, [link, done = std::move(done), answer = std::move(answer)]() mutable {
                link->end();
                done(answer);
            });
        });
    }

private:
    std::optional<platform::Worker> thread_;
};

}  // namespace teren
