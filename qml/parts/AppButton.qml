// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Controls.Basic

// A button. `primary` is what to do on this page; `mainAct` makes it the one act of the page.
Button {
    id: button

    property bool mainAct: false
    property bool primary: mainAct

    Accessible.name: button.text
    Accessible.role: Accessible.Button
    Keys.onReturnPressed: button.clicked()
    Keys.onEnterPressed: button.clicked()
    font.pixelSize: Theme.body
    font.weight: Font.DemiBold
    implicitHeight: button.mainAct ? Theme.mainActHeight : Theme.controlHeight
    leftPadding: 22
    opacity: button.enabled ? 1 : 0.5
    rightPadding: 22

    background: Rectangle {
        border.color: button.primary ? Theme.primary : Theme.primaryEdge
        border.width: 1
        color: {
            if (button.primary)
                return button.down ? Theme.primaryPressed : Theme.primary;
            return button.down ? Theme.tint : Theme.card;
        }
        radius: Theme.controlRadius

        FocusRing {
            shown: button.visualFocus
        }
    }
    contentItem: Text {
        color: button.primary ? Theme.inverse : Theme.primary
        elide: Text.ElideRight
        font: button.font
        horizontalAlignment: Text.AlignHCenter
        text: button.text
        verticalAlignment: Text.AlignVCenter
    }
}
