// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts

// A folder of this machine: typed, or chosen.
ColumnLayout {
    id: folder

    property alias field: field
    property string label: ""
    property alias text: field.text

    signal accepted

    spacing: 8

    AppText {
        Accessible.ignored: true
        Layout.fillWidth: true
        font.pixelSize: Theme.second
        strong: true
        text: folder.label
    }
    // Not a layout: with texts that wrap around it, it would ask for sizes without end.
    Item {
        Layout.fillWidth: true
        implicitHeight: field.implicitHeight
        implicitWidth: 320

        AppField {
            id: field

            Accessible.name: folder.label
            anchors.left: parent.left
            anchors.right: choose.left
            anchors.rightMargin: 8
            onAccepted: folder.accepted()
        }
        AppButton {
            id: choose

            anchors.right: parent.right
            objectName: "chooseFolder"
            text: qsTr("Choose …")
            onClicked: picker.begin(folder.text)
        }
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
