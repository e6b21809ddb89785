// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Controls.Basic

// A line to type in.
TextField {
    id: field

    property bool wrong: false

    color: Theme.ink
    font.pixelSize: Theme.body
    implicitHeight: Theme.controlHeight
    leftPadding: 16
    placeholderTextColor: Theme.secondInk
    rightPadding: 16
    selectByMouse: true
    selectedTextColor: Theme.inverse
    selectionColor: Theme.primary

    background: Rectangle {
        border.color: field.wrong ? Theme.alarm : field.activeFocus ? Theme.primary : Theme.edge
        border.width: field.activeFocus || field.wrong ? 2 : 1
        color: Theme.card
        radius: Theme.controlRadius

        Rectangle {
            anchors.fill: parent
            anchors.margins: -3
            border.color: Theme.tint
            border.width: 3
            color: "transparent"
            radius: Theme.controlRadius + 3
            visible: field.activeFocus
        }
    }
}
