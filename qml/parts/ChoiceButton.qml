// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Controls.Basic

// One answer of a few. Chosen, it is filled and has a tick.
AbstractButton {
    id: button

    property bool many: false

    Accessible.checkable: true
    Accessible.checked: button.checked
    Accessible.name: button.text
    Accessible.role: button.many ? Accessible.CheckBox : Accessible.RadioButton
    Keys.onReturnPressed: button.clicked()
    Keys.onEnterPressed: button.clicked()
    font.pixelSize: Theme.body
    font.weight: button.checked ? Font.DemiBold : Font.Normal
    implicitHeight: Math.max(48, Theme.px(34))
    leftPadding: 18
    rightPadding: 18

    background: Rectangle {
        border.color: button.checked ? Theme.primary : Theme.edge
        border.width: 1
        color: button.checked ? Theme.primary : button.down ? Theme.tint : Theme.card
        radius: Theme.controlRadius

        FocusRing {
            shown: button.visualFocus
        }
    }
    contentItem: Row {
        spacing: 8

        AppIcon {
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.inverse
            glyph: "check"
            size: 20
            visible: button.checked
        }
        Text {
            anchors.verticalCenter: parent.verticalCenter
            color: button.checked ? Theme.inverse : Theme.ink
            font: button.font
            text: button.text
        }
    }
}
