// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Teren.App

// One case of the list.
ItemDelegate {
    id: row

    required property string caseId
    required property int conflicts
    required property string found
    required property int index
    required property string number
    required property string place
    required property string stage
    required property string title
    required property int unsent

    readonly property string conflictText: row.conflicts > 0 ? qsTr("%n conflict(s)", "", row.conflicts) : ""
    readonly property string unsentText: row.unsent > 0 ? qsTr("%n unsent", "", row.unsent) : ""
    readonly property string secondLine: row.found !== "" ? row.found : Theme.joined([row.number, row.place])

    Accessible.description: Theme.spoken([row.secondLine, row.stage, row.conflictText, row.unsentText])
    Accessible.name: row.title
    Accessible.role: Accessible.ListItem
    // A row that waits to be used again is not on the page; a screen reader would find it all the same.
    ListView.onPooled: row.visible = false
    ListView.onReused: row.visible = true
    Keys.onReturnPressed: row.clicked()
    Keys.onEnterPressed: row.clicked()
    bottomPadding: 12
    implicitHeight: Math.max(72, contentItem.implicitHeight + 24)
    leftPadding: Theme.pad
    rightPadding: Theme.pad
    topPadding: 12

    background: Rectangle {
        color: row.down ? Theme.tint : "transparent"
        radius: Theme.radius

        Rectangle {
            color: Theme.line
            height: 1
            visible: row.index > 0
            width: parent.width - 2 * Theme.pad
            x: Theme.pad
        }
        FocusRing {
            anchors.margins: 3
            radius: 12
            shown: row.activeFocus
        }
    }
    contentItem: RowLayout {
        spacing: 8

        ColumnLayout {
            Layout.fillWidth: true
            spacing: 2

            AppText {
                Accessible.ignored: true
                Layout.fillWidth: true
                elide: Text.ElideRight
                strong: true
                text: row.title
                wrapMode: Text.NoWrap
            }
            AppText {
                Accessible.ignored: true
                Layout.fillWidth: true
                elide: Text.ElideRight
                font.pixelSize: Theme.second
                quiet: true
                text: row.secondLine
                wrapMode: Text.NoWrap
            }
        }
        Chip {
            text: row.conflictText
            tone: Tone.Alarm
        }
        Chip {
            text: row.unsentText
            tone: Tone.Waiting
        }
        Chip {
            text: row.stage
            tone: Tone.Neutral
        }
    }
}
