// SPDX-License-Identifier: EUPL-1.2
import QtQuick

// Text of the program in its own sizes; wraps unless told to elide. A screen reader reads it, unless what it stands in
// says the same already.
Text {
    id: words

    property bool strong: false
    property bool quiet: false

    Accessible.name: words.text
    Accessible.role: Accessible.StaticText
    color: words.quiet ? Theme.secondInk : Theme.ink
    font.pixelSize: Theme.body
    font.weight: words.strong ? Font.DemiBold : Font.Normal
    lineHeight: words.wrapMode === Text.NoWrap ? 1 : 1.15
    textFormat: Text.PlainText
    wrapMode: Text.Wrap
}
