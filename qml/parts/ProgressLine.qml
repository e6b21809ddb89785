// SPDX-License-Identifier: EUPL-1.2
import QtQuick

// Something is under way: how far, or that nobody knows how long it takes. Still when nothing runs.
Rectangle {
    id: track

    // From 0 to 100; -1 while nobody knows.
    property int percent: -1
    property bool running: false

    Accessible.description: track.percent < 0 ? "" : qsTr("%1 %").arg(track.percent)
    Accessible.name: qsTr("Working")
    Accessible.role: Accessible.ProgressBar
    clip: true
    color: Theme.neutralTint
    implicitHeight: 6
    implicitWidth: 120
    radius: 3

    Rectangle {
        color: Theme.primary
        height: parent.height
        radius: 3
        visible: track.percent >= 0
        width: parent.width * Math.min(100, Math.max(0, track.percent)) / 100
    }
    Rectangle {
        id: runner

        color: Theme.primary
        height: parent.height
        radius: 3
        visible: track.percent < 0
        width: parent.width / 3

        NumberAnimation on x  {
            duration: 1400
            from: -track.width / 3
            loops: Animation.Infinite
            running: track.running && runner.visible && track.visible
            to: track.width
        }
    }
}
