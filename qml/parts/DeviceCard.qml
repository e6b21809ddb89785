// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// What of the open profile is on this device.
Card {
    id: card

    required property AlarmController alarm
    required property DeviceController device

    title: qsTr("What is on this device")

    Notice {
        Layout.bottomMargin: 12
        Layout.fillWidth: true
        objectName: "floorWarning"
        text: card.device.floorWarning
        advice: qsTr("Do not keep anybody's data in it. Make a profile anew for real work.")
        tone: Tone.Alarm
    }
    Repeater {
        model: card.device.facts

        FactRow {
            required property int index

            required chip
            required detail
            required title
            required tone

            Layout.fillWidth: true
            topLine: index > 0
        }
    }
    AppText {
        Layout.bottomMargin: 12
        Layout.fillWidth: true
        Layout.topMargin: 12
        text: qsTr("Reading all of it shows whether anything was changed from outside, or spoiled by the disk.")
    }
    ProgressLine {
        Layout.bottomMargin: 12
        Layout.fillWidth: true
        running: card.alarm.checking
        visible: card.alarm.checking
    }
    Notice {
        Layout.bottomMargin: 12
        Layout.fillWidth: true
        objectName: "selfCheckReport"
        text: card.alarm.report
        tone: Tone.Done
    }
    Notice {
        Layout.bottomMargin: 12
        Layout.fillWidth: true
        advice: card.alarm.checkAdvice
        objectName: "selfCheckProblem"
        text: card.alarm.checkProblem
        tone: Tone.Alarm
    }
    AppButton {
        enabled: !card.alarm.checking
        objectName: "selfCheck"
        text: qsTr("Check this profile")
        onClicked: card.alarm.check()
    }
}
