// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// Qt 6.4 cannot bind components to their file; from 6.5 use `pragma ComponentBehavior: Bound`.
// qmllint disable unqualified

// Everything that was ever written to one record, newest first: by whom, when, on which device, over what.
AppPage {
    id: page

    required property HistoryController history

    signal leaving

    overline: page.history.caseTitle
    subtitle: page.history.state === HistoryController.Shown ? qsTr("Every value that was written here, newest first. Nothing is ever taken out of it.") : ""
    title: page.history.state === HistoryController.Shown ? qsTr("History: %1").arg(page.history.title) : qsTr("History")

    actions: AppButton {
        objectName: "historyBack"
        text: qsTr("Back")
        onClicked: page.leaving()
    }

    Notice {
        Layout.fillWidth: true
        advice: page.history.advice
        objectName: "historyProblem"
        text: page.history.problem
        tone: Tone.Alarm
    }
    Notice {
        Layout.fillWidth: true
        objectName: "historyStanding"
        text: page.history.standing
        tone: Tone.Waiting
    }
    ChoiceRow {
        Layout.fillWidth: true
        choices: page.history.fields
        objectName: "historyFields"
        value: page.history.field.toString()
        visible: page.history.fields.length > 2
        onChosen: id => page.history.field = parseInt(id)
    }
    Card {
        Layout.fillWidth: true
        visible: page.history.steps.count > 0

        Repeater {
            model: page.history.steps

            HistoryStep {
                required property int index

                Layout.fillWidth: true
                objectName: "step" + index
                topLine: index > 0
            }
        }
    }
}
