// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/viewmodel/desk_link.h"
#include "app/viewmodel/sync_pace.h"

#include <QObject>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#include <optional>
#include <span>

namespace teren {

/// What of this device's work the office has confirmed, what waits and for how long, and the talk with the
/// server.
class SyncController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by Workspace.")
    Q_PROPERTY(State state READ state NOTIFY shown FINAL)
    Q_PROPERTY(bool known READ known NOTIFY shown FINAL)
    Q_PROPERTY(int unsent READ unsent NOTIFY shown FINAL)
    Q_PROPERTY(int confirmed READ confirmed NOTIFY shown FINAL)
    Q_PROPERTY(int total READ total NOTIFY shown FINAL)
    Q_PROPERTY(QString oldest READ oldest NOTIFY shown FINAL)
    Q_PROPERTY(bool overdue READ overdue NOTIFY shown FINAL)
    Q_PROPERTY(QString overdueProblem READ overdueProblem NOTIFY shown FINAL)
    Q_PROPERTY(QString overdueAdvice READ overdueAdvice NOTIFY shown FINAL)
    Q_PROPERTY(QString lastContact READ lastContact NOTIFY shown FINAL)
    Q_PROPERTY(QString nextAttempt READ nextAttempt NOTIFY shown FINAL)
    Q_PROPERTY(bool reachable READ reachable NOTIFY shown FINAL)
    Q_PROPERTY(bool refused READ refused NOTIFY shown FINAL)
    Q_PROPERTY(QString problem READ problem NOTIFY shown FINAL)
    Q_PROPERTY(QString advice READ advice NOTIFY shown FINAL)
    Q_PROPERTY(QString report READ report NOTIFY shown FINAL)
    Q_PROPERTY(QString held READ held NOTIFY shown FINAL)
    Q_PROPERTY(QString heldAdvice READ heldAdvice NOTIFY shown FINAL)
    Q_PROPERTY(QString messages READ messages NOTIFY shown FINAL)
    Q_PROPERTY(int noticeCount READ noticeCount NOTIFY shown FINAL)
    Q_PROPERTY(bool stopping READ stopping NOTIFY shown FINAL)
    Q_PROPERTY(bool stopped READ stopped NOTIFY shown FINAL)
    Q_PROPERTY(QString backedUp READ backedUp NOTIFY shown FINAL)
    Q_PROPERTY(QString backedUpDetail READ backedUpDetail NOTIFY shown FINAL)
    Q_PROPERTY(bool allBackedUp READ allBackedUp NOTIFY shown FINAL)
    Q_PROPERTY(int waiting READ waiting NOTIFY shown FINAL)
    Q_PROPERTY(QString files READ files NOTIFY shown FINAL)
    Q_PROPERTY(QString filesDetail READ filesDetail NOTIFY shown FINAL)
    Q_PROPERTY(int filesTone READ filesTone NOTIFY shown FINAL)
    Q_PROPERTY(QString filesTrouble READ filesTrouble NOTIFY shown FINAL)
    Q_PROPERTY(QString detail READ detail NOTIFY shown FINAL)
    Q_PROPERTY(int percent READ percent NOTIFY moved FINAL)
    Q_PROPERTY(QString moving READ moving NOTIFY moved FINAL)
    Q_PROPERTY(QString timeLeft READ timeLeft NOTIFY moved FINAL)

public:
    enum State { Idle, Syncing, Failed };
    Q_ENUM(State)

    /// Whether it talks to the server only when asked, or also as `SyncPace` says.
    enum class Pace { ByHand, ByItself };

    /// What it depends on; all outlive it.
    struct Parts {
        DeskLink& link;
        const Clock& clock;
        RandomSource& random;
        Pace pace = Pace::ByItself;
    };

    explicit SyncController(Parts parts, QObject* parent = nullptr);

