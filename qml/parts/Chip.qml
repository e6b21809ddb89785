// SPDX-License-Identifier: EUPL-1.2
import QtQuick

// A state in a word. The colour says the same once more.
Rectangle {
    id: chip

    property string text: ""
    property int tone: 0

    Accessible.ignored: true
    color: Theme.toneTint(chip.tone)
    implicitHeight: words.implicitHeight + 10
    implicitWidth: words.implicitWidth + 22
    radius: height / 2
    visible: chip.text !== ""

    AppText {
        id: words

        Accessible.ignored: true
        anchors.centerIn: parent
        color: Theme.toneInk(chip.tone)
        font.pixelSize: Theme.small
        strong: true
        text: chip.text
        wrapMode: Text.NoWrap
    }
}
