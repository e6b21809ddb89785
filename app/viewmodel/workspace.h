// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/viewmodel/alarm_controller.h"
#include "app/viewmodel/apart_controller.h"
#include "app/viewmodel/attachments_controller.h"
#include "app/viewmodel/backups_controller.h"
#include "app/viewmodel/carry_controller.h"
#include "app/viewmodel/case_controller.h"
#include "app/viewmodel/cases_controller.h"
#include "app/viewmodel/conflicts_controller.h"
#include "app/viewmodel/device_controller.h"
#include "app/viewmodel/form_controller.h"
#include "app/viewmodel/history_controller.h"
#include "app/viewmodel/idle_watch.h"
#include "app/viewmodel/keys_controller.h"
#include "app/viewmodel/meeting_controller.h"
#include "app/viewmodel/news_controller.h"
#include "app/viewmodel/profiles_controller.h"
#include "app/viewmodel/session_watch.h"
#include "app/viewmodel/settings_controller.h"
#include "app/viewmodel/sync_controller.h"
#include "app/viewmodel/today_controller.h"
#include "app/viewmodel/traffic_controller.h"
#include "app/viewmodel/unlock_controller.h"

#include <QQmlEngine>

namespace teren {

/// The program as QML sees it: the one singleton, holding a controller for each page.
///
/// `main` builds it with its real parts before the engine starts and it outlives the engine, so every object
/// a page can reach has been put together in one place in C++.
class Workspace : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(teren::UnlockController* unlock READ unlock CONSTANT FINAL)
    Q_PROPERTY(teren::TodayController* today READ today CONSTANT FINAL)
    Q_PROPERTY(teren::CasesController* cases READ cases CONSTANT FINAL)
    Q_PROPERTY(teren::CaseController* opened READ opened CONSTANT FINAL)
    Q_PROPERTY(teren::FormController* form READ form CONSTANT FINAL)
    Q_PROPERTY(teren::ConflictsController* conflicts READ conflicts CONSTANT FINAL)
    Q_PROPERTY(teren::SyncController* sync READ sync CONSTANT FINAL)
    Q_PROPERTY(teren::SettingsController* settings READ settings CONSTANT FINAL)
    Q_PROPERTY(teren::ProfilesController* profiles READ profiles CONSTANT FINAL)
    Q_PROPERTY(teren::KeysController* keys READ keys CONSTANT FINAL)
    Q_PROPERTY(teren::DeviceController* device READ device CONSTANT FINAL)
    Q_PROPERTY(teren::BackupsController* backups READ backups CONSTANT FINAL)
    Q_PROPERTY(teren::AlarmController* alarm READ alarm CONSTANT FINAL)
    Q_PROPERTY(teren::AttachmentsController* attachments READ attachments CONSTANT FINAL)
    Q_PROPERTY(teren::NewsController* news READ news CONSTANT FINAL)
    Q_PROPERTY(teren::HistoryController* history READ history CONSTANT FINAL)
    Q_PROPERTY(teren::TrafficController* traffic READ traffic CONSTANT FINAL)
    Q_PROPERTY(teren::CarryController* carry READ carry CONSTANT FINAL)
    Q_PROPERTY(teren::ApartController* apart READ apart CONSTANT FINAL)
    Q_PROPERTY(teren::MeetingController* meeting READ meeting CONSTANT FINAL)

public:
    /// What the workspace is put together from; all outlive it.
    struct Parts {
        platform::Worker& worker;
        const Clock& clock;
        RandomSource& random;
        const domain::SchemaSet& schemas;
        Doors& doors;
        QString folder;  ///< Of the profile; empty if one is to be chosen.
        SettingsController& settings;
        SessionWatch& session;
        SyncController::Pace pace;
    };

    /// Has an argument on purpose: given a default constructor, Qt would ignore `create` below and silently
    /// make a second, empty workspace.
    explicit Workspace(Parts parts);
    ~Workspace() override;

    /// Called by the QML engine, which must neither own nor delete the object.
    static Workspace* create(QQmlEngine* engine, QJSEngine* scriptEngine);

    UnlockController* unlock() { return &unlock_; }
    TodayController* today() { return &today_; }
    CasesController* cases() { return &cases_; }
    CaseController* opened() { return &case_; }
    FormController* form() { return &form_; }
    ConflictsController* conflicts() { return &conflicts_; }
    SyncController* sync() { return &sync_; }
    SettingsController* settings() { return &settings_; }
    ProfilesController* profiles() { return &profiles_; }
    KeysController* keys() { return &keys_; }
    DeviceController* device() { return &device_; }
    BackupsController* backups() { return &backups_; }
    AlarmController* alarm() { return &alarm_; }
    AttachmentsController* attachments() { return &attachments_; }
    NewsController* news() { return &news_; }
    HistoryController* history() { return &history_; }
    TrafficController* traffic() { return &traffic_; }
    CarryController* carry() { return &carry_; }
    ApartController* apart() { return &apart_; }
    MeetingController* meeting() { return &meeting_; }

    /// Draft to the disk, then lock: keys wiped, files closed, nothing of a case in the window or the
    /// clipboard. Also happens by itself, when nobody touches the window, before the machine sleeps and with
    /// the session.
    Q_INVOKABLE void lock();
    IdleWatch& idle() { return idle_; }

signals:
    /// Locked, and nothing is open any more.
    void closed();

private:
    void leave(const Status& last);

    SettingsController& settings_;
    SessionWatch& session_;
    IdleWatch idle_;
    DeskLink link_;
    UnlockController unlock_;
    ProfilesController profiles_;
    KeysController keys_;
    DeviceController device_;
    BackupsController backups_;
    AlarmController alarm_;
    TodayController today_;
    CasesController cases_;
    CaseController case_;
    AttachmentsController attachments_;
    FormController form_;
    ConflictsController conflicts_;
    NewsController news_;
    HistoryController history_;
    TrafficController traffic_;
    CarryController carry_;
    ApartController apart_;
    MeetingController meeting_;
    SyncController sync_;
};

}  // namespace teren
