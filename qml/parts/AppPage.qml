// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts

// What every page has: a line above the title, the title, a line below it, its acts, and what it shows, which
// scrolls. A page is given what it shows and asks for what it wants with signals.
FocusScope {
    id: page

    property alias actions: actionRow.data
    default property alias content: column.data
    readonly property bool narrow: page.width < (Theme.narrowWidth - 104) * Theme.textScale
    property string overline: ""
    readonly property Flickable scroller: flick
    property bool scrolls: true
    property string subtitle: ""
    property string title: ""

    // What has the keyboard, and where the cursor is in it, for `reveal`.
    readonly property var holder: page.Window.activeFocusItem
    readonly property var caret: page.holder && page.holder.cursorRectangle !== undefined ? page.holder.cursorRectangle : null

    // Scrolls so far that one sees what has the keyboard.
    function reveal() {
        let above = page.holder;
        while (above && above !== column)
            above = above.parent;
        if (!above || !page.visible || !page.scrolls)
            return;
        const part = page.caret && page.holder.height > flick.height / 2 ? page.caret : Qt.rect(0, 0, 1, page.holder.height);
        const top = page.holder.mapToItem(column, 0, part.y).y + column.y;
        const bottom = top + part.height;
        const spare = flick.margin;
        if (top - spare < flick.contentY)
            flick.contentY = Math.max(0, top - spare);
        else if (bottom + spare > flick.contentY + flick.height)
            flick.contentY = Math.max(0, Math.min(bottom + spare, flick.contentHeight) - flick.height);
    }

    Accessible.name: page.title
    Accessible.role: Accessible.Pane

    onCaretChanged: soon.restart()
    onHolderChanged: soon.restart()

    // When everything has its place.
    Timer {
        id: soon

        interval: 0
        onTriggered: page.reveal()
    }

    Flickable {
        id: flick

        anchors.fill: parent
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        contentHeight: page.scrolls ? column.implicitHeight + 2 * margin : height
        contentWidth: width
        interactive: page.scrolls && contentHeight > height

        // Where to scroll to as soon as there is that much; what was shown before locking is read anew.
        property real wanted: 0

        onContentHeightChanged: {
            if (flick.wanted <= 0 || flick.contentHeight - flick.height < flick.wanted)
                return;
            flick.contentY = flick.wanted;
            flick.wanted = 0;
        }
        onMovementStarted: flick.wanted = 0

        readonly property int margin: page.narrow ? 24 : Theme.pageMargin

        ScrollBar.vertical: ScrollBar {
            policy: flick.interactive ? ScrollBar.AsNeeded : ScrollBar.AlwaysOff
        }

        ColumnLayout {
            id: column

            height: page.scrolls ? implicitHeight : flick.height - 2 * flick.margin + 4
            spacing: Theme.gap
            width: flick.width - 2 * flick.margin
            x: flick.margin
            y: flick.margin - 4

            GridLayout {
                Layout.fillHeight: false
                Layout.fillWidth: true
                columnSpacing: 16
                columns: page.width < 640 * Theme.textScale ? 1 : 2
                rowSpacing: 12

                ColumnLayout {
                    Layout.fillWidth: true
                    Layout.minimumHeight: Theme.mainActHeight
                    spacing: 4

                    Item {
                        Layout.fillHeight: true
                    }
                    AppText {
                        Layout.fillWidth: true
                        elide: Text.ElideRight
                        font.pixelSize: Theme.second
                        maximumLineCount: 2
                        quiet: true
                        text: page.overline
                        visible: page.overline !== ""
                    }
                    AppText {
                        Layout.fillWidth: true
                        Accessible.role: Accessible.Heading
                        elide: Text.ElideRight
                        font.pixelSize: Theme.pageTitle
                        lineHeight: 1
                        maximumLineCount: 2
                        strong: true
                        text: page.title
                    }
                    AppText {
                        Layout.fillWidth: true
                        font.pixelSize: Theme.second
                        quiet: true
                        text: page.subtitle
                        visible: page.subtitle !== ""
                    }
                    Item {
                        Layout.fillHeight: true
                    }
                }
                Row {
                    id: actionRow

                    Layout.alignment: Qt.AlignRight | Qt.AlignVCenter
                    spacing: 10
                }
            }
        }
    }
}
