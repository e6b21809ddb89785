// SPDX-License-Identifier: EUPL-1.2
import QtQuick

// Qt 6.4 cannot bind components to their file; from 6.5 use `pragma ComponentBehavior: Bound`.
// qmllint disable unqualified

// Some answers as buttons, of which one holds; pressing the one that holds takes it back if `clearable`.
Flow {
    id: choiceRow

    required property var choices
    property bool clearable: false
    property string value: ""

    signal chosen(string id)

    spacing: 8

    Repeater {
        model: choiceRow.choices

        ChoiceButton {
            id: button

            required property int index
            required property var modelData

            objectName: "choice" + button.index
            checked: button.modelData.id === choiceRow.value
            text: button.modelData.label
            onClicked: choiceRow.chosen(choiceRow.clearable && button.checked ? "" : button.modelData.id)
        }
    }
}
