// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// Qt 6.4 cannot bind components to their file; from 6.5 use `pragma ComponentBehavior: Bound`.
// qmllint disable unqualified

// A card with a list of entries, and a way to add one.
Card {
    id: card

    property string emptyText: ""
    required property EntryList entries
    property int leadWidth: Theme.px(84)
    property int shownMax: 8

    signal opened(string type, string recordId)

    EmptyHint {
        Layout.fillWidth: true
        text: card.emptyText
        visible: card.entries.count === 0
    }
    Repeater {
        model: card.entries

        TwoLineRow {
            id: row

            required detail
            required lead
            required title
            required tone
            required property int index
            required property string recordId
            required property string stateWords
            required property string type

            Layout.fillWidth: true
            chip: row.stateWords
            leadWidth: card.leadWidth
            quietLead: true
            topLine: row.index > 0
            visible: row.index < card.shownMax
            onClicked: card.opened(row.type, row.recordId)
        }
    }
    LinkButton {
        text: qsTr("Show all %1").arg(card.entries.count)
        visible: card.entries.count > card.shownMax
        onClicked: card.shownMax = 10000
    }
}
