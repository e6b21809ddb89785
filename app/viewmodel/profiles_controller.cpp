// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/profiles_controller.h"

#include "app/viewmodel/trouble.h"
#include "app/viewmodel/unlock_controller.h"
#include "app/viewmodel/wording.h"

namespace teren {

ProfilesController::ProfilesController(
    DeskLink& link, UnlockController& unlock, bool several, QObject* parent)
    : QObject(parent),
      link_(link),
      unlock_(unlock),
      several_(several)
{
    connect(&link_, &DeskLink::closed, this, &ProfilesController::settled);
    if (several_)
        refresh();
}

QString ProfilesController::problem() const
{
    if (state_ != State::Failed)
        return {};
    return error_ == Errc::Invalid ? tr("The name or the passphrase was not accepted.")
                                   : wording::opening(error_).title;
}

QString ProfilesController::advice() const
{
    if (state_ != State::Failed)
        return {};
    return error_ == Errc::Invalid
        ? tr("Nothing was made. Write the name in letters, and make the passphrase stronger.")
        : wording::opening(error_).advice;
}

void ProfilesController::refresh()
{
    link_.atDoors(
        this, [](Doors& doors) { return doors.profiles(); },
        [this](const Result<std::vector<Doors::Listed>>& found) { show(found); });
}

void ProfilesController::show(const Result<std::vector<Doors::Listed>>& found)
{
    if (!found) {
        error_ = found.error().code;
        enter(State::Failed);
        return;
    }
    std::vector<ProfileRow> rows;
    rows.reserve(found->size());
    for (const Doors::Listed& one : *found)
        rows.push_back({.folder = wording::text(one.folder), .shown = wording::text(one.shown)});
    profiles_.setRows(rows);
    enter(State::Listed);
}

void ProfilesController::choose(int at)
{
    if (at < 0 || at >= profiles_.count())
        return;
    const auto row = profiles_.row<ProfileRow>(at);
    unlock_.choose(row.folder, row.shown);
}

void ProfilesController::leave()
{
    unlock_.choose({}, {});
    refresh();
}

void ProfilesController::create(const QString& name, const QString& passphrase, bool show)
{
    if (state_ == State::Making)
        return;
    enter(State::Making);
    Doors::Fresh fresh{
        .name = name.trimmed().toStdString(), .passphrase = passphrase.toStdString(), .shown = {}};
    if (show)
        fresh.shown = fresh.name;
    link_.atDoors(
        this, [fresh](Doors& doors) { return doors.create(fresh); },
        [this, passphrase, shownName = show ? name.trimmed() : QString()](const Result<std::string>& made) {
            if (!made) {
                error_ = made.error().code;
                enter(State::Failed);
                return;
            }
            justMade_ = true;
            enter(State::Listed);
            unlock_.choose(wording::text(*made), shownName);
            unlock_.unlock(passphrase);
        });
}

void ProfilesController::settled()
{
    justMade_ = false;
    emit shown();
}

void ProfilesController::enter(State state)
{
    state_ = state;
    emit shown();
}

}  // namespace teren
