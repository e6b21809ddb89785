// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// Qt 6.4 cannot bind components to their file; from 6.5 use `pragma ComponentBehavior: Bound`.
// qmllint disable unqualified

// Photos and other files of a case, or of one record of it, and a way to add one.
Card {
    id: card

    required property AttachmentsController attachments
    property string emptyText: qsTr("No photo and no file yet.")
    property int shownMax: 6

    signal opened(string recordId)

    title: qsTr("Photos and files")

    actions: LinkButton {
        enabled: !card.attachments.adding
        objectName: "addAttachment"
        text: qsTr("Add a photo or file")
        onClicked: picker.begin("")
    }

    FilePicker {
        id: picker

        files: true
        title: qsTr("A photo or file for this case")
        onPicked: path => card.attachments.add(path)
    }
    EmptyHint {
        Layout.fillWidth: true
        advice: qsTr("They are kept encrypted. What a photo says about place and time is taken out.")
        text: card.emptyText
        visible: card.attachments.attachments.count === 0
    }
    WorkLine {
        Layout.bottomMargin: 12
        Layout.fillWidth: true
        Layout.topMargin: 12
        objectName: "adding"
        percent: card.attachments.addingPercent
        stopping: card.attachments.stopping
        visible: card.attachments.adding
        words: qsTr("Adding the file, encrypted; you can go on working.")
        onStopped: card.attachments.stopAdding()
    }
    Notice {
        Layout.bottomMargin: 12
        Layout.fillWidth: true
        advice: card.attachments.advice
        objectName: "addProblem"
        text: card.attachments.problem
        tone: Tone.Alarm
    }
    Repeater {
        model: card.attachments.attachments

        AttachmentDelegate {
            id: row

            required property int index
            required property string recordId

            required detail
            required isPicture
            required name
            required stateWords
            required thumbnail
            required tone

            Layout.fillWidth: true
            objectName: "attachment" + row.index
            topLine: row.index > 0
            visible: row.index < card.shownMax
            onClicked: card.opened(row.recordId)
        }
    }
    LinkButton {
        text: qsTr("Show all %1").arg(card.attachments.attachments.count)
        visible: card.attachments.attachments.count > card.shownMax
        onClicked: card.shownMax = 10000
    }
}
