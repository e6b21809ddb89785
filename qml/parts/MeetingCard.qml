// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// Two devices in one room: one waits and shows an address and a code, the other types them. Whoever waits is shown
// one pair of them, not two.
Card {
    id: card

    required property MeetingController meeting
    readonly property bool waiting: card.meeting.state === MeetingController.Waiting

    title: qsTr("A colleague in the same room")

    AppText {
        Layout.bottomMargin: 12
        Layout.fillWidth: true
        text: qsTr("Both devices in one network, a phone's for example: one waits and shows an address and a code, the other types them. Each gets what the other has and may be read there. The office confirms nothing by that.")
    }
    Notice {
        Layout.bottomMargin: 12
        Layout.fillWidth: true
        advice: card.meeting.reportAdvice
        objectName: "meetingReport"
        text: card.meeting.report
        tone: Tone.Done
    }
    Notice {
        Layout.bottomMargin: 12
        Layout.fillWidth: true
        advice: card.meeting.advice
        objectName: "meetingProblem"
        text: card.meeting.problem
        // Where something came, nothing is wrong: it is only not known whether all is right.
        tone: card.meeting.report === "" ? Tone.Alarm : Tone.Waiting
    }
    // A code is good for one exchange: the former one would only be refused.
    Connections {
        function onShown() {
            if (card.meeting.report !== "")
                code.text = "";
        }

        target: card.meeting
    }
    ProgressLine {
        Layout.bottomMargin: 12
        Layout.fillWidth: true
        running: visible
        visible: card.meeting.state !== MeetingController.Idle
    }
    AppText {
        Layout.fillWidth: true
        font.pixelSize: Theme.second
        quiet: true
        text: qsTr("Address")
        visible: card.waiting && card.meeting.address !== ""
    }
    AppText {
        Layout.bottomMargin: 8
        Layout.fillWidth: true
        font.pixelSize: Theme.cardTitle
        objectName: "meetingAddress"
        text: card.meeting.address
        textFormat: Text.PlainText
        visible: card.waiting && card.meeting.address !== ""
    }
    AppText {
        Layout.fillWidth: true
        font.pixelSize: Theme.second
        quiet: true
        text: qsTr("Code, good for this once")
        visible: card.waiting && card.meeting.code !== ""
    }
    AppText {
        Layout.bottomMargin: 12
        Layout.fillWidth: true
        font.pixelSize: Theme.px(32)
        objectName: "meetingCode"
        strong: true
        text: card.meeting.code
        textFormat: Text.PlainText
        visible: card.waiting && card.meeting.code !== ""
    }
    AppButton {
        Layout.bottomMargin: card.waiting ? 0 : 16
        enabled: card.meeting.state !== MeetingController.Calling
        objectName: "meetWait"
        text: card.waiting ? qsTr("Stop waiting") : qsTr("Wait for a colleague")
        onClicked: card.waiting ? card.meeting.stop() : card.meeting.waitForColleague()
    }
    LabelledField {
        id: address

        Layout.bottomMargin: 12
        Layout.fillWidth: true
        Layout.maximumWidth: Theme.px(640)
        field.objectName: "meetAddress"
        label: qsTr("Address that the other device shows")
        visible: !card.waiting
    }
    LabelledField {
        id: code

        Layout.bottomMargin: 12
        Layout.fillWidth: true
        Layout.maximumWidth: Theme.px(640)
        field.objectName: "meetCode"
        label: qsTr("Code that the other device shows")
        visible: !card.waiting
    }
    AppButton {
        enabled: card.meeting.state === MeetingController.Idle && address.text.trim() !== "" && code.text.trim() !== ""
        objectName: "meetCall"
        text: qsTr("Exchange with it")
        visible: !card.waiting
        onClicked: card.meeting.call(address.text, code.text)
    }
}
