// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts

// Something long is under way: what, how far, and a way to stop it.
ColumnLayout {
    id: work

    property int percent: -1
    property bool stopping: false
    property string words: ""

    signal stopped

    spacing: 12

    ProgressLine {
        Layout.fillWidth: true
        percent: work.percent
        running: work.visible
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: 12

        AppText {
            Layout.fillWidth: true
            font.pixelSize: Theme.second
            quiet: true
            text: {
                if (work.stopping)
                    return qsTr("Stopping …");
                return work.percent < 0 ? work.words : qsTr("%1 %2 %").arg(work.words).arg(work.percent);
            }
        }
        AppButton {
            enabled: !work.stopping
            objectName: "stopWork"
            text: qsTr("Stop")
            onClicked: work.stopped()
        }
    }
}
