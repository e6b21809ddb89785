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
    // The way from the place to the page on top: names of pages and ids of what they show, no words of anybody. It
    // outlives locking, and unlocking leads there again.
    property var trail: []
    // Whose way it is: nobody is led to what another person had open.
    property string trailOf: ""
    // Which page a locked window shows.
    property string door: Workspace.profiles.several ? "list" : "unlock"
    readonly property var pages: ({
            "today": todayPage,
            "cases": casesPage,
            "choose": choosePage,
            "case": casePage,
            "attachment": attachmentPage,
            "form": formPage,
            "recovery": recoveryPage,
            "conflicts": conflictsPage,
            "conflict": conflictPage,
            "changes": changesPage,
            "history": historyPage,
            "apart": apartPage,
            "sync": syncPage,
            "settings": settingsPage
        })

    function show(place: string) {
        window.place = place;
        Workspace.form.keepDraft();
        window.trail = [];
        stack.replace(null, window.pages[place], StackView.Immediate);
    }
    // Goes to what `step` names: a page, the ids it needs, and where one was on it.
    function enter(step: var) {
        window.prepare(step);
        window.trail.push(step);
        window.putBack(stack.push(window.pages[step.page], StackView.Immediate), step);
    }
    function prepare(step: var) {
        if (step.page === "case")
            Workspace.opened.open(step.caseId);
        else if (step.page === "form")
            Workspace.form.open(step.caseId, step.type, step.recordId);
        else if (step.page === "attachment")
            Workspace.attachments.open(step.caseId, step.recordId);
        else if (step.page === "conflict")
            Workspace.conflicts.open(step.key);
        else if (step.page === "changes")
            Workspace.news.open(step.caseId);
        else if (step.page === "history")
            Workspace.history.open(step.caseId, step.recordId);
        else if (step.page === "apart")
            Workspace.apart.open();
    }
    function putBack(page: var, step: var) {
        if (page && page.startField !== undefined && step.field)
            page.startField = step.field;
        if (page && page.scroller !== undefined && step.scroll)
            page.scroller.wanted = step.scroll;
    }
    function back() {
        Workspace.form.keepDraft();
        window.trail.pop();
        if (stack.depth > 1)
            stack.pop(StackView.Immediate);
        else if (window.place !== "today")
            window.show("today");
    }
    function openCase(caseId: string) {
        window.enter({
                "page": "case",
                "caseId": caseId
            });
    }
    function openForm(caseId: string, type: string, recordId: string) {
        window.enter({
                "page": "form",
                "caseId": caseId,
                "type": type,
                "recordId": recordId
            });
    }
    function openAttachment(caseId: string, recordId: string) {
        window.enter({
                "page": "attachment",
                "caseId": caseId,
                "recordId": recordId
            });
    }
    function openHistory(caseId: string, recordId: string) {
        window.enter({
                "page": "history",
                "caseId": caseId,
                "recordId": recordId
            });
    }
    // Without a case: of all of them.
    function openChanges(caseId: string) {
        window.enter({
                "page": "changes",
                "caseId": caseId
            });
    }
    // What a line of changes or of a history is about.
    function openRecord(caseId: string, type: string, recordId: string) {
        if (type === "case")
            window.openCase(caseId);
        else if (type === "attachment")
            window.openAttachment(caseId, recordId);
        else
            window.openForm(caseId, type, recordId);
    }
    // Notes where one is on each page, before they are all taken away.
    function remember() {
        for (let i = 1; i < stack.depth; ++i) {
            const page = stack.get(i, StackView.DontLoad);
            window.trail[i - 1].field = page && page.currentField !== undefined ? page.currentField : "";
            window.trail[i - 1].scroll = page && page.scroller !== undefined ? page.scroller.contentY : 0;
        }
    }
    function comeBack() {
        const steps = window.trail;
        window.show(window.place);
        for (const step of steps)
            window.enter(step);
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
        if (window.open) {
            if (window.trailOf !== Workspace.unlock.folder) {
                window.place = "today";
                window.trail = [];
            }
            window.trailOf = Workspace.unlock.folder;
            window.door = "unlock";
            window.comeBack();
            if (Workspace.profiles.justMade)
                window.enter({
                        "page": "recovery"
                    });
        } else {
            window.remember();
            stack.clear(StackView.Immediate);
        }
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
        sequence: "Ctrl+5"
        onActivated: window.show("settings")
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
        conflicts: Workspace.conflicts.conflicts.count
        draftSaved: Workspace.form.isDraft ? Workspace.form.draftSaved : ""
        sync: Workspace.sync
        unlock: Workspace.unlock
        onConflictsRequested: window.show("conflicts")
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
        notices: Workspace.sync.noticeCount
        visible: window.open
        onChosen: place => window.show(place)
    }
    Notice {
        id: alarm

        act: qsTr("Put away")
        advice: Workspace.alarm.advice
        objectName: "alarm"
        radius: 0
        text: window.open ? Workspace.alarm.problem : ""
        tone: Tone.Alarm
        width: stack.width
        x: stack.x
        y: strip.height
        onActed: Workspace.alarm.dismiss()
    }
    StackView {
        id: stack

        height: (window.narrow ? rail.y : parent.height) - y
        width: window.narrow ? parent.width : parent.width - rail.width
        x: window.narrow ? 0 : rail.width
        y: strip.height + (alarm.visible ? alarm.height : 0)
        focus: window.open
        visible: window.open
        onCurrentItemChanged: {
            if (stack.currentItem)
                stack.currentItem.forceActiveFocus();
        }
    }
    Loader {
        id: locked

        readonly property bool choosing: Workspace.profiles.several && Workspace.unlock.folder === ""

        active: !window.open
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: strip.bottom
        focus: !window.open
        sourceComponent: {
            if (window.door === "new")
                return newProfilePage;
            if (window.door === "restore")
                return restorePage;
            if (locked.choosing)
                return profilesPage;
            return window.door === "recover" ? recoverPage : unlockPage;
        }
        onLoaded: (locked.item as Item).forceActiveFocus()
    }

    Component {
        id: profilesPage

        ProfilesPage {
            focus: true
            profiles: Workspace.profiles
            onCreating: window.door = "new"
            onRestoring: window.door = "restore"
        }
    }
    Component {
        id: newProfilePage

        NewProfilePage {
            focus: true
            profiles: Workspace.profiles
            unlock: Workspace.unlock
            onLeaving: {
                window.door = "list";
                Workspace.profiles.leave();
            }
        }
    }
    Component {
        id: restorePage

        RestorePage {
            backups: Workspace.backups
            focus: true
            keys: Workspace.keys
            onLeaving: {
                window.door = "list";
                Workspace.profiles.leave();
            }
        }
    }
    Connections {
        function onRestored() {
            window.door = "unlock";
        }

        target: Workspace.backups
    }
    Component {
        id: unlockPage

        UnlockPage {
            focus: true
            profiles: Workspace.profiles
            unlock: Workspace.unlock
            onForgotten: {
                Workspace.unlock.beginAgain();
                window.door = "recover";
            }
        }
    }
    Component {
        id: recoverPage

        RecoverPage {
            focus: true
            keys: Workspace.keys
            unlock: Workspace.unlock
            onLeaving: {
                Workspace.unlock.beginAgain();
                window.door = "unlock";
            }
        }
    }
    Component {
        id: recoveryPage

        RecoveryCodePage {
            keys: Workspace.keys
            onLeaving: {
                Workspace.keys.forget();
                Workspace.profiles.settled();
                window.show("today");
            }
        }
    }

    Component {
        id: todayPage

        TodayPage {
            backups: Workspace.backups
            conflictAge: Workspace.conflicts.oldestAge
            conflicts: Workspace.conflicts.conflicts
            news: Workspace.news
            today: Workspace.today
            unlock: Workspace.unlock
            onCaseOpened: caseId => window.openCase(caseId)
            onChangesRequested: caseId => window.openChanges(caseId)
            onConflictsRequested: window.show("conflicts")
            onContactRequested: window.enter({
                    "page": "choose"
                })
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
                stack.pop(StackView.Immediate);
                window.trail.pop();
                window.openForm(caseId, "contact", "");
            }
        }
    }
    Component {
        id: casePage

        CasePage {
            attachments: Workspace.attachments
            news: Workspace.news
            opened: Workspace.opened
            onChangesRequested: window.openChanges(opened.caseId)
            onHistoryRequested: recordId => window.openHistory(opened.caseId, recordId)
            onAttachmentOpened: recordId => window.openAttachment(opened.caseId, recordId)
            onConflictsRequested: window.show("conflicts")
            onFormRequested: (type, recordId) => window.openForm(opened.caseId, type, recordId)
        }
    }
    Component {
        id: formPage

        FormPage {
            attachments: Workspace.attachments
            form: Workspace.form
            onAttachmentOpened: recordId => window.openAttachment(form.caseId, recordId)
            onHistoryRequested: window.openHistory(form.caseId, form.recordId)
            onLeaving: window.back()
        }
    }
    Component {
        id: attachmentPage

        AttachmentPage {
            attachments: Workspace.attachments
            onDetailsRequested: recordId => window.openForm(attachments.caseId, "attachment", recordId)
            onHistoryRequested: recordId => window.openHistory(attachments.caseId, recordId)
            onLeaving: window.back()
        }
    }
    Component {
        id: conflictsPage

        ConflictsPage {
            conflicts: Workspace.conflicts.conflicts
            mine: Workspace.conflicts.mine
            onConflictOpened: key => window.enter({
                        "page": "conflict",
                        "key": key
                    })
        }
    }
    Component {
        id: conflictPage

        ConflictPage {
            conflict: Workspace.conflicts
            onHistoryRequested: (caseId, recordId) => window.openHistory(caseId, recordId)
            onLeaving: window.back()
        }
    }
    Component {
        id: changesPage

        ChangesPage {
            news: Workspace.news
            onHistoryRequested: (caseId, recordId) => window.openHistory(caseId, recordId)
            onLeaving: window.back()
            onRecordOpened: (caseId, type, recordId) => window.openRecord(caseId, type, recordId)
        }
    }
    Component {
        id: historyPage

        HistoryPage {
            history: Workspace.history
            onLeaving: window.back()
        }
    }
    Component {
        id: apartPage

        ApartPage {
            apart: Workspace.apart
            onLeaving: window.back()
        }
    }
    Component {
        id: syncPage

        SyncPage {
            carry: Workspace.carry
            meeting: Workspace.meeting
            sync: Workspace.sync
            traffic: Workspace.traffic
            unlock: Workspace.unlock
            onApartRequested: window.enter({
                    "page": "apart"
                })
            onCaseOpened: caseId => window.openCase(caseId)
        }
    }
    Component {
        id: settingsPage

        SettingsPage {
            alarm: Workspace.alarm
            backups: Workspace.backups
            device: Workspace.device
            keys: Workspace.keys
            settings: Workspace.settings
        }
    }
}
