// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// A sealed backup on a stick or in another folder.
Card {
    id: card

    required property DeviceController device

    title: qsTr("Backup")

    AppText {
        Layout.bottomMargin: 12
        Layout.fillWidth: true
        text: card.device.lastBackup === "" ? qsTr("No backup was made of this profile yet. A backup is encrypted like the profile itself, and holds what was not sent yet as well.") : qsTr("Last backup: %1. A backup is encrypted like the profile itself, and holds what was not sent yet as well.").arg(card.device.lastBackup)
    }
    ChoiceRow {
        id: sticks

        Layout.bottomMargin: 12
        Layout.fillWidth: true
        choices: card.device.places()
        value: place.text
        visible: sticks.choices.length > 0
        onChosen: id => place.text = id
    }
    FolderField {
        id: place

        Layout.bottomMargin: 12
        Layout.fillWidth: true
        Layout.maximumWidth: Theme.px(640)
        field.objectName: "backupFolder"
        label: qsTr("Folder for the backup, best on a stick")
    }
    WorkLine {
        Layout.bottomMargin: 12
        Layout.fillWidth: true
        percent: card.device.percent
        stopping: card.device.stopping
        visible: card.device.working
        words: qsTr("Writing the backup; you can go on working. Do not pull out the stick.")
        onStopped: card.device.stopBackup()
    }
    Notice {
        Layout.bottomMargin: 12
        Layout.fillWidth: true
        objectName: "backupReport"
        text: card.device.report
        tone: Tone.Done
    }
    Notice {
        Layout.bottomMargin: 12
        Layout.fillWidth: true
        advice: card.device.withoutAdvice
        objectName: "backupWithout"
        text: card.device.without
        tone: Tone.Alarm
    }
    Notice {
        Layout.bottomMargin: 12
        Layout.fillWidth: true
        advice: card.device.advice
        objectName: "backupProblem"
        text: card.device.problem
        tone: Tone.Alarm
    }
    AppButton {
        enabled: place.text.trim() !== "" && !card.device.working
        objectName: "backUp"
        text: qsTr("Make a backup")
        onClicked: card.device.backUp(place.text)
    }
}
