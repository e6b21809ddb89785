// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/platform/worker.h"
#include "app/viewmodel/doors.h"

#include <QCoreApplication>
#include <QObject>
#include <QPointer>

#include <concepts>
#include <functional>
#include <memory>

namespace teren {

/// The way from the windows to the desk on the worker thread and back.
///
/// `ask` runs a job over there and gives its result to a receiver here. After `close` no answer of before is
/// delivered any more, so a locked window shows nothing that was asked while it was open. Lives on the GUI
/// thread; the worker outlives it.
class DeskLink : public QObject {
    Q_OBJECT

public:
    /// What is still to be done at the desk before it goes.
    using LastWork = std::move_only_function<Status(Desk&)>;

    /// Both outlive it.
    DeskLink(platform::Worker& worker, Doors& doors);
    ~DeskLink() override;

    bool isOpen() const { return open_; }
    /// Another number each time that it is opened or closed.
    int visit() const { return visit_; }

    /// Unlocks; `done` gets the outcome here.
    void open(std::string folder, std::string passphrase, std::function<void(Result<Desk::Holder>)> done);
    /// Locks. What was asked before is still done, then `last`; then the desk goes, and with it the keys and
    /// the open files. `done` is called here after that, with the outcome of `last`, whatever is open by
    /// then.
    void close(LastWork last = {}, std::function<void(const Status&)> done = {});

    /// Runs `job(Desk&)`, which returns a `Result` or a `Status`, and gives its value to `done` if `receiver`
    /// still lives then.
    template <std::invocable<Desk&> Job, typename Done>
    void ask(QObject* receiver, Job job, Done done)
    {
        askFor(receiver, std::move(job), std::move(done), true);
    }
    /// The same of something that also needs files beside the profile: a failure need not be the profile's,
    /// and `failed` does not tell of it.
    template <std::invocable<Desk&> Job, typename Done>
    void askBeyond(QObject* receiver, Job job, Done done)
    {
        askFor(receiver, std::move(job), std::move(done), false);
    }

    /// The same at the doors, where nothing needs to be open.
    template <std::invocable<Doors&> Job, typename Done>
    void atDoors(QObject* receiver, Job job, Done done)
    {
        worker_.post([&doors = doors_, caller = callerFor(receiver), job = std::move(job),
                      done = std::move(done)]() mutable {
            auto answer = job(doors);
            deliver(caller, [done = std::move(done), answer = std::move(answer)] { done(answer); });
        });
    }
    Doors& doors() { return doors_; }

    /// Begins something that goes on between other jobs: `job(Desk&, answer)` calls `answer` over there when
    /// it is over, at once or later, and `done` gets that here. No answer comes of what ends with the desk.
    template <typename Answer, typename Job>
    void begin(QObject* receiver, Job job, std::function<void(const Answer&)> done)
    {
        worker_.post([room = room_, caller = callerFor(receiver), job = std::move(job),
                      done = std::move(done)]() mutable {
            const auto answer = [caller, done = std::move(done)](Answer given) {
                deliver(caller, [done, given = std::move(given)] { done(given); });
            };
            if (room->desk)
                job(*room->desk, answer);
            else
                answer(fail(Errc::Locked));
        });
    }
    /// Talks to the server; `told` gets how far it is and `done` the report here. Waits for nobody: other
    /// jobs run meanwhile.
    void sync(
        QObject* receiver, std::function<void(const service::SyncProgress&)> told,
        std::function<void(const Result<service::SyncReport>&)> done);

signals:
    void opened(const teren::Desk::Holder& holder);
    void closed();
    /// Something in the office was changed by this program; lists should be read again.
    void changed();
    /// Something that was asked of the desk came to nothing. Whoever asked hears of it as well.
    void failed(const teren::Error& error);

private:
    template <typename Job, typename Done>
    void askFor(QObject* receiver, Job job, Done done, bool tells)
    {
        using Answer = std::invoke_result_t<Job, Desk&>;
        worker_.post([room = room_, caller = callerFor(receiver), job = std::move(job),
                      done = std::move(done), tells]() mutable {
            Answer answer = room->desk ? job(*room->desk) : Answer(fail(Errc::Locked));
            deliver(caller, [caller, done = std::move(done), answer = std::move(answer), tells] {
                if (!answer && tells)
                    emit caller.link->failed(answer.error());
                done(answer);
            });
        });
    }

    struct Room {
        std::unique_ptr<Desk> desk;  ///< Touched on the worker thread only.
    };

    /// Who asked, and while the desk was open for which time. Made and looked into on the GUI thread only.
    struct Caller {
        QPointer<DeskLink> link;
        QPointer<QObject> receiver;
        int visit = 0;
    };

    Caller callerFor(QObject* receiver) { return {this, receiver, visit_}; }
    static void deliver(const Caller& caller, std::function<void()> handle);

    platform::Worker& worker_;
    Doors& doors_;
    std::shared_ptr<Room> room_ = std::make_shared<Room>();
    bool open_ = false;
    int visit_ = 0;  ///< Grows with each unlocking and locking.
};

}  // namespace teren
