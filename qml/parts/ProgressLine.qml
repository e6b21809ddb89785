// SPDX-License-Identifier: EUPL-1.2
import QtQuick

// Something is under way and nobody knows how long it takes. Still when nothing runs.
Rectangle {
    id: track

    property bool running: false

    Accessible.name: qsTr("Working")
    Accessible.role: Accessible.ProgressBar
    clip: true
    color: Theme.neutralTint
    implicitHeight: 6
    implicitWidth: 120
    radius: 3

    Rectangle {
        id: runner

        color: Theme.primary
        height: parent.height
        radius: 3
        width: parent.width / 3

        NumberAnimation on x  {
            duration: 1400
            from: -track.width / 3
            loops: Animation.Infinite
            running: track.running && track.visible
            to: track.width
        }
    }
}
