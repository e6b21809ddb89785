// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// What is wrong with a backup, in words; below them, exactly what, for whoever looks after the devices.
ColumnLayout {
    id: trouble

    required property BackupsController backups
    readonly property string text: trouble.backups.problem

    spacing: 8
    visible: trouble.text !== ""

    Notice {
        Layout.fillWidth: true
        advice: trouble.backups.advice
        objectName: "backupTrouble"
        text: trouble.text
        tone: Tone.Alarm
    }
    AppText {
        Layout.fillWidth: true
        Layout.leftMargin: 16
        font.pixelSize: Theme.small
        quiet: true
        text: qsTr("For whoever looks after the devices: %1").arg(trouble.backups.details.join("; ")) // qmllint disable
        visible: trouble.backups.details.length > 0
    }
}
