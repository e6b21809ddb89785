// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// Qt 6.4 cannot bind components to their file; from 6.5 use `pragma ComponentBehavior: Bound`.
// qmllint disable unqualified

// A form made from its schema. Every answer is kept in a draft at once; Save puts it into the record.
FocusScope {
    id: page

    required property AttachmentsController attachments
    required property FormController form
    readonly property bool narrow: sheet.narrow
    // Where the keyboard was last, and where it goes when the form opens: the first question if it is none.
    property string currentField: ""
    property string startField: ""

    signal attachmentOpened(string recordId)
    signal historyRequested
    signal leaving

    function listAttachments() {
        if (page.visible && page.form.takesFiles)
            page.attachments.list(page.form.caseId, page.form.recordId);
    }

    Component.onCompleted: page.listAttachments()
    onVisibleChanged: page.listAttachments()
    Accessible.name: page.form.title
    Accessible.role: Accessible.Pane

    AppPage {
        id: sheet

        anchors.bottom: footer.top
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        onHolderChanged: {
            let above = sheet.holder;
            while (above && above.fieldId === undefined)
                above = above.parent;
            if (above)
                page.currentField = above.fieldId;
        }
        overline: page.form.caseTitle
        title: page.form.title

        actions: [
            Chip {
                anchors.verticalCenter: parent ? parent.verticalCenter : undefined
                objectName: "draftChip"
                text: {
                    if (!page.form.isDraft)
                        return page.form.isNew ? qsTr("new") : "";
                    return page.form.draftSaved === "" ? qsTr("draft") : qsTr("draft, kept %1").arg(page.form.draftSaved);
                }
                tone: page.form.isDraft ? Tone.Waiting : Tone.New
            },
            AppButton {
                objectName: "formHistory"
                text: qsTr("History")
                visible: page.form.recordId !== ""
                onClicked: page.historyRequested()
            }
        ]

        Notice {
            Layout.fillWidth: true
            objectName: "formProblem"
            text: page.form.problem
            tone: Tone.Alarm
        }
        Repeater {
            model: page.form.sections

            Card {
                id: section

                required title
                required property int section

                Layout.fillWidth: true
                border.color: page.form.isDraft ? Theme.waiting : Theme.line

                Repeater {
                    model: FieldSlice {
                        fields: page.form.fields
                        section: section.section
                    }

                    Answer {
                        id: answer

                        required property int index

                        Layout.bottomMargin: 8
                        Layout.fillWidth: true
                        Layout.topMargin: 8
                        today: page.form.today
                        first: page.startField === "" ? section.section === 0 && answer.index === 0 : answer.fieldId === page.startField
                        onAnswered: value => page.form.setAnswer(answer.fieldId, value)
                        onKeptMine: page.form.keepMine(answer.fieldId)
                        onTookTheirs: page.form.takeTheirs(answer.fieldId)
                    }
                }
            }
        }
        AttachmentCard {
            Layout.fillWidth: true
            attachments: page.attachments
            emptyText: qsTr("No photo and no file belongs to this yet.")
            objectName: "formAttachments"
            visible: page.form.takesFiles
            onOpened: recordId => page.attachmentOpened(recordId)
        }
        AppText {
            Layout.fillWidth: true
            font.pixelSize: Theme.second
            quiet: true
            text: qsTr("Photos and files can be added here as soon as this is saved.")
            visible: page.form.mayTakeFiles && !page.form.takesFiles
        }
    }
    Rectangle {
        id: footer

        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        color: Theme.rail
        implicitHeight: buttons.implicitHeight + 28

        Rectangle {
            color: Theme.line
            height: 1
            width: parent.width
        }
        RowLayout {
            id: buttons

            anchors.left: parent.left
            anchors.leftMargin: page.narrow ? 24 : Theme.pageMargin
            anchors.right: parent.right
            anchors.rightMargin: page.narrow ? 24 : Theme.pageMargin
            anchors.verticalCenter: parent.verticalCenter
            spacing: 12

            AppButton {
                Layout.preferredHeight: Theme.mainActHeight
                objectName: "formBack"
                text: qsTr("Back")
                onClicked: page.leaving()
            }
            AppButton {
                Layout.preferredHeight: Theme.mainActHeight
                objectName: "discardDraft"
                text: qsTr("Discard the draft")
                visible: (page.form.isDraft || page.form.state === FormController.Nothing) && !page.narrow
                onClicked: page.form.discard()
            }
            AppText {
                Layout.fillWidth: true
                font.pixelSize: Theme.second
                quiet: true
                text: page.form.isDraft ? qsTr("Kept on this device at every answer. Save puts it into the case.") : ""
                visible: !page.narrow
            }
            AppButton {
                Layout.fillWidth: page.narrow
                Layout.preferredWidth: page.narrow ? -1 : 220
                enabled: page.form.isDraft && page.form.state === FormController.Editing
                mainAct: true
                objectName: "saveForm"
                text: qsTr("Save")
                onClicked: page.form.save()
            }
        }
    }
    Shortcut {
        enabled: page.visible
        sequence: "Ctrl+S"
        onActivated: page.form.save()
    }
    Connections {
        function onDiscarded() {
            page.leaving();
        }
        function onSaved() {
            page.leaving();
        }

        target: page.form
    }
}
