// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/idle_watch.h"

#include <QCoreApplication>
#include <QEvent>
#include <QSet>

namespace teren {
namespace {

bool isTouch(QEvent::Type type)
{
    static const QSet<QEvent::Type> touches{
        QEvent::MouseButtonPress, QEvent::MouseButtonRelease, QEvent::MouseMove,  QEvent::Wheel,
        QEvent::KeyPress,         QEvent::KeyRelease,         QEvent::TouchBegin, QEvent::TouchUpdate,
        QEvent::TouchEnd,         QEvent::TabletPress,        QEvent::TabletMove, QEvent::TabletRelease,
        QEvent::InputMethod,      QEvent::NativeGesture};
    return touches.contains(type);
}

}  // namespace

IdleWatch::IdleWatch(const Clock& clock, QObject* parent) : QObject(parent), clock_(clock)
{
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &IdleWatch::check);
    QCoreApplication::instance()->installEventFilter(this);
}

void IdleWatch::setMinutes(int minutes)
{
    pace_.setLimit(std::chrono::minutes(minutes));
    check();
}

void IdleWatch::open()
{
    pace_.opened(clock_.now());
    check();
}

void IdleWatch::close()
{
    pace_.closed();
    timer_.stop();
}

void IdleWatch::check()
{
    const auto wait = pace_.wait(clock_.now());
    if (!wait)
        return;
    if (*wait == IdlePace::Milliseconds::zero())
        emit idle();
    else
        timer_.start(*wait);
}

bool IdleWatch::eventFilter(QObject* watched, QEvent* event)
{
    // The timer is not started anew for each: when it runs out, it sees that there is time left.
    if (event->spontaneous() && isTouch(event->type()))
        pace_.touched(clock_.now());
    return QObject::eventFilter(watched, event);
}

}  // namespace teren
