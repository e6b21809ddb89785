// SPDX-License-Identifier: EUPL-1.2
import QtQuick

// Several paragraphs.
AppArea {
    id: editor

    required property string label
    required property string value

    signal answered(string value)

    Accessible.name: editor.label
    text: editor.value
    onTextChanged: {
        if (editor.text !== editor.value)
            editor.answered(editor.text);
    }
}
