// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Controls.Basic

// A quiet act in a card's corner: words only, but with room for a finger.
AbstractButton {
    id: link

    Accessible.name: link.text
    Accessible.role: Accessible.Button
    Keys.onReturnPressed: link.clicked()
    Keys.onEnterPressed: link.clicked()
    bottomInset: 4
    font.pixelSize: Theme.second
    font.weight: Font.DemiBold
    implicitHeight: Math.max(48, link.implicitContentHeight + 16)
    leftPadding: 8
    rightPadding: 8
    topInset: 4

    background: Rectangle {
        color: link.down ? Theme.tint : "transparent"
        radius: 10

        FocusRing {
            anchors.margins: 0
            radius: 10
            shown: link.visualFocus
        }
    }
    contentItem: Text {
        color: Theme.primary
        font: link.font
        text: link.text
        verticalAlignment: Text.AlignVCenter
    }
}
