// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Controls.Basic

// A fact of the top strip that leads somewhere.
AbstractButton {
    id: fact

    property color dot: Theme.dotWaiting

    Accessible.name: fact.text
    Accessible.role: Accessible.Button
    Keys.onEnterPressed: fact.clicked()
    Keys.onReturnPressed: fact.clicked()
    implicitHeight: Math.max(48, Theme.stripHeight)
    leftPadding: 8
    rightPadding: 8

    background: Rectangle {
        border.color: Theme.inverse
        border.width: fact.visualFocus ? 2 : 0
        color: fact.down ? Theme.primaryPressed : "transparent"
        radius: 10
    }
    contentItem: Row {
        spacing: 8

        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            color: fact.dot
            height: 10
            radius: 5
            width: 10
        }
        Text {
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.inverse
            font.pixelSize: Theme.px(15)
            font.weight: Font.DemiBold
            text: fact.text
        }
    }
}
