// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Teren.App

// Something a person must know: what it is, what is safe, what to do.
Rectangle {
    id: notice

    property string act: ""
    property string advice: ""
    property string text: ""
    property int tone: 0
    // Beside the words, the act would leave them too little room.
    readonly property bool actBelow: notice.act !== "" && notice.width < 560 * Theme.textScale

    signal acted

    Accessible.description: notice.advice
    Accessible.name: notice.text
    Accessible.role: Accessible.AlertMessage
    color: Theme.toneTint(notice.tone)
    implicitHeight: words.height + 32 + (notice.actBelow ? actButton.height - 4 : 0)
    radius: Theme.controlRadius
    visible: notice.text !== ""

    AppIcon {
        color: Theme.toneInk(notice.tone)
        glyph: notice.tone === Tone.Done ? "check" : "warning"
        size: Theme.px(24)
        x: 16
        y: 16
    }
    // Not layouts: with texts that come and go and wrap, they would ask each other for sizes without end.
    Column {
        id: words

        spacing: 4
        width: notice.width - words.x - 16 - (actButton.visible && !notice.actBelow ? actButton.width + 12 : 0)
        x: 28 + Theme.px(24)
        y: 16

        AppText {
            Accessible.ignored: true
            color: Theme.toneInk(notice.tone)
            strong: true
            text: notice.text
            width: words.width
        }
        AppText {
            Accessible.ignored: true
            font.pixelSize: Theme.second
            text: notice.advice
            visible: notice.advice !== ""
            width: words.width
        }
    }
    LinkButton {
        id: actButton

        text: notice.act
        visible: notice.act !== ""
        x: notice.actBelow ? words.x - 8 : notice.width - actButton.width - 16
        y: notice.actBelow ? words.y + words.height + 4 : (notice.height - actButton.height) / 2
        onClicked: notice.acted()
    }
}
