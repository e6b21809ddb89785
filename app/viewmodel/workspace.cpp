// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/workspace.h"

#include "crypto/base/assert.h"

namespace teren {
namespace {

// The one global of the program; see the header.
Workspace* theWorkspace = nullptr;  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)

}  // namespace

Workspace::Workspace(Parts parts)
    : settings_(parts.settings),
      link_(parts.worker, std::move(parts.opener)),
      unlock_(link_, parts.folder),
      today_(link_, parts.clock, parts.schemas),
      cases_(link_),
      case_(link_, parts.clock, parts.schemas),
      form_(link_, parts.clock, parts.schemas),
      conflicts_(link_, parts.clock, parts.schemas),
      sync_({link_, parts.clock, parts.random, parts.pace})
{
    TEREN_ASSERT(theWorkspace == nullptr);
    theWorkspace = this;
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
    form_.keepDraft();
    unlock_.lock();
}

}  // namespace teren
