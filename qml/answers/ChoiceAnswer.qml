// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Teren.App

// One of a few, yes or no, one of the case's records; pressing the chosen one takes it back.
ChoiceRow {
    id: editor

    required property int kind
    required property string label

    signal answered(string value)

    Accessible.name: editor.label
    Accessible.role: Accessible.Grouping
    clearable: true
    onChosen: id => editor.answered(id)

    Binding on choices  {
        value: [{
                "id": "yes",
                "label": qsTr("Yes")
            }, {
                "id": "no",
                "label": qsTr("No")
            }]
        when: editor.kind === FieldList.YesNo
    }
}
