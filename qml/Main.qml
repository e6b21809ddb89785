// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Controls.Basic
import Teren.App

// Qt 6.4 cannot bind components to their file; from 6.5 use `pragma ComponentBehavior: Bound`.
// qmllint disable unqualified

// The window: the three facts, navigation, and one page at a time. The only user of `Workspace`.
ApplicationWindow {
    id: window

    readonly property bool narrow: window.width < Theme.narrowWidth
    readonly property bool open: Workspace.unlock.state === UnlockController.Open
    property string place: "today"

    function show(place: string) {
        window.place = place;
        Workspace.form.keepDraft();
        const pages = {
            "today": todayPage,
            "cases": casesPage,
            "conflicts": conflictsPage,
            "sync": syncPage,
            "settings": settingsPage
        };
        stack.replace(null, pages[place], StackView.Immediate);
    }
    function enter(page: Component) {
        stack.push(page, StackView.Immediate);
    }
    function back() {
        Workspace.form.keepDraft();
        if (stack.depth > 1)
            stack.pop(StackView.Immediate);
        else if (window.place !== "today")
            window.show("today");
    }
    function openCase(caseId: string) {
        Workspace.opened.open(caseId);
        window.enter(casePage);
    }
    function openForm(caseId: string, type: string, recordId: string) {
        Workspace.form.open(caseId, type, recordId);
        window.enter(formPage);
    }
    function openConflict(key: string) {
        Workspace.conflicts.open(key);
        window.enter(conflictPage);
    }

    color: Theme.background
    height: 800
    minimumHeight: 480
    minimumWidth: 480
    // Never more: a window title is seen in the task switcher.
    title: "Teren"
    visible: true
    width: 1280

    onActiveChanged: {
        if (window.active)
            Workspace.sync.attend();
    }
    onOpenChanged: {
        if (window.open)
            window.show("today");
        else
            stack.clear(StackView.Immediate);
    }

    Binding {
        property: "textScale"
        target: Theme
        value: Workspace.settings.textPercent / 100
    }
    Shortcut {
        enabled: window.open
        sequence: "Ctrl+L"
        onActivated: Workspace.lock()
    }
    Shortcut {
        enabled: window.open
        sequence: "Esc"
        onActivated: window.back()
    }
    Shortcut {
        enabled: window.open
        sequence: "Ctrl+1"
        onActivated: window.show("today")
    }
    Shortcut {
        enabled: window.open
        sequence: "Ctrl+2"
        onActivated: window.show("cases")
    }
    Shortcut {
        enabled: window.open
        sequence: "Ctrl+3"
        onActivated: window.show("conflicts")
    }
    Shortcut {
        enabled: window.open
        sequence: "Ctrl+4"
        onActivated: window.show("sync")
    }
    Shortcut {
        enabled: window.open
        sequence: "Ctrl+R"
        onActivated: Workspace.sync.syncNow()
    }

    TopStrip {
        id: strip

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        draftSaved: Workspace.form.isDraft ? Workspace.form.draftSaved : ""
        sync: Workspace.sync
        unlock: Workspace.unlock
        onLockRequested: Workspace.lock()
    }
    NavRail {
        id: rail

        // Not anchors: an anchor that is taken away leaves its size behind when the window is turned.
        height: window.narrow ? implicitHeight : parent.height - strip.height
        width: window.narrow ? parent.width : implicitWidth
        y: window.narrow ? parent.height - height : strip.height
        conflicts: Workspace.conflicts.conflicts.count
        current: window.place
        horizontal: window.narrow
        visible: window.open
        onChosen: place => window.show(place)
    }
    StackView {
        id: stack

        height: window.narrow ? rail.y - strip.height : parent.height - strip.height
        width: window.narrow ? parent.width : parent.width - rail.width
        x: window.narrow ? 0 : rail.width
        y: strip.height
        focus: window.open
        visible: window.open
        onCurrentItemChanged: {
            if (stack.currentItem)
                stack.currentItem.forceActiveFocus();
        }
    }
    UnlockPage {
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: strip.bottom
        focus: visible
        unlock: Workspace.unlock
        visible: !window.open
    }

    Component {
        id: todayPage

        TodayPage {
            conflicts: Workspace.conflicts.conflicts
            today: Workspace.today
            unlock: Workspace.unlock
            onCaseOpened: caseId => window.openCase(caseId)
            onConflictsRequested: window.show("conflicts")
            onContactRequested: window.enter(choosePage)
        }
    }
    Component {
        id: casesPage

        CasesPage {
            cases: Workspace.cases
            unlock: Workspace.unlock
            onCaseOpened: caseId => window.openCase(caseId)
        }
    }
    Component {
        id: choosePage

        CasesPage {
            cases: Workspace.cases
            unlock: Workspace.unlock
            choosing: true
            onCaseOpened: caseId => {
                Workspace.form.open(caseId, "contact", "");
                stack.replace(formPage, StackView.Immediate);
            }
        }
    }
    Component {
        id: casePage

        CasePage {
            opened: Workspace.opened
            onConflictsRequested: window.show("conflicts")
            onFormRequested: (type, recordId) => window.openForm(opened.caseId, type, recordId)
        }
    }
    Component {
        id: formPage

        FormPage {
            form: Workspace.form
            onLeaving: window.back()
        }
    }
    Component {
        id: conflictsPage

        ConflictsPage {
            conflicts: Workspace.conflicts.conflicts
            onConflictOpened: key => window.openConflict(key)
        }
    }
    Component {
        id: conflictPage

        ConflictPage {
            conflict: Workspace.conflicts
            onLeaving: window.back()
        }
    }
    Component {
        id: syncPage

        SyncPage {
            sync: Workspace.sync
            unlock: Workspace.unlock
        }
    }
    Component {
        id: settingsPage

        SettingsPage {
            settings: Workspace.settings
        }
    }
}
