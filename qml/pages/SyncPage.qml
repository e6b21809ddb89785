// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// Qt 6.4 cannot bind components to their file; from 6.5 use `pragma ComponentBehavior: Bound`.
// qmllint disable unqualified

// What of this device's work the office has confirmed, what waits, and since when. Never blocks anything.
AppPage {
    id: page

    required property CarryController carry
    required property MeetingController meeting
    required property SyncController sync
    required property TrafficController traffic
    required property UnlockController unlock
    readonly property bool outside: page.unlock.standing === UnlockController.Outside
    readonly property bool syncing: page.sync.state === SyncController.Syncing

    signal apartRequested
    signal caseOpened(string caseId)

    subtitle: !page.sync.known || page.unlock.standing !== UnlockController.Inside ? "" : page.sync.refused ? qsTr("Everything is saved on this device.") : page.sync.unsent > 0 ? qsTr("Everything is saved on this device. What is not sent yet goes as soon as there is a network.") : qsTr("Everything is saved on this device, and the office has confirmed all of it.")
    title: qsTr("Synchronisation")

    // Never a button that does nothing: while a talk is under way, the act is to end it.
    actions: AppButton {
        enabled: !page.outside && !page.sync.stopping
        mainAct: true
        objectName: "syncNow"
        primary: !page.syncing
        text: page.sync.stopping ? qsTr("Stopping …") : page.syncing ? qsTr("Stop") : qsTr("Synchronise now")
        onClicked: page.syncing ? page.sync.stop() : page.sync.syncNow()
    }

    Binding {
        property: "watched"
        target: page.traffic
        value: page.visible
    }
    Component.onDestruction: page.traffic.watched = false

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
        advice: qsTr("What has arrived stays. The rest goes with the next synchronisation.")
        objectName: "syncStopped"
        text: page.sync.stopped ? qsTr("You have stopped it.") : ""
        tone: Tone.Neutral
    }
    Notice {
        Layout.fillWidth: true
        advice: page.sync.overdueAdvice
        objectName: "syncOverdue"
        text: page.sync.overdueProblem
        tone: Tone.Alarm
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
        text: page.sync.messages === "" ? "" : qsTr("This has happened: please read it, or show it to the person it names")
        tone: Tone.Neutral
        onActed: page.sync.dismissMessages()
    }
    Notice {
        Layout.fillWidth: true
        act: qsTr("Show")
        advice: page.traffic.missingAdvice
        objectName: "syncMissing"
        text: page.traffic.missing
        tone: Tone.Neutral
        onActed: page.apartRequested()
    }
    ProgressLine {
        Layout.fillWidth: true
        objectName: "syncProgress"
        percent: page.sync.percent
        running: page.syncing
        visible: page.syncing
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: 12
        visible: page.syncing && page.sync.moving !== ""

        AppText {
            Layout.fillWidth: true
            font.pixelSize: Theme.second
            objectName: "syncMoving"
            quiet: true
            text: page.sync.moving
        }
        AppText {
            Layout.alignment: Qt.AlignTop
            font.pixelSize: Theme.second
            objectName: "syncTimeLeft"
            quiet: true
            text: page.sync.timeLeft
            wrapMode: Text.NoWrap
        }
    }
    GridLayout {
        Layout.fillWidth: true
        columnSpacing: 18
        columns: page.narrow ? 1 : 2
        rowSpacing: 16
        visible: page.sync.known && !page.outside

        ColumnLayout {
            Layout.alignment: Qt.AlignTop
            Layout.fillWidth: true
            Layout.preferredWidth: 100
            spacing: 16

            Card {
                Layout.fillWidth: true
                title: qsTr("Confirmed by the office")

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

                FactRow {
                    Layout.fillWidth: true
                    chip: page.sync.unsent > 0 ? qsTr("%n unsent", "", page.sync.unsent) : qsTr("all sent")
                    detail: page.sync.unsent > 0 && page.sync.oldest !== "" ? qsTr("the oldest from %1").arg(page.sync.oldest) : ""
                    objectName: "unsentRow"
                    title: qsTr("Waiting on this device")
                    tone: page.sync.overdue ? Tone.Alarm : page.sync.unsent > 0 ? Tone.Waiting : Tone.Done
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
                    objectName: "nextAttempt"
                    title: qsTr("Next attempt")
                }
                FactRow {
                    Layout.fillWidth: true
                    chip: page.sync.backedUp
                    detail: page.sync.backedUpDetail
                    objectName: "backedUp"
                    title: qsTr("Backed up by the server")
                    tone: page.sync.allBackedUp ? Tone.Done : Tone.Waiting
                }
                FactRow {
                    Layout.fillWidth: true
                    chip: qsTr("%n change(s)", "", page.sync.waiting)
                    detail: qsTr("of colleagues; they build on work that has not arrived here yet")
                    objectName: "waitingRow"
                    title: qsTr("Waiting for others' work")
                    visible: page.sync.waiting > 0
                }
                AppButton {
                    Layout.topMargin: 12
                    objectName: "openApart"
                    text: qsTr("What does not count, what is missing …")
                    onClicked: page.apartRequested()
                }
            }
            Card {
                Layout.fillWidth: true
                objectName: "holders"
                title: qsTr("Received by colleagues' devices")
                visible: page.traffic.holders.count > 0

                AppText {
                    Layout.bottomMargin: 4
                    Layout.fillWidth: true
                    font.pixelSize: Theme.second
                    quiet: true
                    text: qsTr("Who may read what was written here, and how much of it their device says that it has received and applied. It may have removed a case since, to save room.")
                }
                Repeater {
                    model: page.traffic.holders

                    FactRow {
                        id: holder

                        required detail
                        required title
                        required tone

                        required property int index
                        required property string stateWords

                        Layout.fillWidth: true
                        chip: holder.stateWords
                        objectName: "holder" + holder.index
                        topLine: holder.index > 0
                    }
                }
            }
        }
        ColumnLayout {
            Layout.alignment: Qt.AlignTop
            Layout.fillWidth: true
            Layout.preferredWidth: 100
            spacing: 16

            Card {
                Layout.fillWidth: true
                objectName: "caseTraffic"
                title: qsTr("By case")

                EmptyHint {
                    Layout.fillWidth: true
                    text: qsTr("Nothing was written in a case on this device yet.")
                    visible: page.traffic.cases.count === 0
                }
                Repeater {
                    model: page.traffic.cases

                    TwoLineRow {
                        id: row

                        required detail
                        required title
                        required tone

                        required property string caseId
                        required property int index
                        required property string stateWords

                        Layout.fillWidth: true
                        chip: row.stateWords
                        objectName: "traffic" + row.index
                        topLine: row.index > 0
                        onClicked: page.caseOpened(row.caseId)
                    }
                }
                AppText {
                    Layout.fillWidth: true
                    Layout.topMargin: 8
                    font.pixelSize: Theme.second
                    quiet: true
                    text: page.traffic.moreCases
                    visible: page.traffic.moreCases !== ""
                }
            }
            AwaitedCard {
                Layout.fillWidth: true
                objectName: "awaitedCard"
                sync: page.sync
                traffic: page.traffic
            }
            CarryCard {
                Layout.fillWidth: true
                carry: page.carry
                objectName: "carryCard"
            }
            MeetingCard {
                Layout.fillWidth: true
                meeting: page.meeting
                objectName: "meetingCard"
            }
        }
    }
}
