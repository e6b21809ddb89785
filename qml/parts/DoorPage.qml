// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts

// A page of a locked window: one sheet in the middle, with what it is for above its fields. Scrolls where it has to.
FocusScope {
    id: door

    default property alias content: column.data
    property string glyph: "locked"
    property alias spacing: column.spacing
    property string subtitle: ""
    property string title: ""

    Accessible.role: Accessible.Pane

    Flickable {
        id: flick

        anchors.fill: parent
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        contentHeight: Math.max(flick.height, card.implicitHeight + 32)
        contentWidth: flick.width
        interactive: flick.contentHeight > flick.height

        readonly property var holder: flick.Window.activeFocusItem

        // One sees what has the keyboard.
        onHolderChanged: {
            let above = flick.holder;
            while (above && above !== column)
                above = above.parent;
            if (!above)
                return;
            const top = flick.holder.mapToItem(flick.contentItem, 0, 0).y;
            if (top - 24 < flick.contentY)
                flick.contentY = Math.max(0, top - 24);
            else if (top + flick.holder.height + 24 > flick.contentY + flick.height)
                flick.contentY = Math.min(flick.contentHeight - flick.height, top + flick.holder.height + 24 - flick.height);
        }

        ScrollBar.vertical: ScrollBar {
            policy: flick.interactive ? ScrollBar.AsNeeded : ScrollBar.AlwaysOff
        }

        Card {
            id: card

            anchors.centerIn: parent
            width: Math.min(Theme.px(520), flick.width - 48)

            ColumnLayout {
                id: column

                Layout.fillWidth: true
                Layout.margins: 12
                spacing: 16

                Item {
                    Layout.fillWidth: true
                    implicitHeight: Math.max(badge.height, heading.height)

                    Rectangle {
                        id: badge

                        anchors.verticalCenter: parent.verticalCenter
                        color: Theme.tint
                        height: 52
                        radius: 26
                        width: 52

                        AppIcon {
                            anchors.centerIn: parent
                            color: Theme.primary
                            glyph: door.glyph
                            size: 26
                        }
                    }
                    Column {
                        id: heading

                        anchors.left: badge.right
                        anchors.leftMargin: 12
                        anchors.right: parent.right
                        anchors.verticalCenter: parent.verticalCenter
                        spacing: 2

                        AppText {
                            Accessible.role: Accessible.Heading
                            font.pixelSize: Theme.pageTitle
                            strong: true
                            text: door.title
                            width: parent.width
                        }
                        AppText {
                            elide: Text.ElideRight
                            font.pixelSize: Theme.second
                            maximumLineCount: 2
                            quiet: true
                            text: door.subtitle
                            visible: door.subtitle !== ""
                            width: parent.width
                        }
                    }
                }
            }
        }
    }
}
