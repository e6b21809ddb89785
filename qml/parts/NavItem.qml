// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Controls.Basic

// One place of the navigation, with the number of things that wait there.
AbstractButton {
    id: item

    property int badge: 0

    Accessible.description: item.badge > 0 ? qsTr("%n waiting", "", item.badge) : ""
    Accessible.name: item.text
    Accessible.role: Accessible.PageTab
    Keys.onReturnPressed: item.clicked()
    Keys.onEnterPressed: item.clicked()
    font.pixelSize: Theme.small
    font.weight: item.checked ? Font.DemiBold : Font.Normal
    implicitHeight: Math.max(72, implicitContentHeight + 20)
    implicitWidth: Math.max(88, implicitContentWidth + 12)

    background: Rectangle {
        color: item.checked || item.down ? Theme.tint : "transparent"
        radius: Theme.controlRadius

        FocusRing {
            anchors.margins: 0
            radius: Theme.controlRadius
            shown: item.visualFocus
        }
    }
    contentItem: Item {
        implicitHeight: children[0].implicitHeight
        implicitWidth: children[0].implicitWidth

        Column {
            anchors.centerIn: parent
            spacing: 6

            AppIcon {
                anchors.horizontalCenter: parent.horizontalCenter
                color: item.checked ? Theme.primary : Theme.secondInk
                glyph: item.icon.name
                size: 26

                Rectangle {
                    color: Theme.alarm
                    height: Theme.px(12) + 8
                    radius: height / 2
                    visible: item.badge > 0
                    width: Math.max(height, children[0].implicitWidth + 10)
                    x: 18
                    y: -6

                    Text {
                        anchors.centerIn: parent
                        color: Theme.inverse
                        font.pixelSize: Theme.px(12)
                        font.weight: Font.DemiBold
                        text: item.badge
                    }
                }
            }
            Text {
                anchors.horizontalCenter: parent.horizontalCenter
                color: item.checked ? Theme.primary : Theme.secondInk
                font: item.font
                text: item.text
            }
        }
    }
}
