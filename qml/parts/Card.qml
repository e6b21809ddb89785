// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts

// A white sheet with a title; what is put into it stands below, one under the other.
Rectangle {
    id: card

    property string title: ""
    property color titleColor: Theme.ink
    property alias actions: actionRow.data
    default property alias content: body.data

    Accessible.name: card.title
    Accessible.role: Accessible.Grouping
    border.color: Theme.line
    border.width: 1
    color: Theme.card
    implicitHeight: layout.implicitHeight + 2 * Theme.pad
    radius: Theme.radius

    ColumnLayout {
        id: layout

        anchors.left: parent.left
        anchors.margins: Theme.pad
        anchors.right: parent.right
        anchors.top: parent.top
        spacing: 12

        RowLayout {
            Layout.fillWidth: true
            spacing: 12
            visible: card.title !== ""

            AppText {
                Accessible.ignored: true
                Layout.fillWidth: true
                color: card.titleColor
                font.pixelSize: Theme.cardTitle
                strong: true
                text: card.title
            }
            Row {
                id: actionRow

                // Room for a finger, around the words and not between the cards.
                Layout.bottomMargin: -12
                Layout.rightMargin: -8
                Layout.topMargin: -12
                spacing: 4
            }
        }
        ColumnLayout {
            id: body

            Layout.fillWidth: true
            spacing: 0
        }
    }
}
