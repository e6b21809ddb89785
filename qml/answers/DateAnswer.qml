// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts

// A date, written as 2026-02-28, or today's by one press.
RowLayout {
    id: editor

    required property string label
    required property string today
    required property string value
    property bool wrong: false

    signal answered(string value)

    spacing: 8

    AppField {
        Accessible.name: editor.label
        Layout.maximumWidth: Theme.px(240)
        Layout.fillWidth: true
        inputMethodHints: Qt.ImhDate
        placeholderText: qsTr("YYYY-MM-DD")
        text: editor.value
        wrong: editor.wrong
        onTextEdited: editor.answered(text)
    }
    AppButton {
        Accessible.name: qsTr("%1: today").arg(editor.label)
        objectName: "today"
        text: qsTr("Today")
        onClicked: editor.answered(editor.today)
    }
    Item {
        Layout.fillWidth: true
    }
}
