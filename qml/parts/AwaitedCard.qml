// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// Qt 6.4 cannot bind components to their file; from 6.5 use `pragma ComponentBehavior: Bound`.
// qmllint disable unqualified

// Photos and files: what is on this device, what is still to go, what is not here and can be fetched.
Card {
    id: card

    required property SyncController sync
    required property TrafficController traffic

    title: qsTr("Photos and files")

    FactRow {
        Layout.fillWidth: true
        chip: card.sync.files
        detail: card.sync.filesDetail
        objectName: "filesRow"
        title: qsTr("All together")
        tone: card.sync.filesTone
        topLine: false
    }
    Notice {
        Layout.bottomMargin: 12
        Layout.fillWidth: true
        advice: qsTr("Records are not touched by that. It is tried again with the next synchronisation. For the person who looks after the office's Teren: %1").arg(card.sync.filesTrouble)
        objectName: "filesTrouble"
        text: card.sync.filesTrouble === "" ? "" : qsTr("Some photos or files could not travel.")
        tone: Tone.Waiting
    }
    Notice {
        Layout.bottomMargin: 12
        Layout.fillWidth: true
        objectName: "fetchProblem"
        text: card.traffic.problem
        tone: Tone.Alarm
    }
    Repeater {
        model: card.traffic.awaited

        Item {
            id: file

            required property bool asked
            required property string caseId
            required property string detail
            required property int index
            required property string recordId
            required property string title

            Layout.fillWidth: true
            implicitHeight: Math.max(64, words.implicitHeight + 24, fetch.height + 12)

            Rectangle {
                color: Theme.line
                height: 1
                width: parent.width
            }
            ColumnLayout {
                id: words

                anchors.left: parent.left
                anchors.right: fetch.left
                anchors.rightMargin: 12
                anchors.verticalCenter: parent.verticalCenter
                spacing: 2

                AppText {
                    Layout.fillWidth: true
                    elide: Text.ElideMiddle
                    text: file.title
                    textFormat: Text.PlainText
                    wrapMode: Text.NoWrap
                }
                AppText {
                    Layout.fillWidth: true
                    font.pixelSize: Theme.second
                    quiet: true
                    text: file.asked ? qsTr("%1 · comes with the next synchronisation").arg(file.detail) : qsTr("%1 · not on this device").arg(file.detail)
                    textFormat: Text.PlainText
                }
            }
            LinkButton {
                id: fetch

                Accessible.name: qsTr("Fetch “%1” now").arg(file.title)
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                objectName: "fetch" + file.index
                text: qsTr("Fetch now")
                onClicked: card.traffic.fetch(file.caseId, file.recordId)
            }
        }
    }
}
