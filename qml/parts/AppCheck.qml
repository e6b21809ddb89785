// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Controls.Basic

// A box to tick, with its words.
CheckBox {
    id: check

    Accessible.name: check.text
    font.pixelSize: Theme.body
    implicitHeight: Math.max(48, check.implicitContentHeight + 12)
    leftPadding: 0
    spacing: 12

    contentItem: Text {
        color: Theme.ink
        font: check.font
        leftPadding: check.indicator.width + check.spacing
        text: check.text
        verticalAlignment: Text.AlignVCenter
        wrapMode: Text.Wrap
    }
    indicator: Rectangle {
        border.color: check.checked || check.visualFocus ? Theme.primary : Theme.edge
        border.width: check.visualFocus ? 2 : 1
        color: check.checked ? Theme.primary : Theme.card
        implicitHeight: 26
        implicitWidth: 26
        radius: 8
        y: (check.height - height) / 2

        AppIcon {
            anchors.centerIn: parent
            color: Theme.inverse
            glyph: "check"
            size: 20
            visible: check.checked
        }
        FocusRing {
            radius: 10
            shown: check.visualFocus
        }
    }
}
