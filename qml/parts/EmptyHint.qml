// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts

// What an empty list says: that it is empty, and what to do about it.
ColumnLayout {
    id: hint

    property string advice: ""
    property string text: ""

    spacing: 4

    AppText {
        Layout.fillWidth: true
        quiet: true
        text: hint.text
    }
    AppText {
        Layout.fillWidth: true
        font.pixelSize: Theme.second
        quiet: true
        text: hint.advice
        visible: hint.advice !== ""
    }
}
