// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/carry_controller.h"

#include "app/viewmodel/folder_browser.h"
#include "app/viewmodel/trouble.h"
#include "app/viewmodel/wording.h"

#include <QDir>
#include <QLocale>

namespace teren {

CarryController::CarryController(DeskLink& link, const Clock& clock, QObject* parent)
    : QObject(parent),
      link_(link),
      clock_(clock)
{
    connect(&link_, &DeskLink::closed, this, &CarryController::clear);
}

void CarryController::clear()
{
    working_ = false;
    report_.clear();
    reportAdvice_.clear();
    problem_.clear();
    advice_.clear();
    emit shown();
}

bool CarryController::begin()
{
    if (working_ || !link_.isOpen())
        return false;
    clear();
    working_ = true;
    emit shown();
    return true;
}

QVariantList CarryController::places() const
{
    return removableDisks();
}

void CarryController::write(const QString& folder, bool unsentOnly)
{
    if (!begin())
        return;
    link_.askBeyond(
        this,
        [folder = folder.toStdString(), unsentOnly](Desk& desk) {
            return desk.exportBundle(folder, unsentOnly);
        },
        [this](const Result<service::BundleReport>& made) {
            working_ = false;
            if (made) {
                const std::u8string path = made->file.u8string();
                const QString shownPath = QDir::toNativeSeparators(QString::fromUtf8(
                    reinterpret_cast<const char*>(path.data()), static_cast<qsizetype>(path.size())));
                report_ = tr("Written: %1").arg(shownPath);
                reportAdvice_
                    = tr("%1, good until %2. Whoever finds it reads nothing in it. What is unsent stays "
                         "unsent here until the office's server has it.")
                          .arg(
                              wording::fileSize(made->bytes),
                              wording::shortDate(wording::local(made->expires).date(), clock_.now()));
            } else {
                const wording::Trouble trouble = wording::writingBundle(made.error().code);
                problem_ = trouble.title;
                advice_ = trouble.advice;
            }
            emit shown();
        });
}

void CarryController::tell(const service::ImportReport& taken)
{
    const auto refused = static_cast<int>(service::countOf(taken.refused));
    report_ = taken.confirmed > 0
        ? tr("The office has confirmed %n of your changes.", nullptr, static_cast<int>(taken.confirmed))
        : taken.changes > 0 ? tr("Taken in: %n change(s).", nullptr, static_cast<int>(taken.changes))
        : refused > 0       ? tr("The office's server has not taken what was brought to it.")
                            : tr("Everything in this file was here already.");
    if (taken.refused.contains(wire::SegmentRefusal::NoRoom))
        reportAdvice_ = tr(
            "Its disk is full: %n part(s) of your work were not taken. They are saved here and offered "
            "again. Tell the person who looks after the office's Teren to make room.",
            nullptr, refused);
    else if (refused > 0)
        reportAdvice_ = tr(
            "%n part(s) of your work were not taken. They are saved here and offered again. Tell the "
            "person who looks after the office's Teren.",
            nullptr, refused);
    else if (taken.early > 0)
        reportAdvice_ = tr(
            "%n part(s) rest on what has not arrived here yet, and come later.", nullptr,
            static_cast<int>(taken.early));
}

void CarryController::take(const QString& file)
{
    if (!begin())
        return;
    link_.askBeyond(
        this, [file = file.toStdString()](Desk& desk) { return desk.importBundle(file); },
        [this](const Result<service::ImportReport>& taken) {
            working_ = false;
            if (taken) {
                tell(*taken);
            } else {
                const wording::Trouble trouble = wording::readingBundle(taken.error().code);
                problem_ = trouble.title;
                advice_ = trouble.advice;
            }
            if (taken && (taken->changes > 0 || taken->confirmed > 0 || taken->statements > 0))
                emit link_.changed();
            emit shown();
        });
}

}  // namespace teren
