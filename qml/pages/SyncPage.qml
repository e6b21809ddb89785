// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// What of this device's work the office has confirmed, what waits, and since when. Never blocks anything.
AppPage {
    id: page

    required property SyncController sync
    required property UnlockController unlock
    readonly property bool outside: page.unlock.standing === UnlockController.Outside
    readonly property bool syncing: page.sync.state === SyncController.Syncing

    subtitle: !page.sync.known || page.unlock.standing !== UnlockController.Inside ? "" : page.sync.unsent > 0 ? qsTr("Everything is saved on this device. What is not sent yet goes as soon as there is a network.") : qsTr("Everything is saved on this device, and the office has confirmed all of it.")
    title: qsTr("Synchronisation")

    actions: AppButton {
        enabled: !page.syncing && !page.outside
        mainAct: true
        objectName: "syncNow"
        text: page.syncing ? qsTr("Synchronising…") : qsTr("Synchronise now")
        onClicked: page.sync.syncNow()
    }

    OfficeHint {
        Layout.fillWidth: true
        unlock: page.unlock
    }
    Notice {
        Layout.fillWidth: true
        advice: page.sync.advice
        objectName: "syncProblem"
        text: page.sync.problem
        tone: page.sync.state === SyncController.Failed ? Tone.Waiting : Tone.Alarm
    }
    Notice {
        Layout.fillWidth: true
        advice: page.sync.heldAdvice
        objectName: "syncHeld"
        text: page.sync.held
        tone: Tone.Waiting
    }
    Notice {
        Layout.fillWidth: true
        act: qsTr("I have read it")
        advice: page.sync.messages
        objectName: "syncMessages"
        text: page.sync.messages === "" ? "" : qsTr("For the person who looks after the office's Teren")
        tone: Tone.Neutral
        onActed: page.sync.dismissMessages()
    }
    ProgressLine {
        Layout.fillWidth: true
        running: page.syncing
        visible: page.syncing
    }
    Card {
        Layout.fillWidth: true
        title: qsTr("Confirmed by the office")
        visible: page.sync.known

        RowLayout {
            Layout.bottomMargin: 12
            Layout.fillWidth: true
            spacing: 12

            AppText {
                font.pixelSize: Theme.px(36)
                objectName: "confirmed"
                strong: true
                text: qsTr("%1 of %2").arg(page.sync.confirmed).arg(page.sync.total)
                wrapMode: Text.NoWrap
            }
            AppText {
                Layout.alignment: Qt.AlignBottom
                Layout.bottomMargin: 6
                Layout.fillWidth: true
                quiet: true
                text: qsTr("changes made on this device")
            }
        }
        Rectangle {
            Accessible.name: qsTr("%1 of %2").arg(page.sync.confirmed).arg(page.sync.total)
            Accessible.role: Accessible.ProgressBar
            Layout.fillWidth: true
            color: Theme.neutralTint
            implicitHeight: 10
            radius: 5

            Rectangle {
                color: Theme.done
                height: parent.height
                radius: 5
                width: page.sync.total === 0 ? 0 : parent.width * page.sync.confirmed / page.sync.total
            }
        }
    }
    Card {
        Layout.fillWidth: true
        visible: page.sync.known

        FactRow {
            Layout.fillWidth: true
            chip: page.sync.unsent > 0 ? qsTr("%n unsent", "", page.sync.unsent) : qsTr("all sent")
            detail: page.sync.unsent > 0 && page.sync.oldest !== "" ? qsTr("the oldest from %1").arg(page.sync.oldest) : ""
            objectName: "unsentRow"
            title: qsTr("Waiting on this device")
            tone: page.sync.unsent > 0 ? Tone.Waiting : Tone.Done
            topLine: false
        }
        FactRow {
            Layout.fillWidth: true
            chip: page.sync.lastContact === "" ? qsTr("none yet") : page.sync.lastContact
            detail: page.sync.report
            title: qsTr("Last contact with the office")
        }
        FactRow {
            Layout.fillWidth: true
            chip: page.sync.nextAttempt === "" ? qsTr("when you ask for it") : page.sync.nextAttempt
            title: qsTr("Next attempt")
        }
    }
}
