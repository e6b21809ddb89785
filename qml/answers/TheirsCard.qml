// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// What somebody else wrote for a question while it was being answered here, and the choice between the two.
Rectangle {
    id: card

    // Who and when; nothing is shown without.
    required property string by
    required property string value

    signal keptMine
    signal tookTheirs

    Accessible.description: card.value
    Accessible.name: heading.text
    Accessible.role: Accessible.Grouping
    border.color: Theme.toneInk(Tone.Waiting)
    border.width: 1
    color: Theme.toneTint(Tone.Waiting)
    implicitHeight: column.implicitHeight + 32
    objectName: "theirs"
    radius: Theme.controlRadius
    visible: card.by !== ""

    ColumnLayout {
        id: column

        anchors.left: parent.left
        anchors.margins: 16
        anchors.right: parent.right
        anchors.top: parent.top
        spacing: 8

        AppText {
            id: heading

            Accessible.role: Accessible.AlertMessage
            Layout.fillWidth: true
            color: Theme.toneInk(Tone.Waiting)
            font.pixelSize: Theme.second
            strong: true
            text: qsTr("Written meanwhile · %1").arg(card.by)
        }
        AppText {
            Layout.fillWidth: true
            objectName: "theirsText"
            text: card.value
        }
        Flow {
            Layout.fillWidth: true
            spacing: 12

            AppButton {
                objectName: "keepMine"
                text: qsTr("Keep my answer")
                onClicked: card.keptMine()
            }
            AppButton {
                objectName: "takeTheirs"
                text: qsTr("Take theirs")
                onClicked: card.tookTheirs()
            }
        }
    }
}
