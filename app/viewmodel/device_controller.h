// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/viewmodel/desk_link.h"
#include "app/viewmodel/lists.h"
#include "app/viewmodel/long_work.h"
#include "app/viewmodel/trouble.h"

#include <QObject>
#include <QVariantList>

namespace teren {

/// What of the open profile is on this device, and its sealed backups.
class DeviceController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by Workspace.")
    Q_PROPERTY(teren::FactList* facts READ facts CONSTANT FINAL)
    Q_PROPERTY(QString floorWarning READ floorWarning NOTIFY shown FINAL)
    Q_PROPERTY(QString lastBackup READ lastBackup NOTIFY shown FINAL)
    Q_PROPERTY(QString codeMade READ codeMade NOTIFY shown FINAL)
    Q_PROPERTY(bool hasCode READ hasCode NOTIFY shown FINAL)
    Q_PROPERTY(bool working READ working NOTIFY shown FINAL)
    Q_PROPERTY(int percent READ percent NOTIFY shown FINAL)
    Q_PROPERTY(bool stopping READ stopping NOTIFY shown FINAL)
    Q_PROPERTY(QString problem READ problem NOTIFY shown FINAL)
    Q_PROPERTY(QString advice READ advice NOTIFY shown FINAL)
    Q_PROPERTY(QString report READ report NOTIFY shown FINAL)
    Q_PROPERTY(QString without READ without NOTIFY shown FINAL)
    Q_PROPERTY(QString withoutAdvice READ withoutAdvice NOTIFY shown FINAL)

public:
    DeviceController(DeskLink& link, const Clock& clock, QObject* parent = nullptr);

    FactList* facts() { return &facts_; }
    /// That the passphrase of this profile is hashed cheaply, as tests have it; empty if it is not.
    QString floorWarning() const;
    /// When the last backup was made; empty for never.
    QString lastBackup() const;
    QString codeMade() const;
    bool hasCode() const;
    /// A backup is being made.
    bool working() const { return working_; }
    /// How far, from 0 to 100; -1 while nobody knows.
    int percent() const { return work_.percent(); }
    bool stopping() const { return work_.isStopping(); }
    QString problem() const { return problem_; }
    QString advice() const { return advice_; }
    QString report() const { return report_; }
    /// What the backup that was made does not hold, in words; empty for nothing.
    QString without() const { return without_.title; }
    QString withoutAdvice() const { return without_.advice; }

    Q_INVOKABLE void refresh();
    /// It goes on when the window is locked meanwhile.
    Q_INVOKABLE void backUp(const QString& folder);
    Q_INVOKABLE void stopBackup() { work_.stop(); }
    /// Sticks and other disks that are there: maps with `id`, their folder, and `label`, their name and free
    /// room.
    Q_INVOKABLE QVariantList places() const;

signals:
    void shown();

private:
    void show(const service::DeviceFacts& facts);
    void finish(const Result<service::BackupReport>& made, int visit);
    void explain(Errc error);

    DeskLink& link_;
    const Clock& clock_;
    std::optional<service::DeviceFacts> known_;
    FactList facts_;
    LongWork work_;
    bool working_ = false;
    bool stopped_ = false;
    QString problem_;
    QString advice_;
    QString report_;
    wording::Trouble without_;
};

}  // namespace teren
