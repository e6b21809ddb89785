// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// Qt 6.4 cannot bind components to their file; from 6.5 use `pragma ComponentBehavior: Bound`.
// qmllint disable unqualified

// The fields that two people changed without knowing of each other. Each waits for a decision; nothing is lost.
AppPage {
    id: page

    required property ConflictList conflicts
    property int mine: 0

    signal conflictOpened(string key)

    subtitle: page.conflicts.count === 0 ? "" : Theme.joined([page.mine > 0 ? qsTr("%n of them yours", "", page.mine) : qsTr("none of them yours"), qsTr("Both versions are saved. Decide when you can; it works without a network.")])
    title: page.conflicts.count === 0 ? qsTr("Conflicts") : qsTr("%n conflict(s) to decide", "", page.conflicts.count)

    Shortcut {
        enabled: page.visible && page.conflicts.count > 0
        sequence: "Ctrl+Return"
        onActivated: (rows.itemAt(0) as TwoLineRow).clicked()
    }
    Card {
        Layout.fillWidth: true

        EmptyHint {
            Layout.fillWidth: true
            advice: qsTr("When two people change the same field without a network, both versions appear here.")
            objectName: "noConflicts"
            text: qsTr("There is nothing to decide.")
            visible: page.conflicts.count === 0
        }
        Repeater {
            id: rows

            model: page.conflicts

            TwoLineRow {
                id: row

                required property string age
                required property string caseTitle
                required property string field
                required property int index
                required property string key
                required property bool mine
                required property string owner
                required property string people
                required property string record

                Layout.fillWidth: true
                chip: row.mine ? qsTr("yours") : ""
                detail: qsTr("%1, “%2” – %3").arg(row.record).arg(row.field).arg(row.people)
                hint: qsTr("Waits for %1 · %2").arg(row.owner).arg(row.age)
                hintIcon: "conflicts"
                hintTone: Tone.Neutral
                tone: Tone.Alarm
                objectName: "conflict" + row.index
                strongTitle: true
                title: row.caseTitle
                topLine: row.index > 0
                onClicked: page.conflictOpened(row.key)
            }
        }
    }
}
