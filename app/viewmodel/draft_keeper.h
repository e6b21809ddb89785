// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/viewmodel/desk_link.h"
#include "app/viewmodel/draft_pace.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <string>

namespace teren {

/// What is half-typed somewhere that is no form, kept as an encrypted draft within a second, and found again.
/// A draft that the disk does not take is tried again each second.
class DraftKeeper : public QObject {
    Q_OBJECT

public:
    DraftKeeper(DeskLink& link, const Clock& clock, QObject* parent = nullptr);

    /// Turns to another draft; what waits of the one before is written. `found` gets what was kept, if
    /// anything was.
    void begin(const std::string& key, std::function<void(const service::FieldValues&)> found);
    /// Takes up what is typed; nothing but empty answers is kept as nothing.
    void keep(const service::FieldValues& answers);
    /// It was used, or is not wanted.
    void drop();
    /// What waits, as the last thing that is done at the desk; empty if nothing does.
    DeskLink::LastWork parting();

private:
    void write();
    void arm();

    DeskLink& link_;
    const Clock& clock_;
    std::string key_;
    service::FieldValues answers_;
    DraftPace pace_;
    QTimer timer_;
};

/// Both, one after the other; the first that fails is told.
DeskLink::LastWork both(DeskLink::LastWork first, DeskLink::LastWork second);

}  // namespace teren
