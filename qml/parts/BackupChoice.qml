// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// Qt 6.4 cannot bind components to their file; from 6.5 use `pragma ComponentBehavior: Bound`.
// qmllint disable unqualified

// Where backups are, and which of them.
ColumnLayout {
    id: choice

    required property BackupsController backups
    // The folder of the one that is chosen.
    property string chosen: ""
    property alias field: place.field

    spacing: 12

    FolderField {
        id: place

        Layout.fillWidth: true
        label: qsTr("Folder with backups, best on a stick")
        onAccepted: {
            choice.chosen = "";
            choice.backups.look(place.text);
        }
    }
    AppButton {
        enabled: place.text.trim() !== ""
        objectName: "lookForBackups"
        text: qsTr("Look for backups")
        visible: choice.backups.found.count === 0 || place.text.trim() !== choice.backups.folder
        onClicked: place.accepted()
    }
    Repeater {
        model: choice.backups.found

        TwoLineRow {
            id: row

            readonly property bool isChosen: choice.chosen === row.folder
            required property string folder
            required property int index
            required property var model
            required property string stateWords

            required detail
            required title

            Accessible.checkable: true
            Accessible.checked: row.isChosen
            Accessible.role: Accessible.RadioButton
            Layout.fillWidth: true
            Layout.minimumHeight: 56
            chip: row.isChosen ? qsTr("chosen") : row.stateWords
            objectName: "backup" + row.index
            strongTitle: row.isChosen
            tone: row.isChosen ? Tone.Done : row.model.tone
            topLine: row.index > 0
            onClicked: choice.chosen = row.folder
        }
    }
    Connections {
        // The newest one, most likely.
        function onCountChanged() {
            choice.chosen = choice.backups.newest();
        }

        target: choice.backups.found
    }
}
