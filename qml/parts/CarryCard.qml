// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// Work that is carried on a stick where no network reaches.
Card {
    id: card

    required property CarryController carry

    title: qsTr("Carry on a stick")

    AppText {
        Layout.bottomMargin: 12
        Layout.fillWidth: true
        text: qsTr("Where no network reaches, a sealed file brings your work to the office or to a colleague, and theirs to you. Whoever finds it reads nothing in it. Photos and files do not go along.")
    }
    ChoiceRow {
        id: sticks

        Layout.bottomMargin: 12
        Layout.fillWidth: true
        choices: card.carry.places()
        value: place.text
        visible: sticks.choices.length > 0
        onChosen: id => place.text = id
    }
    FolderField {
        id: place

        Layout.bottomMargin: 12
        Layout.fillWidth: true
        Layout.maximumWidth: Theme.px(640)
        field.objectName: "bundleFolder"
        label: qsTr("Folder for the file, best on a stick")
    }
    AppCheck {
        id: unsentOnly

        Layout.fillWidth: true
        objectName: "bundleUnsentOnly"
        text: qsTr("Only what is not confirmed yet: enough for the server")
    }
    ProgressLine {
        Layout.bottomMargin: 12
        Layout.fillWidth: true
        Layout.topMargin: 12
        running: card.carry.working
        visible: card.carry.working
    }
    Notice {
        Layout.bottomMargin: 12
        Layout.fillWidth: true
        Layout.topMargin: 12
        advice: card.carry.reportAdvice
        objectName: "bundleReport"
        text: card.carry.report
        tone: Tone.Done
    }
    Notice {
        Layout.bottomMargin: 12
        Layout.fillWidth: true
        Layout.topMargin: 12
        advice: card.carry.advice
        objectName: "bundleProblem"
        text: card.carry.problem
        tone: Tone.Alarm
    }
    Flow {
        Layout.fillWidth: true
        Layout.topMargin: 12
        spacing: 12

        AppButton {
            enabled: place.text.trim() !== "" && !card.carry.working
            objectName: "writeBundle"
            text: qsTr("Write the file")
            onClicked: card.carry.write(place.text.trim(), unsentOnly.checked)
        }
        AppButton {
            enabled: !card.carry.working
            objectName: "takeBundle"
            text: qsTr("Take a file in …")
            onClicked: picker.begin(place.text.trim())
        }
    }
    FilePicker {
        id: picker

        files: true
        title: qsTr("A file that a colleague or the office made")
        onPicked: path => card.carry.take(path)
    }
}
