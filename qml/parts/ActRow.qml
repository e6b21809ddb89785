// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts

// Something with a state and one thing that can be done about it. The words wrap and are never cut.
Item {
    id: row

    property string act: ""
    property string chip: ""
    property string detail: ""
    property string more: ""
    property string title: ""
    property int tone: 0
    property bool topLine: true

    signal acted

    Accessible.description: Theme.spoken([row.detail, row.more, row.chip])
    Accessible.name: row.title
    Accessible.role: Accessible.ListItem
    implicitHeight: words.implicitHeight + 28

    Rectangle {
        color: Theme.line
        height: 1
        visible: row.topLine
        width: parent.width
    }
    ColumnLayout {
        id: words

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: 4

        RowLayout {
            Layout.fillWidth: true
            spacing: 12

            AppText {
                Accessible.ignored: true
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                strong: true
                text: row.title
                textFormat: Text.PlainText
            }
            Chip {
                Layout.alignment: Qt.AlignTop
                text: row.chip
                tone: row.tone
            }
        }
        AppText {
            Accessible.ignored: true
            Layout.fillWidth: true
            font.pixelSize: Theme.second
            quiet: true
            text: row.detail
            textFormat: Text.PlainText
            visible: row.detail !== ""
        }
        AppText {
            Accessible.ignored: true
            Layout.fillWidth: true
            text: row.more
            textFormat: Text.PlainText
            visible: row.more !== ""
        }
        AppButton {
            Accessible.name: qsTr("%1: %2").arg(row.title).arg(row.act)
            Layout.topMargin: 4
            objectName: "act"
            text: row.act
            visible: row.act !== ""
            onClicked: row.acted()
        }
    }
}
