// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Controls.Basic

// Several lines to type in; grows with its text. Tab goes on to the next control.
TextArea {
    id: area

    property bool wrong: false

    Keys.onBacktabPressed: area.nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
    Keys.onTabPressed: area.nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
    Keys.priority: Keys.BeforeItem
    bottomPadding: 14
    color: Theme.ink
    font.pixelSize: Theme.body
    implicitHeight: Math.max(Theme.px(108), contentHeight + topPadding + bottomPadding)
    leftPadding: 16
    rightPadding: 16
    selectByMouse: true
    selectedTextColor: Theme.inverse
    selectionColor: Theme.primary
    textFormat: TextEdit.PlainText
    topPadding: 14
    wrapMode: TextEdit.Wrap

    background: Rectangle {
        border.color: area.wrong ? Theme.alarm : area.activeFocus ? Theme.primary : Theme.edge
        border.width: area.activeFocus || area.wrong ? 2 : 1
        color: Theme.card
        radius: Theme.controlRadius

        Rectangle {
            anchors.fill: parent
            anchors.margins: -3
            border.color: Theme.tint
            border.width: 3
            color: "transparent"
            radius: Theme.controlRadius + 3
            visible: area.activeFocus
        }
    }
}
