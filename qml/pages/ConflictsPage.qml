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

    signal conflictOpened(string key)

    subtitle: page.conflicts.count === 0 ? "" : qsTr("Both versions are saved. Decide when you can; it works without a network.")
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

                required property string caseTitle
                required property string field
                required property int index
                required property string key
                required property string people
                required property string record
                required property string when

                Layout.fillWidth: true
                chip: row.when
                detail: qsTr("%1, “%2” – %3").arg(row.record).arg(row.field).arg(row.people)
                objectName: "conflict" + row.index
                strongTitle: true
                title: row.caseTitle
                topLine: row.index > 0
                onClicked: page.conflictOpened(row.key)
            }
        }
    }
}
