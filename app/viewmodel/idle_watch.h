// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/viewmodel/idle_pace.h"

#include <QObject>
#include <QTimer>

namespace teren {

/// Notices that nobody uses the windows of the program any more.
class IdleWatch : public QObject {
    Q_OBJECT

public:
    /// @param clock  Outlives it.
    explicit IdleWatch(const Clock& clock, QObject* parent = nullptr);

    void setMinutes(int minutes);
    void open();
    void close();
    /// Looks at the clock now; by itself it does so when it may be time.
    void check();

    bool eventFilter(QObject* watched, QEvent* event) override;

signals:
    void idle();

private:
    const Clock& clock_;
    IdlePace pace_;
    QTimer timer_;
};

}  // namespace teren
