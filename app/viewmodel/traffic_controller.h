// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/viewmodel/desk_link.h"
#include "app/viewmodel/lists.h"

#include <QObject>

namespace teren {

/// How the work stands with the office case by case, which files are not on this device, and whose work
/// others wait for. Asks only while its page is looked at: most of an office's cases have something to say
/// here.
class TrafficController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by Workspace.")
    Q_PROPERTY(bool watched READ watched WRITE setWatched NOTIFY watchedChanged FINAL)
    Q_PROPERTY(QString moreCases READ moreCases NOTIFY shown FINAL)
    Q_PROPERTY(QString missing READ missing NOTIFY shown FINAL)
    Q_PROPERTY(QString missingAdvice READ missingAdvice NOTIFY shown FINAL)
    Q_PROPERTY(QString problem READ problem NOTIFY shown FINAL)
    Q_PROPERTY(teren::TrafficList* cases READ cases CONSTANT FINAL)
    Q_PROPERTY(teren::HolderList* holders READ holders CONSTANT FINAL)
    Q_PROPERTY(teren::AwaitedList* awaited READ awaited CONSTANT FINAL)

public:
    TrafficController(DeskLink& link, const Clock& clock, QObject* parent = nullptr);

    bool watched() const { return watched_; }
    void setWatched(bool watched);
    /// "and 12 more cases"; empty if all are listed.
    QString moreCases() const;
    /// Changes of colleagues that wait for somebody's work, a line each; empty if there are none.
    QString missing() const;
    QString missingAdvice() const;
    QString problem() const { return problem_; }
    TrafficList* cases() { return &cases_; }
    AwaitedList* awaited() { return &awaited_; }
    /// Colleagues' devices that may read what was written here.
    HolderList* holders() { return &holders_; }

    /// Asks for the content of a file; `fetching` follows when that is noted.
    Q_INVOKABLE void fetch(const QString& caseId, const QString& recordId);
    void refresh();

signals:
    void watchedChanged();
    void shown();
    /// Somebody waits for a file: it is time to talk to the server.
    void fetching();

private:
    void show(const service::SyncOverview& overview);
    void show(const service::DeliveryView& delivery);
    HolderRow row(const service::HolderView& holder) const;
    TrafficRow row(const service::CaseTraffic& traffic) const;

    DeskLink& link_;
    const Clock& clock_;
    bool watched_ = false;
    service::SyncOverview overview_;
    QString problem_;
    TrafficList cases_;
    AwaitedList awaited_;
    HolderList holders_;
};

}  // namespace teren
