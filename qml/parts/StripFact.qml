// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts

// One fact of the top strip: a dot, strong words, words. Given less room than it needs, the words end in dots.
RowLayout {
    id: fact

    property color dot: "transparent"
    property string strong: ""
    property string text: ""

    Accessible.name: fact.strong + fact.text
    Accessible.role: Accessible.StaticText
    Layout.fillWidth: false
    spacing: 0

    Rectangle {
        Layout.preferredHeight: 10
        Layout.preferredWidth: 10
        Layout.rightMargin: 8
        color: fact.dot
        radius: 5
        visible: fact.dot.a > 0
    }
    Text {
        Accessible.ignored: true
        color: Theme.inverse
        font.pixelSize: Theme.px(15)
        font.weight: Font.DemiBold
        text: fact.strong
    }
    Text {
        Accessible.ignored: true
        Layout.fillWidth: true
        color: Theme.inverse
        elide: Text.ElideRight
        font.pixelSize: Theme.px(15)
        text: fact.text
    }
}
