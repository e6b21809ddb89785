// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts

// A line to type in under its words; with `secret`, what is typed is covered unless `revealed`.
ColumnLayout {
    id: labelled

    property alias field: field
    property string label: ""
    property bool revealed: false
    property bool secret: false
    property alias text: field.text
    property bool wrong: false

    signal accepted

    spacing: 8

    AppText {
        Accessible.ignored: !labelled.secret
        Layout.fillWidth: true
        font.pixelSize: Theme.second
        strong: true
        text: labelled.label
    }
    AppField {
        id: field

        Accessible.name: labelled.label
        Accessible.passwordEdit: labelled.secret
        Layout.fillWidth: true
        echoMode: labelled.secret && !labelled.revealed ? TextInput.Password : TextInput.Normal
        inputMethodHints: labelled.secret ? Qt.ImhSensitiveData | Qt.ImhNoPredictiveText | Qt.ImhNoAutoUppercase : Qt.ImhNone
        wrong: labelled.wrong
        onAccepted: labelled.accepted()
    }
}
