// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// What of the open profile is on this device.
Card {
    id: card

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
}
