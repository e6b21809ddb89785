// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts

// One side of a conflict. What differs from the base is underlined or struck through, and coloured.
Rectangle {
    id: card

    required property string author
    required property bool deletion
    required property string marked
    required property bool mine
    required property int side
    required property string spoken
    required property string when

    signal kept

    Accessible.name: card.author
    Accessible.role: Accessible.Grouping
    border.color: card.mine ? Theme.primary : Theme.line
    border.width: 2
    color: Theme.card
    implicitHeight: column.implicitHeight + 2 * Theme.pad
    radius: Theme.radius

    ColumnLayout {
        id: column

        anchors.fill: parent
        anchors.margins: Theme.pad
        spacing: 12

        RowLayout {
            Layout.fillWidth: true
            spacing: 12

            AppText {
                Layout.fillWidth: true
                elide: Text.ElideRight
                strong: true
                text: card.author
                wrapMode: Text.NoWrap
            }
            AppText {
                font.pixelSize: Theme.second
                quiet: true
                text: card.when
                wrapMode: Text.NoWrap
            }
        }
        AppText {
            Accessible.name: card.spoken
            Layout.fillHeight: true
            Layout.fillWidth: true
            lineHeight: 1.3
            quiet: card.spoken === ""
            text: card.spoken === "" ? qsTr("Empty") : card.marked
            textFormat: Text.RichText
        }
        AppButton {
            objectName: "keep" + card.side
            primary: card.mine
            text: card.mine ? qsTr("Keep mine") : card.deletion ? qsTr("Let it be deleted") : qsTr("Keep this one")
            onClicked: card.kept()
        }
    }
}
