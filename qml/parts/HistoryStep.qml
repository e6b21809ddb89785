// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts

// One step of a record's history: what was written, over what, by whom. Nothing to press.
FocusScope {
    id: step

    required property string before
    required property string by
    required property string field
    required property string note
    required property string stateWords
    required property int tone
    required property string value
    property bool topLine: true

    Accessible.description: Theme.spoken([step.by, step.note, step.stateWords])
    Accessible.focusable: true
    Accessible.name: {
        if (step.value === "")
            return step.before === "" ? step.field : qsTr("%1: was “%2”").arg(step.field).arg(step.before);
        return step.before === "" ? qsTr("%1: %2").arg(step.field).arg(step.value) : qsTr("%1: %2, before: %3").arg(step.field).arg(step.value).arg(step.before);
    }
    Accessible.role: Accessible.ListItem
    activeFocusOnTab: true
    implicitHeight: layout.implicitHeight + 28

    Rectangle {
        color: Theme.line
        height: 1
        visible: step.topLine
        width: parent.width
    }
    FocusRing {
        anchors.fill: parent
        anchors.margins: 1
        radius: 8
        shown: step.activeFocus
    }
    RowLayout {
        id: layout

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: 12

        ColumnLayout {
            Layout.alignment: Qt.AlignTop
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            spacing: 4

            AppText {
                Accessible.ignored: true
                Layout.fillWidth: true
                strong: true
                text: step.field
            }
            AppText {
                Accessible.ignored: true
                Layout.fillWidth: true
                text: step.value
                textFormat: Text.PlainText
                visible: step.value !== ""
            }
            AppText {
                Accessible.ignored: true
                Layout.fillWidth: true
                font.pixelSize: Theme.second
                quiet: true
                text: qsTr("Before: %1").arg(step.before)
                textFormat: Text.PlainText
                visible: step.before !== ""
            }
            AppText {
                Accessible.ignored: true
                Layout.fillWidth: true
                font.pixelSize: Theme.second
                text: step.note
                textFormat: Text.PlainText
                visible: step.note !== ""
            }
            AppText {
                Accessible.ignored: true
                Layout.fillWidth: true
                font.pixelSize: Theme.second
                quiet: true
                text: step.by
                textFormat: Text.PlainText
            }
        }
        Chip {
            Layout.alignment: Qt.AlignTop
            text: step.stateWords
            tone: step.tone
        }
    }
}
