// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Controls.Basic

// The third fact, and the act that belongs to it: lock.
AbstractButton {
    id: lock

    property string office: ""
    property bool open: false
    property string person: ""
    property bool brief: false

    Accessible.description: lock.open ? qsTr("Press to lock") : ""
    Accessible.name: lock.open ? qsTr("Unlocked as %1").arg(lock.person) : qsTr("Locked")
    Accessible.role: Accessible.Button
    Keys.onEnterPressed: lock.clicked()
    Keys.onReturnPressed: lock.clicked()
    enabled: lock.open
    implicitHeight: Math.max(48, Theme.stripHeight)
    leftPadding: 8
    rightPadding: 8

    background: Rectangle {
        border.color: Theme.inverse
        border.width: lock.visualFocus ? 2 : 0
        color: lock.down ? Theme.primaryPressed : "transparent"
        radius: 10
    }
    contentItem: Row {
        spacing: 6

        AppIcon {
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.inverse
            glyph: lock.open ? "unlocked" : "locked"
            size: Theme.px(18)
        }
        Text {
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.inverse
            font.pixelSize: Theme.px(15)
            font.weight: Font.DemiBold
            text: lock.open ? lock.person : qsTr("Locked")
        }
        Text {
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.inverse
            font.pixelSize: Theme.px(15)
            text: lock.office === "" || lock.brief ? "" : "· " + lock.office
        }
    }
}