    State state() const { return state_; }
    /// False until the vault was asked: nothing here may be told to anybody before.
    bool known() const { return known_; }
    int unsent() const { return static_cast<int>(status_.unsent); }
    int confirmed() const { return static_cast<int>(status_.confirmed); }
    int total() const { return static_cast<int>(status_.total); }
    /// When the oldest unsent change was made; empty with none.
    QString oldest() const;
    /// Work has been on this device alone for so long (`limits::kUnsentAlarm`) that a person must be told. It
    /// becomes so while the window is open, without anything else happening.
    bool overdue() const;
    /// Empty unless `overdue`.
    QString overdueProblem() const;
    QString overdueAdvice() const;
    QString lastContact() const;
    QString nextAttempt() const;
    /// The server answered last time, whatever it said.
    bool reachable() const
    {
        return status_.server != service::ServerState::Unknown
            && status_.server != service::ServerState::Unreachable;
    }
    /// It takes nothing from this device.
    bool refused() const { return status_.server == service::ServerState::Refused; }
    QString problem() const;
    QString advice() const;
    /// Work that does not arrive and why; empty if there is none.
    QString held() const;
    QString heldAdvice() const;
    /// What happened unseen, oldest first, a paragraph each; not more at once than a person reads.
    QString messages() const;
    /// All that nobody has read, also what `messages` leaves for later.
    int noticeCount() const { return static_cast<int>(status_.notices.size()); }
    /// Those of `messages` were read.
    Q_INVOKABLE void dismissMessages();
    /// What the last talk of this window moved, in a sentence; empty before it.
    QString report() const;

    /// Ending a talk was asked for, and it has not ended yet.
    bool stopping() const { return stopping_; }
    /// The last one was ended by the person.
    bool stopped() const { return stopped_; }
    /// How much of what is confirmed a backup of the server on another machine holds, in words.
    QString backedUp() const;
    QString backedUpDetail() const;
    bool allBackedUp() const { return status_.confirmed > 0 && status_.backedUp >= status_.confirmed; }
    /// Changes of others that wait for what they build on.
    int waiting() const { return static_cast<int>(status_.waiting); }
    /// Photos and files, in words: what is unsent, and what is not here.
    QString files() const;
    QString filesDetail() const;
    int filesTone() const;
    /// Why a file did not travel the last time; empty if all did.
    QString filesTrouble() const;
    /// What exactly ended the last talk, in English, for whoever looks after the devices; empty if it went
    /// well.
    QString detail() const { return detail_; }

    /// How far the talk is that is under way, from 0 to 100; -1 while nobody knows, and without one.
    int percent() const;
    /// What it has moved of what it has to, a line for each direction and kind; empty likewise.
    QString moving() const;
    /// How long it still takes, in words; empty while nobody knows.
    QString timeLeft() const;

    Q_INVOKABLE void syncNow();
    /// Ends the talk that is under way: what has arrived stays, the rest goes with the next one.
    Q_INVOKABLE void stop();
    /// Somebody came to the window.
    Q_INVOKABLE void attend();
    void refresh();

signals:
    void shown();
    /// How far a talk is has changed, and nothing else.
    void moved();

private:
    void open(const Desk::Holder& holder);
    void close();
    void finish(const Result<service::SyncReport>& report);
    void showProgress(const service::SyncProgress& progress);
    void show(const service::SyncStatus& status);
    /// Sets the timer to what the pace says.
    void arm();
    /// Sets the other to when the oldest unsent work becomes overdue.
    void armAlarm();

    DeskLink& link_;
    const Clock& clock_;
    const Pace byItself_;
    SyncPace pace_;
    State state_ = State::Idle;
    QTimer nextTimer_;
    QTimer alarmTimer_;
    std::span<const service::Notice> shownNotices() const;

    service::SyncStatus status_;
    bool known_ = false;
    std::optional<Errc> error_;
    QString detail_;
    bool stopping_ = false;
    bool stopped_ = false;
    std::optional<service::SyncReport> report_;
    service::SyncProgress progress_;
};

}  // namespace teren
