// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Teren.App

// A line: words, a number, a time, a telephone number.
AppField {
    id: editor

    required property int kind
    required property string label
    required property string value

    signal answered(string value)

    Accessible.name: editor.label
    inputMethodHints: {
        switch (editor.kind) {
        case FieldList.Number:
            return Qt.ImhFormattedNumbersOnly;
        case FieldList.Phone:
            return Qt.ImhDialableCharactersOnly;
        case FieldList.Time:
            return Qt.ImhTime;
        }
        return Qt.ImhNone;
    }
    placeholderText: editor.kind === FieldList.Time ? qsTr("9:30") : ""
    text: editor.value
    onTextEdited: editor.answered(text)
}
