// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts

// A folder of this machine: typed, or chosen.
GridLayout {
    id: folder

    property alias field: line.field
    property alias label: line.label
    property alias text: line.text

    signal accepted

    columnSpacing: 12
    columns: folder.width < Theme.px(420) ? 1 : 2
    rowSpacing: 8

    LabelledField {
        id: line

        Layout.fillWidth: true
        onAccepted: folder.accepted()
    }
    AppButton {
        Layout.alignment: Qt.AlignBottom
        objectName: "chooseFolder"
        text: qsTr("Choose …")
        onClicked: picker.begin(folder.text)
    }
    FilePicker {
        id: picker

        title: folder.label
        onPicked: path => {
            folder.text = path;
            folder.accepted();
        }
    }
}
