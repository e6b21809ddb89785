// SPDX-License-Identifier: EUPL-1.2
import QtQuick

// Qt 6.4 cannot bind components to their file; from 6.5 use `pragma ComponentBehavior: Bound`.
// qmllint disable unqualified

// Any of several. The value is their identifiers with commas between.
Flow {
    id: editor

    required property var choices
    required property string label
    required property string value
    readonly property var chosen: editor.value === "" ? [] : editor.value.split(",")

    signal answered(string value)

    function toggle(id: string) {
        const others = editor.chosen.filter(one => one !== id);
        editor.answered((others.length === editor.chosen.length ? others.concat(id) : others).join(","));
    }

    Accessible.name: editor.label
    Accessible.role: Accessible.Grouping
    spacing: 8

    Repeater {
        model: editor.choices

        ChoiceButton {
            id: button

            required property var modelData

            checked: editor.chosen.includes(button.modelData.id)
            many: true
            text: button.modelData.label
            onClicked: editor.toggle(button.modelData.id)
        }
    }
}
