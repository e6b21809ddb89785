// SPDX-License-Identifier: EUPL-1.2
import QtQuick

// Shows which control has the keyboard; lies around it and takes no room.
Rectangle {
    property bool shown: false

    anchors.fill: parent
    anchors.margins: -3
    border.color: Theme.primary
    border.width: 2
    color: "transparent"
    radius: Theme.controlRadius + 3
    visible: shown
}
