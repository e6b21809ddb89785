// SPDX-License-Identifier: EUPL-1.2
import QtQuick

// One fact of the top strip: a dot, strong words, words.
Row {
    id: fact

    property color dot: "transparent"
    property string strong: ""
    property string text: ""

    Accessible.name: fact.strong + fact.text
    Accessible.role: Accessible.StaticText
    spacing: 0

    Rectangle {
        anchors.verticalCenter: parent.verticalCenter
        color: fact.dot
        height: 10
        radius: 5
        visible: fact.dot.a > 0
        width: 10
    }
    Item {
        height: 1
        visible: fact.dot.a > 0
        width: 8
    }
    Text {
        Accessible.ignored: true
        anchors.verticalCenter: parent.verticalCenter
        color: Theme.inverse
        font.pixelSize: Theme.px(15)
        font.weight: Font.DemiBold
        text: fact.strong
    }
    Text {
        Accessible.ignored: true
        anchors.verticalCenter: parent.verticalCenter
        color: Theme.inverse
        font.pixelSize: Theme.px(15)
        text: fact.text
    }
}
