// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts

// Something a person must know: what it is, what is safe, what to do.
Rectangle {
    id: notice

    property string act: ""
    property string advice: ""
    property string text: ""
    property int tone: 0

    signal acted

    Accessible.description: notice.advice
    Accessible.name: notice.text
    Accessible.role: Accessible.AlertMessage
    color: Theme.toneTint(notice.tone)
    implicitHeight: layout.implicitHeight + 32
    radius: Theme.controlRadius
    visible: notice.text !== ""

    RowLayout {
        id: layout

        anchors.left: parent.left
        anchors.margins: 16
        anchors.right: parent.right
        anchors.top: parent.top
        spacing: 12

        AppIcon {
            Layout.alignment: Qt.AlignTop
            color: Theme.toneInk(notice.tone)
            glyph: "warning"
            size: 24
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 4

            AppText {
                Layout.fillWidth: true
                color: Theme.toneInk(notice.tone)
                strong: true
                text: notice.text
            }
            AppText {
                Layout.fillWidth: true
                font.pixelSize: Theme.second
                text: notice.advice
                visible: notice.advice !== ""
            }
        }
        LinkButton {
            text: notice.act
            visible: notice.act !== ""
            onClicked: notice.acted()
        }
    }
}
