// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// Qt 6.4 cannot bind components to their file; from 6.5 use `pragma ComponentBehavior: Bound`.
// qmllint disable unqualified

// What others changed since somebody last looked on this device: a line each, which leads to the record.
AppPage {
    id: page

    required property NewsController news

    signal historyRequested(string caseId, string recordId)
    signal leaving
    signal recordOpened(string caseId, string type, string recordId)

    overline: page.news.openCase
    subtitle: page.news.changes.count === 0 ? "" : qsTr("Who changed what on other devices, newest first. This list is kept on this device only, and nobody else sees what you have looked at.")
    title: qsTr("Changed while you were away")

    actions: AppButton {
        enabled: page.news.changes.count > 0
        mainAct: true
        objectName: "markSeen"
        text: qsTr("I have seen it")
        onClicked: page.news.markSeen()
    }

    Connections {
        function onMarked() {
            page.leaving();
        }

        target: page.news
    }
    Shortcut {
        enabled: page.visible && page.news.changes.count > 0
        sequence: "Ctrl+Return"
        onActivated: page.news.markSeen()
    }
    Notice {
        Layout.fillWidth: true
        objectName: "changesProblem"
        text: page.news.problem
        tone: Tone.Alarm
    }
    Card {
        Layout.fillWidth: true

        EmptyHint {
            Layout.fillWidth: true
            advice: qsTr("What others write appears here after the next synchronisation.")
            objectName: "noChanges"
            text: qsTr("Nothing has changed since you last looked.")
            visible: page.news.changes.count === 0
        }
        Repeater {
            model: page.news.changes

            TwoLineRow {
                id: change

                required detail
                required title
                required tone

                required property string caseId
                required property int index
                required property bool openable
                required property string recordId
                required property string stateWords
                required property string type

                Layout.fillWidth: true
                chip: change.stateWords
                objectName: "change" + change.index
                topLine: change.index > 0
                onClicked: {
                    if (change.openable)
                        page.recordOpened(change.caseId, change.type, change.recordId);
                    else
                        page.historyRequested(change.caseId, change.recordId);
                }
            }
        }
        AppButton {
            Layout.topMargin: 12
            objectName: "moreChanges"
            text: qsTr("Show more")
            visible: page.news.more
            onClicked: page.news.showMore()
        }
    }
}
