// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// Qt 6.4 cannot bind components to their file; from 6.5 use `pragma ComponentBehavior: Bound`.
// qmllint disable unqualified

// Two versions of one field: what both had seen, each side with who wrote it, when and where, and a decision.
AppPage {
    id: page

    required property ConflictsController conflict
    readonly property bool undecided: page.conflict.state === ConflictsController.Undecided

    // The proposal that stands in the editor as it was made, and for which conflict.
    property string proposed: ""
    property string version: ""

    signal historyRequested(string caseId, string recordId)
    signal leaving

    // What somebody has typed is never replaced by a new proposal for the same conflict.
    function takeProposal() {
        if (page.version === page.conflict.version)
            return;
        if (page.version === "" || proposal.text === page.proposed) {
            page.proposed = page.conflict.proposal;
            proposal.text = page.proposed;
        }
        page.version = page.conflict.version;
    }

    overline: page.undecided ? qsTr("%1 · %2 · field “%3”").arg(page.conflict.caseTitle).arg(page.conflict.record).arg(page.conflict.field) : ""
    subtitle: page.undecided ? qsTr("Both are saved. Nothing is lost: choose one, join them or write a third. Your decision will be signed and stay in the history.") : ""
    title: page.conflict.state === ConflictsController.Gone ? qsTr("This was decided meanwhile") : qsTr("Two versions of the same field")

    actions: AppButton {
        objectName: "conflictHistory"
        text: qsTr("History")
        visible: page.undecided
        onClicked: page.historyRequested(page.conflict.caseId, page.conflict.recordId)
    }

    Component.onCompleted: page.takeProposal()

    Connections {
        function onDecided() {
            page.leaving();
        }
        function onShown() {
            page.takeProposal();
        }
        function onTypedFound(value: string) {
            proposal.text = value;
        }

        target: page.conflict
    }
    Shortcut {
        enabled: page.visible && page.undecided && page.conflict.writable
        sequence: "Ctrl+Return"
        onActivated: page.conflict.write(proposal.text)
    }
    Notice {
        Layout.fillWidth: true
        objectName: "decideProblem"
        text: page.conflict.problem
        tone: Tone.Alarm
    }
    AppText {
        Layout.fillWidth: true
        font.pixelSize: Theme.second
        objectName: "conflictOwner"
        quiet: true
        text: qsTr("Waits for %1 · %2").arg(page.conflict.owner).arg(page.conflict.age)
        visible: page.undecided
    }
    Notice {
        Layout.fillWidth: true
        advice: qsTr("Of two states the one that lets people do least counts, so that nothing happens that somebody has forbidden.")
        objectName: "conflictInForce"
        text: page.undecided && page.conflict.inForce !== "" ? qsTr("Until it is decided, “%1” counts.").arg(page.conflict.inForce) : ""
        tone: Tone.Waiting
    }
    AppButton {
        text: qsTr("Back to the list")
        visible: page.conflict.state === ConflictsController.Gone
        onClicked: page.leaving()
    }
    Rectangle {
        Layout.fillWidth: true
        border.color: Theme.line
        border.width: 2
        color: Theme.sunken
        implicitHeight: baseColumn.implicitHeight + 2 * Theme.pad
        radius: Theme.radius
        visible: page.conflict.state !== ConflictsController.Gone

        ColumnLayout {
            id: baseColumn

            anchors.left: parent.left
            anchors.margins: Theme.pad
            anchors.right: parent.right
            anchors.top: parent.top
            spacing: 6

            AppText {
                Layout.fillWidth: true
                font.pixelSize: Theme.second
                quiet: true
                text: page.conflict.baseBy === "" ? qsTr("What both had seen") : qsTr("What both had seen · %1").arg(page.conflict.baseBy)
            }
            AppText {
                Layout.fillWidth: true
                objectName: "baseText"
                quiet: !page.conflict.hasBase
                text: page.conflict.hasBase ? page.conflict.base : qsTr("The field was empty.")
            }
        }
    }
    GridLayout {
        Layout.fillWidth: true
        columnSpacing: 18
        columns: page.narrow ? 1 : 2
        rowSpacing: 16

        Repeater {
            model: page.conflict.sides

            SideCard {
                id: side

                Layout.alignment: Qt.AlignTop
                Layout.fillHeight: true
                Layout.fillWidth: true
                Layout.preferredWidth: 100
                enabled: page.undecided
                onKept: page.conflict.keep(side.side)
            }
        }
    }
    Card {
        Layout.fillWidth: true
        title: !page.conflict.writable ? qsTr("Or") : page.conflict.proposal === "" ? qsTr("A third version") : qsTr("Joined version")
        visible: page.conflict.state !== ConflictsController.Gone

        AppArea {
            id: proposal

            Accessible.name: page.conflict.proposal === "" ? qsTr("A third version") : qsTr("Joined version")
            Layout.bottomMargin: 12
            Layout.fillWidth: true
            implicitHeight: Math.max(Theme.px(52), contentHeight + topPadding + bottomPadding)
            objectName: "proposal"
            onTextChanged: {
                if (proposal.activeFocus)
                    page.conflict.keepTyped(proposal.text === page.proposed ? "" : proposal.text);
            }
            visible: page.conflict.writable
        }
        Flow {
            Layout.fillWidth: true
            spacing: 12

            AppButton {
                enabled: page.undecided && proposal.text.trim() !== ""
                objectName: "writeJoined"
                primary: true
                text: page.conflict.proposal === "" ? qsTr("Save this version") : qsTr("Save the joined one")
                visible: page.conflict.writable
                onClicked: page.conflict.write(proposal.text)
            }
            AppButton {
                enabled: page.undecided
                objectName: "keepBoth"
                text: qsTr("Keep both")
                visible: page.conflict.bothPossible
                onClicked: page.conflict.keepBoth()
            }
            AppButton {
                objectName: "decideLater"
                text: qsTr("I will decide later")
                onClicked: page.leaving()
            }
        }
        AppText {
            Layout.fillWidth: true
            Layout.topMargin: 12
            font.pixelSize: Theme.second
            quiet: true
            text: qsTr("Putting it off changes nothing: both versions stay.")
        }
    }
}
