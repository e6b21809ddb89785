// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/workspace.h"

#include "crypto/base/assert.h"

#include <QClipboard>
#include <QGuiApplication>

namespace teren {
namespace {

// The one global of the program; see the header.
Workspace* theWorkspace = nullptr;  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)

/// Takes back what was copied in this program; what somebody copied elsewhere stays.
void forgetWhatWasCopied()
{
    QClipboard* clipboard = QGuiApplication::clipboard();
    if (clipboard->ownsClipboard())
        clipboard->clear();
    if (clipboard->supportsSelection() && clipboard->ownsSelection())
        clipboard->clear(QClipboard::Selection);
}

}  // namespace

Workspace::Workspace(Parts parts)
    : settings_(parts.settings),
      session_(parts.session),
      idle_(parts.clock),
      link_(parts.worker, parts.doors),
      unlock_(link_, parts.folder),
      profiles_(link_, unlock_, parts.folder.isEmpty()),
      keys_(link_),
      device_(link_, parts.clock),
      backups_(link_, unlock_, parts.clock),
      alarm_(link_),
      today_(link_, parts.clock, parts.schemas),
      cases_(link_, parts.clock),
      case_(link_, parts.clock, parts.schemas),
      attachments_(link_, parts.clock),
      form_(link_, parts.clock, parts.schemas),
      conflicts_(link_, parts.clock, parts.schemas),
      news_(link_, parts.clock, parts.schemas),
      history_(link_, parts.clock, parts.schemas),
      traffic_(link_, parts.clock),
      carry_(link_, parts.clock),
      apart_(link_, parts.clock, parts.schemas),
      meeting_(link_),
      sync_({link_, parts.clock, parts.random, parts.pace})
{
    TEREN_ASSERT(theWorkspace == nullptr);
    theWorkspace = this;
    idle_.setMinutes(settings_.lockMinutes());
    connect(&settings_, &SettingsController::lockMinutesChanged, this, [this] {
        idle_.setMinutes(settings_.lockMinutes());
    });
    connect(&link_, &DeskLink::opened, &idle_, &IdleWatch::open);
    connect(&link_, &DeskLink::closed, &idle_, &IdleWatch::close);
    connect(&idle_, &IdleWatch::idle, this, &Workspace::lock);
    connect(&session_, &SessionWatch::locking, this, &Workspace::lock);
    connect(&traffic_, &TrafficController::fetching, &sync_, &SyncController::syncNow);
    // What controllers have put into words is put into the words of the new language.
    connect(&settings_, &SettingsController::languageChanged, this, [this] {
        unlock_.retranslate();
        if (link_.isOpen())
            emit link_.changed();
    });
}

Workspace::~Workspace()
{
    form_.keepDraft();
    forgetWhatWasCopied();
    theWorkspace = nullptr;
}

Workspace* Workspace::create(QQmlEngine* engine, QJSEngine* scriptEngine)
{
    Q_UNUSED(engine)
    Q_UNUSED(scriptEngine)
    TEREN_ASSERT(theWorkspace != nullptr);
    QJSEngine::setObjectOwnership(theWorkspace, QJSEngine::CppOwnership);
    return theWorkspace;
}

void Workspace::lock()
{
    const bool locked = unlock_.lock(
        both(form_.parting(), both(conflicts_.parting(), cases_.parting())),
        [this](const Status& last) { leave(last); });
    forgetWhatWasCopied();
    if (!locked)
        session_.readyToSleep();
}

void Workspace::leave(const Status& last)
{
    if (!last)
        unlock_.tellLost(last.error());
    session_.readyToSleep();
    emit closed();
}

}  // namespace teren
