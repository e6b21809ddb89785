// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// The three facts that are always in sight: saved on this device; what is unsent and since when; locked, or
// unlocked and as whom.
Rectangle {
    id: strip

    required property SyncController sync
    required property UnlockController unlock
    property int conflicts: 0
    property string draftSaved: ""
    readonly property bool open: strip.unlock.state === UnlockController.Open
    readonly property bool narrow: strip.width < Theme.narrowWidth * Theme.textScale
    // With large letters on a tablet: the navigation counts conflicts as well.
    readonly property bool tiny: strip.width < 500 * Theme.textScale
    // Room for since when the oldest waits, and for the name of the office.
    readonly property bool wide: strip.width >= 1200 * Theme.textScale

    signal conflictsRequested
    signal lockRequested

    color: Theme.primary
    implicitHeight: Theme.stripHeight

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: 20
        anchors.rightMargin: 12
        spacing: strip.narrow ? 16 : 28

        StripFact {
            dot: Theme.dotFine
            objectName: "factSaved"
            text: strip.draftSaved === "" ? (strip.narrow ? qsTr("Saved") : qsTr("Saved on this device")) : qsTr("Draft saved %1").arg(strip.draftSaved)
            visible: strip.open
        }
        StripFact {
            id: unsent

            // Where the last fact is not there to give way.
            Layout.fillWidth: !contact.visible
            Layout.maximumWidth: unsent.implicitWidth
            dot: strip.sync.overdue || strip.sync.refused ? Theme.dotAlarm : strip.sync.unsent > 0 || strip.unlock.standing !== UnlockController.Inside ? Theme.dotWaiting : Theme.dotFine
            objectName: "factUnsent"
            strong: strip.sync.unsent > 0 ? qsTr("%n unsent", "", strip.sync.unsent) : ""
            text: {
                if (strip.unlock.standing === UnlockController.Outside)
                    return qsTr("No office yet");
                if (strip.unlock.standing === UnlockController.Waiting)
                    return qsTr("Waiting to be let in");
                // Where there is room, the last fact says so.
                if (strip.sync.refused && !strip.wide)
                    return strip.sync.unsent === 0 ? qsTr("The server takes nothing") : qsTr(", the server takes nothing");
                if (strip.sync.unsent === 0)
                    return qsTr("Everything sent");
                if (strip.sync.overdue)
                    return strip.wide ? qsTr(" for over a day, oldest from %1").arg(strip.sync.oldest) : qsTr(" for over a day");
                return !strip.wide || strip.sync.oldest === "" ? "" : qsTr(", oldest from %1").arg(strip.sync.oldest);
            }
            visible: strip.open && strip.sync.known
        }
        StripButton {
            objectName: "factConflicts"
            text: qsTr("%n conflict(s)", "", strip.conflicts)
            visible: strip.open && strip.conflicts > 0 && !strip.tiny
            onClicked: strip.conflictsRequested()
        }
        Item {
            Layout.fillWidth: true
        }
        StripFact {
            id: contact

            // The one fact that may be cut when there is little room: the page of synchronisation has it in full.
            Layout.fillWidth: true
            Layout.maximumWidth: contact.implicitWidth
            objectName: "factContact"
            text: {
                if (strip.sync.state === SyncController.Syncing)
                    return qsTr("Synchronising…");
                if (strip.sync.refused)
                    return qsTr("The server takes nothing from here");
                if (strip.sync.lastContact === "")
                    return qsTr("No contact with the office yet");
                return strip.sync.reachable ? qsTr("Last contact %1").arg(strip.sync.lastContact) : qsTr("No network · last contact %1").arg(strip.sync.lastContact);
            }
            visible: strip.open && strip.sync.known && !strip.narrow && (strip.wide || !strip.sync.refused)
        }
        StripLock {
            objectName: "factLock"
            office: strip.unlock.office
            open: strip.open
            person: strip.unlock.person
            brief: !strip.wide
            onClicked: strip.lockRequested()
        }
    }
}
