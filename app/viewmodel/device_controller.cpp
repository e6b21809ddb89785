// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/device_controller.h"

#include "app/viewmodel/folder_browser.h"
#include "app/viewmodel/loss_words.h"
#include "app/viewmodel/wording.h"

#include <QLocale>

#include <algorithm>

namespace teren {
namespace {

QString size(std::uint64_t bytes)
{
    return QLocale().formattedDataSize(static_cast<qint64>(bytes), 1, QLocale::DataSizeSIFormat);
}

QString number(std::uint64_t count)
{
    return QLocale().toString(static_cast<qulonglong>(count));
}

const service::WayIn* passphraseOf(const service::DeviceFacts& facts)
{
    const auto found = std::ranges::find(facts.ways, service::WayIn::Kind::Passphrase, &service::WayIn::kind);
    return found == facts.ways.end() ? nullptr : &*found;
}

}  // namespace

DeviceController::DeviceController(DeskLink& link, const Clock& clock, QObject* parent)
    : QObject(parent),
      link_(link),
      clock_(clock)
{
    connect(&work_, &LongWork::changed, this, [this] {
        stopped_ = stopped_ || work_.isStopping();
        emit shown();
    });
    connect(&link_, &DeskLink::closed, this, [this] {
        // A backup that was begun but not handed over yet is gone with the desk.
        working_ = work_.isRunning();
        known_.reset();
        facts_.clear();
        problem_.clear();
        advice_.clear();
        report_.clear();
        without_ = {};
        emit shown();
    });
}

QString DeviceController::floorWarning() const
{
    const service::WayIn* passphrase = known_ ? passphraseOf(*known_) : nullptr;
    return passphrase != nullptr && passphrase->atTheFloor
        ? tr("This profile was made for tests: its passphrase is guessed quickly.")
        : QString();
}

QString DeviceController::lastBackup() const
{
    return known_ && known_->lastBackup ? wording::moment(*known_->lastBackup, clock_.now()) : QString();
}

QString DeviceController::codeMade() const
{
    return known_ && known_->recoveryCodeMade ? wording::moment(*known_->recoveryCodeMade, clock_.now())
                                              : QString();
}

bool DeviceController::hasCode() const
{
    return known_
        && std::ranges::find(known_->ways, service::WayIn::Kind::RecoveryCode, &service::WayIn::kind)
        != known_->ways.end();
}

void DeviceController::refresh()
{
    link_.ask(
        this, [](Desk& desk) { return desk.device(); },
        [this](const Result<service::DeviceFacts>& facts) {
            if (facts) {
                show(*facts);
                return;
            }
            problem_ = wording::trouble(facts.error().code).title;
            advice_ = wording::trouble(facts.error().code).advice;
            emit shown();
        });
}

void DeviceController::show(const service::DeviceFacts& facts)
{
    known_ = facts;
    const QString sent = facts.lastContact
        ? tr("last contact with the office %1").arg(wording::moment(*facts.lastContact, clock_.now()))
        : tr("no contact with the office yet");
    std::vector<FactLine> lines{
        {tr("Cases"), number(facts.cases), {}, Tone::Neutral},
        {tr("Records in them"), number(facts.records), tr("visits, contacts, plans, people and the rest"),
         Tone::Neutral},
        {tr("Attachments"), number(facts.attachments),
         facts.attachments > 0 ? size(facts.attachmentBytes) : QString(), Tone::Neutral},
        {tr("Drafts not saved yet"),
         number(facts.drafts),
         {},
         facts.drafts > 0 ? Tone::Waiting : Tone::Neutral},
        {tr("Changes not sent yet"), number(facts.unsent), sent,
         facts.unsent > 0 ? Tone::Waiting : Tone::Done},
        {tr("Room taken on the disk"), size(facts.bytes), tr("all of it encrypted"), Tone::Neutral},
    };
    if (const service::WayIn* passphrase = passphraseOf(facts))
        lines.push_back(
            {tr("Cost of one guess of the passphrase"), size(passphrase->memoryBytes),
             tr("of memory, %n time(s) over", nullptr, static_cast<int>(passphrase->passes)),
             passphrase->atTheFloor ? Tone::Alarm : Tone::Done});
    facts_.setRows(lines);
    emit shown();
}

void DeviceController::backUp(const QString& folder)
{
    if (working_ || folder.trimmed().isEmpty())
        return;
    working_ = true;
    stopped_ = false;
    problem_.clear();
    advice_.clear();
    report_.clear();
    without_ = {};
    emit shown();
    link_.askBeyond(
        this, [folder = folder.trimmed().toStdString()](Desk& desk) { return desk.beginBackup(folder); },
        [this](const Result<Desk::BackupRest>& begun) {
            if (!begun) {
                finish(std::unexpected(begun.error()), link_.visit());
                return;
            }
            work_.start(
                [rest = *begun](const service::Progress& progress) { return rest(progress); },
                [this, visit = link_.visit()](const Result<service::BackupReport>& made) {
                    finish(made, visit);
                });
        });
}

void DeviceController::finish(const Result<service::BackupReport>& made, int visit)
{
    working_ = false;
    if (!made) {
        explain(made.error().code);
        emit shown();
        return;
    }
    const QString bytes = size(made->bytes);
    if (made->lost.empty()) {
        report_
            = tr("The backup is whole: %1, encrypted. The passphrase and the recovery code of now open it.")
                  .arg(bytes);
    } else {
        report_
            = tr("The backup was written: %1, encrypted. The passphrase and the recovery code of now open "
                 "it.")
                  .arg(bytes);
        without_ = wording::backedUpWithout(made->lost);
    }
    // Another profile may be open by then.
    if (link_.visit() == visit) {
        link_.ask(this, [](Desk& desk) { return desk.noteBackup(); }, [this](const Status&) { refresh(); });
    }
    emit shown();
}

void DeviceController::explain(Errc error)
{
    const wording::Trouble words = stopped_ ? wording::stoppedWriting() : wording::writingBackup(error);
    problem_ = words.title;
    advice_ = words.advice;
}

QVariantList DeviceController::places() const
{
    return removableDisks();
}

}  // namespace teren
