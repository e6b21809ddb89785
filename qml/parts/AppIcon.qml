// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Controls.impl

// A line icon of ours in any colour. Says nothing to a screen reader: the words beside it do.
IconImage {
    property string glyph: ""
    property int size: 24

    Accessible.ignored: true
    height: size
    source: glyph === "" ? "" : "icons/" + glyph + ".svg"
    sourceSize.height: size
    sourceSize.width: size
    width: size
}
