// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/desk_link.h"

#include <algorithm>
#include <utility>

namespace teren {

DeskLink::DeskLink(platform::Worker& worker, Doors& doors) : worker_(worker), doors_(doors) {}

DeskLink::~DeskLink()
{
    close();
}

void DeskLink::open(
    std::string folder, std::string passphrase, std::function<void(Result<Desk::Holder>)> done)
{
    ++visit_;
    worker_.post([this, room = room_, &doors = doors_, folder = std::move(folder),
                  passphrase = std::move(passphrase), caller = callerFor(this),
                  done = std::move(done)]() mutable {
        auto desk = doors.open(folder, passphrase);
        std::ranges::fill(passphrase, '\0');
        Result<Desk::Holder> answer
            = desk ? Result<Desk::Holder>((*desk)->holder()) : std::unexpected(desk.error());
        if (desk)
            room->desk = std::move(*desk);
        deliver(caller, [this, done = std::move(done), answer = std::move(answer)] {
            open_ = answer.has_value();
            done(answer);
            if (open_)
                emit opened(*answer);
        });
    });
}

void DeskLink::close(LastWork last, std::function<void(const Status&)> done)
{
    ++visit_;
    open_ = false;
    worker_.post(
        [room = room_, link = QPointer(this), last = std::move(last), done = std::move(done)]() mutable {
            const Status outcome = last && room->desk ? last(*room->desk) : Status();
            last = {};
            room->desk.reset();
            if (!done)
                return;
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [link, outcome, done = std::move(done)] {
                    if (link)
                        done(outcome);
                },
                Qt::QueuedConnection);
        });
    emit closed();
}

void DeskLink::sync(
    QObject* receiver, std::function<void(const service::SyncProgress&)> told,
    std::function<void(const Result<service::SyncReport>&)> done)
{
    const auto onTheWay
        = [caller = callerFor(receiver), told = std::move(told)](const service::SyncProgress& progress) {
              deliver(caller, [told, progress] { told(progress); });
          };
    begin<Result<service::SyncReport>>(
        receiver, [onTheWay](Desk& desk, const auto& answer) { desk.sync(onTheWay, answer); },
        std::move(done));
}

void DeskLink::deliver(const Caller& caller, std::function<void()> handle)
{
    // The application object outlives the worker; link and receiver may not, so they are looked at over
    // there.
    QMetaObject::invokeMethod(
        QCoreApplication::instance(),
        [caller, handle = std::move(handle)] {
            if (caller.link && caller.receiver && caller.link->visit_ == caller.visit)
                handle();
        },
        Qt::QueuedConnection);
}

}  // namespace teren
