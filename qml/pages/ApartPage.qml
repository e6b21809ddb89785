// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// Qt 6.4 cannot bind components to their file; from 6.5 use `pragma ComponentBehavior: Bound`.
// qmllint disable unqualified

// Work that is kept and does not count, work that others wait for, and what was signed twice.
AppPage {
    id: page

    required property ApartController apart

    signal leaving

    subtitle: qsTr("Nothing of it is lost: it is kept. It is shown to whoever wrote it and to who supervises; what the server has lost, to everybody who opens the case.")
    title: qsTr("Work that does not count or is missing")

    actions: AppButton {
        objectName: "apartBack"
        text: qsTr("Back")
        onClicked: page.leaving()
    }

    Component.onDestruction: page.apart.leave()

    // What came of an act stands at the top.
    Connections {
        function onShown() {
            if (page.apart.report !== "" || page.apart.problem !== "")
                page.scroller.contentY = 0;
        }

        target: page.apart
    }
    Notice {
        Layout.fillWidth: true
        advice: page.apart.advice
        objectName: "apartProblem"
        text: page.apart.problem
        tone: Tone.Alarm
    }
    Notice {
        Layout.fillWidth: true
        advice: page.apart.reportAdvice
        objectName: "apartReport"
        text: page.apart.report
        tone: Tone.Done
    }
    Notice {
        id: question

        Layout.fillWidth: true
        advice: page.apart.questionAdvice
        objectName: "goOnQuestion"
        text: page.apart.question
        tone: Tone.Alarm
    }
    Flow {
        Layout.fillWidth: true
        spacing: 12
        visible: question.visible

        AppButton {
            objectName: "goOn"
            primary: true
            text: qsTr("Go on without it")
            onClicked: page.apart.confirm()
        }
        AppButton {
            id: goOnNot

            objectName: "goOnNot"
            text: qsTr("Wait for it")
            onClicked: page.apart.cancel()
        }
    }
    Card {
        Layout.fillWidth: true
        title: qsTr("Does not count")

        EmptyHint {
            Layout.fillWidth: true
            objectName: "nothingApart"
            text: qsTr("All work on this device counts.")
            visible: page.apart.known && page.apart.work.count === 0
        }
        Repeater {
            model: page.apart.work

            ActRow {
                id: apartRow

                required detail
                required title
                required tone

                required property bool canEnter
                required property string entries
                required property int index
                required property string stateWords

                Layout.fillWidth: true
                act: apartRow.canEnter ? qsTr("Enter it again") : ""
                chip: apartRow.stateWords
                more: apartRow.entries
                objectName: "apart" + apartRow.index
                topLine: apartRow.index > 0
                onActed: page.apart.enterAgain(apartRow.index)
            }
        }
    }
    Card {
        Layout.fillWidth: true
        title: qsTr("Waited for")

        EmptyHint {
            Layout.fillWidth: true
            text: qsTr("Nothing here waits for anybody's work.")
            visible: page.apart.known && page.apart.missing.count === 0
        }
        Repeater {
            model: page.apart.missing

            ActRow {
                id: missingRow

                required detail
                required title
                required tone

                required property int index
                required property string stateWords

                Layout.fillWidth: true
                act: qsTr("Go on without it …")
                chip: missingRow.stateWords
                objectName: "missing" + missingRow.index
                topLine: missingRow.index > 0
                onActed: {
                    page.apart.askToGoOn(missingRow.index);
                    // The page scrolls to what has the keyboard.
                    goOnNot.forceActiveFocus();
                }
            }
        }
    }
    Card {
        Layout.fillWidth: true
        title: qsTr("Signed twice")

        AppText {
            Layout.bottomMargin: 12
            Layout.fillWidth: true
            text: qsTr("Where the server, or a device, has signed two things that exclude each other, this device keeps both. A file with them lets anybody check it.")
        }
        FolderField {
            id: place

            Layout.bottomMargin: 12
            Layout.fillWidth: true
            Layout.maximumWidth: Theme.px(640)
            field.objectName: "evidenceFolder"
            label: qsTr("Folder for the proof")
        }
        AppButton {
            enabled: place.text.trim() !== "" && !page.apart.working
            objectName: "writeEvidence"
            text: qsTr("Write the proof")
            onClicked: page.apart.writeEvidence(place.text.trim())
        }
    }
}
