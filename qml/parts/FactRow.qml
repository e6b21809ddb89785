// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts

// A fact with its value at the end; nothing to press.
Item {
    id: row

    property string chip: ""
    property string detail: ""
    property string title: ""
    property int tone: 0
    property bool topLine: true

    Accessible.description: row.detail
    Accessible.name: row.title + ": " + row.chip
    Accessible.role: Accessible.StaticText
    implicitHeight: Math.max(56, layout.implicitHeight + 24)

    Rectangle {
        color: Theme.line
        height: 1
        visible: row.topLine
        width: parent.width
    }
    RowLayout {
        id: layout

        anchors.fill: parent
        spacing: 12

        ColumnLayout {
            Layout.fillWidth: true
            spacing: 2

            AppText {
                Accessible.ignored: true
                Layout.fillWidth: true
                text: row.title
            }
            AppText {
                Accessible.ignored: true
                Layout.fillWidth: true
                font.pixelSize: Theme.second
                quiet: true
                text: row.detail
                visible: row.detail !== ""
            }
        }
        Chip {
            text: row.chip
            tone: row.tone
        }
    }
}
