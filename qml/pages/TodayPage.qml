// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// Qt 6.4 cannot bind components to their file; from 6.5 use `pragma ComponentBehavior: Bound`.
// qmllint disable unqualified

// The day: visits, what is due, conflicts that wait for a decision.
AppPage {
    id: page

    required property BackupsController backups
    required property ConflictList conflicts
    required property NewsController news
    required property TodayController today
    required property UnlockController unlock
    readonly property bool inside: page.unlock.standing === UnlockController.Inside

    signal caseOpened(string caseId)
    signal changesRequested(string caseId)
    signal conflictsRequested
    signal contactRequested
    // How long the first conflict has waited.
    property string conflictAge: ""

    signal visitOpened(string caseId, string recordId)

    subtitle: page.inside ? page.today.summary : ""
    title: page.today.heading

    actions: AppButton {
        enabled: page.inside
        mainAct: true
        objectName: "quickContact"
        text: qsTr("+ Quick contact")
        onClicked: page.contactRequested()
    }

    Notice {
        Layout.fillWidth: true
        act: qsTr("I have read it")
        advice: page.backups.leftOutAdvice
        objectName: "leftOut"
        text: page.backups.leftOut
        tone: Tone.Alarm
        onActed: page.backups.forgetLeftOut()
    }
    OfficeHint {
        Layout.fillWidth: true
        objectName: "officeHint"
        unlock: page.unlock
    }
    GridLayout {
        Layout.fillWidth: true
        columnSpacing: 18
        columns: page.narrow ? 1 : 2
        rowSpacing: 18
        visible: page.inside

        Card {
            Layout.alignment: Qt.AlignTop
            Layout.fillHeight: !page.narrow
            Layout.fillWidth: true
            Layout.preferredWidth: 612
            // With news beside the conflicts, both are seen without scrolling.
            Layout.rowSpan: page.narrow || page.news.caseCount > 0 ? 1 : 2
            title: qsTr("Visits")

            EmptyHint {
                Layout.fillWidth: true
                advice: qsTr("A visit is added in its case.")
                objectName: "noVisits"
                text: qsTr("No visits are planned for today.")
                visible: page.today.visits.count === 0
            }
            Repeater {
                model: page.today.visits

                TwoLineRow {
                    id: visit

                    required title
                    required tone

                    required property int index
                    required property string caseId
                    required property string place
                    required property string purpose
                    required property string recordId
                    required property string safety
                    required property string stateWords
                    required property string time

                    Layout.fillWidth: true
                    chip: visit.stateWords
                    detail: Theme.joined([visit.place, visit.purpose])
                    hint: visit.safety
                    lead: visit.time === "" ? "–" : visit.time
                    objectName: "visit" + visit.index
                    strongTitle: true
                    topLine: visit.index > 0
                    onClicked: page.caseOpened(visit.caseId)
                }
            }
        }
        Card {
            Layout.alignment: Qt.AlignTop
            Layout.fillWidth: true
            Layout.preferredWidth: 490
            title: qsTr("Due")

            EmptyHint {
                Layout.fillWidth: true
                objectName: "nothingDue"
                text: qsTr("Nothing is due in the next weeks.")
                visible: page.today.dues.count === 0
            }
            Repeater {
                model: page.today.dues

                TwoLineRow {
                    id: due

                    required detail
                    required title
                    required tone

                    required property int index
                    required property string caseId
                    required property string recordId
                    required property string stateWords

                    Layout.fillWidth: true
                    chip: due.stateWords
                    objectName: "due" + due.index
                    topLine: due.index > 0
                    onClicked: page.caseOpened(due.caseId)
                }
            }
        }
        Card {
            Layout.alignment: Qt.AlignTop
            Layout.fillWidth: true
            border.color: Theme.alarmEdge
            objectName: "conflictCard"
            title: qsTr("%n conflict(s) to decide", "", page.conflicts.count)
            titleColor: Theme.alarm
            visible: page.conflicts.count > 0

            Repeater {
                model: page.conflicts

                AppText {
                    id: conflict

                    required property int index
                    required property string caseTitle
                    required property string field
                    required property string people

                    Layout.bottomMargin: 4
                    Layout.fillWidth: true
                    font.pixelSize: Theme.second
                    quiet: true
                    text: qsTr("%1: “%2” – %3").arg(conflict.caseTitle).arg(conflict.field).arg(conflict.people)
                    visible: conflict.index < 3
                }
            }
            AppText {
                Layout.fillWidth: true
                Layout.topMargin: 4
                font.pixelSize: Theme.second
                quiet: true
                text: qsTr("The first has waited: %1").arg(page.conflictAge)
                visible: page.conflictAge !== ""
            }
            AppButton {
                Layout.topMargin: 8
                objectName: "openConflicts"
                text: qsTr("Open")
                onClicked: page.conflictsRequested()
            }
        }
        Card {
            Layout.alignment: Qt.AlignTop
            Layout.fillWidth: true
            objectName: "newsCard"
            title: qsTr("Changed while you were away")
            visible: page.news.caseCount > 0

            Repeater {
                model: page.news.cases

                TwoLineRow {
                    id: changed

                    required detail
                    required title
                    required tone

                    required property string caseId
                    required property int index
                    required property string stateWords

                    Layout.fillWidth: true
                    chip: changed.stateWords
                    objectName: "news" + changed.index
                    topLine: changed.index > 0
                    visible: changed.index < 3
                    onClicked: page.changesRequested(changed.caseId)
                }
            }
            AppButton {
                Layout.topMargin: 8
                objectName: "allNews"
                text: qsTr("Show all: %1").arg(page.news.summary)
                onClicked: page.changesRequested("")
            }
        }
    }
}
