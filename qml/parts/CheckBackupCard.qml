// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// Whether a backup is whole, and how old.
Card {
    id: card

    required property BackupsController backups
    readonly property bool working: card.backups.state === BackupsController.Checking

    title: qsTr("Check a backup")

    function submit() {
        card.backups.check(choice.chosen, secret.text, false);
        secret.text = "";
    }

    AppText {
        Layout.bottomMargin: 12
        Layout.fillWidth: true
        text: qsTr("A backup that nobody ever checked is a hope. Checking reads every byte of it; with its passphrase it is also restored for trial, and removed again.")
    }
    BackupChoice {
        id: choice

        Layout.bottomMargin: 12
        Layout.fillWidth: true
        Layout.maximumWidth: Theme.px(640)
        backups: card.backups
        enabled: !card.working
        field.objectName: "checkFolder"
    }
    LabelledField {
        id: secret

        Layout.bottomMargin: 12
        Layout.fillWidth: true
        Layout.maximumWidth: Theme.px(520)
        field.objectName: "checkPassphrase"
        label: qsTr("Passphrase of the backup, or nothing")
        secret: true
        visible: choice.chosen !== "" && !card.working
        onAccepted: card.submit()
    }
    WorkLine {
        Layout.bottomMargin: 12
        Layout.fillWidth: true
        percent: card.backups.percent
        stopping: card.backups.stopping
        visible: card.working
        words: qsTr("Reading the backup.")
        onStopped: card.backups.stop()
    }
    Notice {
        Layout.bottomMargin: 12
        Layout.fillWidth: true
        advice: card.backups.reportAdvice
        objectName: "checkReport"
        text: card.backups.report
        tone: Tone.Done
    }
    BackupTrouble {
        Layout.bottomMargin: 12
        Layout.fillWidth: true
        backups: card.backups
        objectName: "checkProblem"
    }
    AppButton {
        enabled: !card.working
        objectName: "checkBackup"
        text: qsTr("Check it")
        visible: choice.chosen !== ""
        onClicked: card.submit()
    }
}
