// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/attachments_controller.h"

#include "app/viewmodel/trouble.h"
#include "app/viewmodel/wording.h"

#include <QLocale>

#include <algorithm>

namespace teren {
namespace {

struct Which {
    service::CaseId caseId;
    RecordId record;
};

std::optional<Which> whichIs(const QString& caseId, const QString& recordId)
{
    const auto space = service::CaseId::fromHex(caseId.toStdString());
    const auto record = RecordId::fromHex(recordId.toStdString());
    if (!space || !record)
        return std::nullopt;
    return Which{*space, *record};
}

QImage imageOf(const service::ShownPicture& picture)
{
    const QImage borrowed(
        picture.rgb.data(), static_cast<int>(picture.width), static_cast<int>(picture.height),
        static_cast<qsizetype>(picture.width) * 3, QImage::Format_RGB888);
    return borrowed.convertToFormat(QImage::Format_RGB32);
}

QString kindOf(const std::string& mediaType)
{
    if (mediaType == "image/jpeg" || mediaType == "image/png")
        return AttachmentsController::tr("photo or picture");
    return mediaType == "application/pdf" ? AttachmentsController::tr("PDF document")
                                          : AttachmentsController::tr("file");
}

}  // namespace

AttachmentsController::AttachmentsController(DeskLink& link, const Clock& clock, QObject* parent)
    : QObject(parent),
      link_(link),
      clock_(clock)
{
    connect(&link_, &DeskLink::changed, this, &AttachmentsController::refresh);
    connect(&link_, &DeskLink::closed, this, &AttachmentsController::clear);
    connect(&adding_, &LongRun::changed, this, &AttachmentsController::shown);
}

void AttachmentsController::clear()
{
    caseId_.clear();
    about_.clear();
    attachments_.clear();
    thumbnails_.clear();
    adding_.end();
    problem_.clear();
    advice_.clear();
    state_ = State::Nothing;
    open_.clear();
    forgetShown();
    emit shown();
}

void AttachmentsController::forgetShown()
{
    row_ = {};
    picture_ = {};
    working_ = false;
    openProblem_.clear();
    openAdvice_.clear();
    report_.clear();
    reportAdvice_.clear();
}

void AttachmentsController::list(const QString& caseId, const QString& about)
{
    if (caseId != caseId_ || about != about_) {
        attachments_.clear();
        problem_.clear();
        advice_.clear();
    }
    if (caseId != caseId_)
        thumbnails_.clear();
    caseId_ = caseId;
    about_ = about;
    emit shown();
    refresh();
}

void AttachmentsController::refresh()
{
    const auto id = service::CaseId::fromHex(caseId_.toStdString());
    if (!id)
        return;
    link_.ask(
        this, [id = *id](Desk& desk) { return desk.attachments(id); },
        [this, caseId = caseId_](const Result<std::vector<Desk::Attachment>>& found) {
            if (found && caseId == caseId_)
                show(*found);
        });
}

AttachmentRow AttachmentsController::row(const Desk::Attachment& attachment) const
{
    const service::AttachmentView& view = attachment.view;
    AttachmentRow row{
        .recordId = wording::text(view.id.hex()),
        .name = wording::text(view.name),
        .detail
        = tr("%1 · %2 · %3, %4")
              .arg(
                  kindOf(view.mediaType),
                  QLocale().formattedDataSize(static_cast<qint64>(view.size), 1, QLocale::DataSizeSIFormat),
                  wording::author(view.by), wording::moment(view.by.at, clock_.now())),
        .stateWords = {},
        .tone = Tone::Neutral,
        .isPicture = view.mediaType == "image/jpeg" || view.mediaType == "image/png",
        .thumbnail = {}};
    if (!view.here) {
        row.stateWords = tr("not on this device");
    } else if (view.unsent) {
        row.stateWords = tr("unsent");
        row.tone = Tone::Waiting;
    }
    if (const auto found = thumbnails_.find(row.recordId); found != thumbnails_.end())
        row.thumbnail = found->second;
    return row;
}

void AttachmentsController::show(const std::vector<Desk::Attachment>& found)
{
    std::vector<AttachmentRow> rows;
    for (const Desk::Attachment& one : found) {
        if (!about_.isEmpty() && (!one.about || wording::text(one.about->hex()) != about_))
            continue;
        rows.push_back(row(one));
        if (one.view.thumbnail && !thumbnails_.contains(rows.back().recordId))
            wantThumbnail(rows.back().recordId);
    }
    std::ranges::reverse(rows);
    attachments_.setRows(rows);
    if (!open_.isEmpty())
        showOpen(found);
    emit shown();
}

void AttachmentsController::wantThumbnail(const QString& recordId)
{
    const auto which = whichIs(caseId_, recordId);
    if (!which)
        return;
    link_.askBeyond(
        this, [which = *which](Desk& desk) { return desk.smallPicture(which.caseId, which.record); },
        [this, recordId](const Result<service::ShownPicture>& small) {
            // Without one, or with one that nobody can decode, there is a sign in its place.
            thumbnails_[recordId] = small ? imageOf(*small) : QImage();
            for (int at = 0; at < attachments_.count(); ++at) {
                auto row = attachments_.row<AttachmentRow>(at);
                if (row.recordId != recordId)
                    continue;
                row.thumbnail = thumbnails_[recordId];
                attachments_.setRow(at, row);
            }
        });
}

void AttachmentsController::add(const QString& path)
{
    const auto id = service::CaseId::fromHex(caseId_.toStdString());
    if (adding() || !id || path.isEmpty())
        return;
    Desk::NewAttachment file{*id, path.toStdString(), std::nullopt};
    if (const auto record = RecordId::fromHex(about_.toStdString()))
        file.about = *record;
    problem_.clear();
    advice_.clear();
    link_.begin<Status>(
        this,
        [file = std::move(file), progress = adding_.begin()](Desk& desk, const auto& answer) {
            desk.addAttachment(file, progress, answer);
        },
        [this](const Status& added) { finishAdding(added); });
}

void AttachmentsController::finishAdding(const Status& added)
{
    const bool stopped = adding_.isStopping();
    adding_.end();
    if (added) {
        emit link_.changed();
        return;
    }
    const wording::Trouble words
        = stopped ? wording::stoppedAdding() : wording::addingFile(added.error().code);
    problem_ = words.title;
    advice_ = words.advice;
    emit shown();
}

void AttachmentsController::open(const QString& caseId, const QString& recordId)
{
    state_ = State::Loading;
    open_ = recordId;
    forgetShown();
    if (caseId != caseId_)
        list(caseId, {});
    else
        refresh();
    emit shown();
}

void AttachmentsController::showOpen(const std::vector<Desk::Attachment>& found)
{
    const auto at = std::ranges::find_if(
        found, [this](const Desk::Attachment& one) { return wording::text(one.view.id.hex()) == open_; });
    if (at == found.end()) {
        state_ = State::Missing;
        picture_ = {};
        return;
    }
    row_ = row(*at);
    const bool isFresh = state_ == State::Loading;
    state_ = State::Shown;
    if (!at->view.here) {
        tellOpen(wording::showingFile(Errc::NotFound));
    } else if (isFresh && row_.isPicture) {
        readPicture();
    }
}

void AttachmentsController::readPicture()
{
    const auto which = whichIs(caseId_, open_);
    if (!which)
        return;
    working_ = true;
    link_.ask(
        this, [which = *which](Desk& desk) { return desk.picture(which.caseId, which.record, kSideMax); },
        [this, recordId = open_](const Result<service::ShownPicture>& picture) {
            if (recordId != open_)
                return;
            working_ = false;
            if (picture)
                picture_ = imageOf(*picture);
            else
                tellOpen(wording::showingFile(picture.error().code));
            emit shown();
        });
}

void AttachmentsController::tellOpen(const wording::Trouble& words)
{
    openProblem_ = words.title;
    openAdvice_ = words.advice;
}

void AttachmentsController::close()
{
    state_ = State::Nothing;
    open_.clear();
    row_ = {};
    picture_ = {};
    emit shown();
}

void AttachmentsController::exportTo(const QString& folder)
{
    const auto which = whichIs(caseId_, open_);
    if (!which || working_ || folder.isEmpty())
        return;
    working_ = true;
    openProblem_.clear();
    openAdvice_.clear();
    report_.clear();
    reportAdvice_.clear();
    emit shown();
    link_.askBeyond(
        this,
        [which = *which, folder = folder.toStdString()](Desk& desk) {
            return desk.exportAttachment(which.caseId, which.record, folder);
        },
        [this](const Result<std::string>& saved) {
            working_ = false;
            if (saved) {
                report_ = tr("Saved, not encrypted: %1").arg(wording::text(*saved));
                reportAdvice_
                    = tr("Delete that copy when you need it no more; Teren does not look after it.");
            } else {
                tellOpen(wording::copyingFile(saved.error().code));
            }
            emit shown();
        });
}

void AttachmentsController::remove()
{
    const auto which = whichIs(caseId_, open_);
    if (!which || working_)
        return;
    working_ = true;
    emit shown();
    link_.ask(
        this, [which = *which](Desk& desk) { return desk.removeAttachment(which.caseId, which.record); },
        [this](const Status& done) {
            working_ = false;
            if (!done) {
                tellOpen(wording::trouble(done.error().code));
                emit shown();
                return;
            }
            close();
            emit removed();
            emit link_.changed();
        });
}

}  // namespace teren
