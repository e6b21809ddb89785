// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// One case: where it stands, the scales, the plan, the Expectations Card, the household, what happened last.
AppPage {
    id: page

    required property AttachmentsController attachments
    required property NewsController news
    required property CaseController opened
    // Asked anew with each change of the list.
    readonly property int unseen: page.news.caseCount > 0 || page.news.known ? page.news.changesOf(page.opened.caseId) : 0

    signal attachmentOpened(string recordId)
    signal changesRequested
    signal conflictsRequested
    signal historyRequested(string recordId)
    signal formRequested(string type, string recordId)

    function listAttachments() {
        if (page.visible)
            page.attachments.list(page.opened.caseId, "");
    }

    Component.onCompleted: page.listAttachments()
    onVisibleChanged: page.listAttachments()
    overline: Theme.joined([page.opened.number, page.opened.place])
    title: page.opened.state === CaseController.Missing ? qsTr("This case is not on this device") : page.opened.title

    actions: [
        AppButton {
            objectName: "caseHistory"
            text: qsTr("History")
            visible: !page.narrow && page.opened.recordId !== ""
            onClicked: page.historyRequested(page.opened.recordId)
        },
        AppButton {
            objectName: "addContact"
            text: qsTr("Contact")
            onClicked: page.formRequested("contact", "")
        },
        AppButton {
            objectName: "addVisit"
            primary: true
            text: qsTr("New visit")
            onClicked: page.formRequested("visit", "")
        }
    ]

    Shortcut {
        enabled: page.visible
        sequence: "Ctrl+E"
        onActivated: page.formRequested("expectation_card", page.opened.cardId)
    }
    Shortcut {
        enabled: page.visible
        sequence: "Ctrl+N"
        onActivated: page.formRequested("visit", "")
    }
    StagePath {
        Layout.fillWidth: true
        Layout.topMargin: -4
        current: page.opened.stage
        stages: page.opened.stages
    }
    Notice {
        Layout.fillWidth: true
        act: qsTr("Decide")
        advice: qsTr("Both versions are kept until someone decides.")
        objectName: "caseConflicts"
        text: page.opened.conflicts > 0 ? qsTr("%n field(s) of this case have two versions.", "", page.opened.conflicts) : ""
        tone: Tone.Alarm
        onActed: page.conflictsRequested()
    }
    Notice {
        Layout.fillWidth: true
        act: qsTr("Show")
        advice: qsTr("By others, since you last looked.")
        objectName: "caseNews"
        text: page.unseen > 0 ? qsTr("%n change(s) of this case are new to you.", "", page.unseen) : ""
        tone: Tone.New
        onActed: page.changesRequested()
    }
    Notice {
        Layout.fillWidth: true
        objectName: "caseSafety"
        text: page.opened.safety
        tone: Tone.Waiting
    }
    GridLayout {
        Layout.fillWidth: true
        columnSpacing: 18
        columns: page.narrow ? 1 : 2
        rowSpacing: 18

        ColumnLayout {
            Layout.alignment: Qt.AlignTop
            Layout.fillWidth: true
            Layout.preferredWidth: 633
            spacing: 18

            Card {
                Layout.fillWidth: true
                title: qsTr("Scales 1–10")

                actions: LinkButton {
                    text: qsTr("Add a mark")
                    onClicked: page.formRequested("scale_mark", "")
                }

                EmptyHint {
                    Layout.fillWidth: true
                    advice: qsTr("Marks given by the family and the institutions appear here as lines.")
                    text: qsTr("Nothing was scaled yet.")
                    visible: page.opened.scales.count === 0
                }
                ScaleChart {
                    Layout.fillWidth: true
                    months: page.opened.chartMonths
                    scales: page.opened.scales
                    visible: page.opened.scales.count > 0
                }
            }
            Card {
                Layout.fillWidth: true
                objectName: "expectations"
                title: qsTr("Expectations Card")

                actions: LinkButton {
                    objectName: "editCard"
                    text: page.opened.cardId === "" ? qsTr("Fill in") : qsTr("Open")
                    onClicked: page.formRequested("expectation_card", page.opened.cardId)
                }

                EmptyHint {
                    Layout.fillWidth: true
                    advice: qsTr("It is written with the family, in their own words.")
                    text: qsTr("There is no Card yet.")
                    visible: page.opened.cardId === ""
                }
                AppText {
                    Layout.fillWidth: true
                    elide: Text.ElideRight
                    maximumLineCount: 4
                    text: page.opened.cardText
                    visible: page.opened.cardText !== ""
                }
                RowLayout {
                    Layout.bottomMargin: page.opened.cardScales.count > 0 ? 8 : 0
                    Layout.fillWidth: true
                    Layout.topMargin: 8
                    spacing: 12
                    visible: page.opened.cardId !== ""

                    AppText {
                        Layout.fillWidth: true
                        font.pixelSize: Theme.second
                        quiet: true
                        text: qsTr("Last written: %1").arg(page.opened.cardWritten)
                    }
                    Chip {
                        text: page.opened.cardState
                        tone: page.opened.cardTone
                    }
                }
                Repeater {
                    model: page.opened.cardScales

                    RowLayout {
                        id: area

                        required property string detail
                        required property string title

                        Layout.fillWidth: true
                        Layout.topMargin: 6
                        spacing: 12

                        AppText {
                            Layout.fillWidth: true
                            elide: Text.ElideRight
                            font.pixelSize: Theme.second
                            text: area.title
                            wrapMode: Text.NoWrap
                        }
                        AppText {
                            font.pixelSize: Theme.second
                            quiet: true
                            text: area.detail
                            wrapMode: Text.NoWrap
                        }
                    }
                }
            }
            EntryCard {
                Layout.fillWidth: true
                emptyText: qsTr("No visit and no contact yet.")
                entries: page.opened.events
                objectName: "events"
                title: qsTr("Visits and contacts")
                onOpened: (type, recordId) => page.formRequested(type, recordId)

                actions: LinkButton {
                    text: qsTr("Add a note")
                    onClicked: page.formRequested("note", "")
                }
            }
        }
        ColumnLayout {
            Layout.alignment: Qt.AlignTop
            Layout.fillWidth: true
            Layout.preferredWidth: 469
            spacing: 18

            EntryCard {
                Layout.fillWidth: true
                emptyText: qsTr("No goals and tasks yet.")
                entries: page.opened.plan
                title: qsTr("Plan")
                onOpened: (type, recordId) => page.formRequested(type, recordId)

                actions: [
                    LinkButton {
                        text: qsTr("Add a goal")
                        onClicked: page.formRequested("goal", "")
                    },
                    LinkButton {
                        text: qsTr("Add a task")
                        onClicked: page.formRequested("task", "")
                    }
                ]
            }
            AttachmentCard {
                Layout.fillWidth: true
                attachments: page.attachments
                objectName: "attachmentCard"
                onOpened: recordId => page.attachmentOpened(recordId)
            }
            EntryCard {
                Layout.fillWidth: true
                emptyText: qsTr("Nobody was entered yet.")
                entries: page.opened.household
                title: qsTr("Household")
                onOpened: (type, recordId) => page.formRequested(type, recordId)

                actions: LinkButton {
                    text: qsTr("Add a person")
                    onClicked: page.formRequested("person", "")
                }
            }
        }
    }
}
