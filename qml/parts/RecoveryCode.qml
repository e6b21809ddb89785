// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// Makes a recovery code: shows it once, to be printed or written down, and asks for it back from the paper.
ColumnLayout {
    id: maker

    required property KeysController keys
    readonly property bool drawn: maker.keys.code !== ""
    property bool typing: false
    property string printed: ""

    spacing: 12

    AppButton {
        objectName: "drawCode"
        primary: true
        text: qsTr("Make a recovery code")
        visible: !maker.drawn && !maker.keys.codeMade
        onClicked: {
            maker.typing = false;
            maker.printed = "";
            maker.keys.drawCode();
        }
    }
    Notice {
        Layout.fillWidth: true
        objectName: "codeTaken"
        advice: qsTr("Keep the paper apart from this device.")
        text: maker.keys.codeMade && !maker.drawn ? qsTr("The recovery code is valid.") : ""
        tone: Tone.Done
    }
    Rectangle {
        Layout.fillWidth: true
        border.color: Theme.edge
        color: Theme.sunken
        implicitHeight: codeText.implicitHeight + 32
        radius: Theme.controlRadius
        visible: maker.drawn && !maker.typing

        TextEdit {
            id: codeText

            Accessible.name: text
            Accessible.role: Accessible.StaticText
            activeFocusOnTab: true
            anchors.left: parent.left
            anchors.margins: 16
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.ink
            font.letterSpacing: 2
            font.pixelSize: Theme.px(22)
            font.weight: Font.DemiBold
            horizontalAlignment: Text.AlignHCenter
            objectName: "code"
            readOnly: true
            text: maker.keys.code.split("-").join(" ")
            textFormat: TextEdit.PlainText
            wrapMode: TextEdit.WordWrap
        }
    }
    AppText {
        Layout.fillWidth: true
        text: qsTr("Print it, or write it down by hand. It is shown this once only. It is valid when you have typed it back.")
        visible: maker.drawn && !maker.typing
    }
    Flow {
        Layout.fillWidth: true
        spacing: 12
        visible: maker.drawn && !maker.typing

        AppButton {
            objectName: "codeWritten"
            primary: true
            text: qsTr("I have it on paper")
            onClicked: {
                maker.typing = true;
                back.text = "";
                back.field.forceActiveFocus();
            }
        }
        AppButton {
            objectName: "printCode"
            text: qsTr("Print")
            onClicked: maker.printed = maker.keys.printCode() ? qsTr("Sent to the printer.") : qsTr("No printer is set up on this device: write it down by hand.")
        }
    }
    AppText {
        Layout.fillWidth: true
        font.pixelSize: Theme.second
        quiet: true
        text: maker.printed
        visible: maker.drawn && !maker.typing && maker.printed !== ""
    }
    LabelledField {
        id: back

        Layout.fillWidth: true
        field.inputMethodHints: Qt.ImhSensitiveData | Qt.ImhNoPredictiveText | Qt.ImhUppercaseOnly
        field.objectName: "typedCode"
        label: qsTr("Type the code from the paper")
        visible: maker.drawn && maker.typing
        wrong: typedProblem.visible
        onAccepted: {
            if (take.enabled)
                take.clicked();
        }
    }
    AppText {
        id: typedProblem

        Layout.fillWidth: true
        color: Theme.alarm
        font.pixelSize: Theme.second
        objectName: "typedProblem"
        strong: true
        text: maker.typing ? maker.keys.typedProblem(back.text) : ""
        visible: back.visible && typedProblem.text !== ""
    }
    Flow {
        Layout.fillWidth: true
        spacing: 12
        visible: back.visible

        AppButton {
            id: take

            enabled: maker.keys.isWhole(back.text) && !maker.keys.working
            objectName: "typeBack"
            primary: true
            text: qsTr("Make it valid")
            onClicked: maker.keys.typeBack(back.text)
        }
        AppButton {
            text: qsTr("Show it again")
            onClicked: maker.typing = false
        }
    }
    Notice {
        Layout.fillWidth: true
        advice: maker.keys.codeAdvice
        objectName: "codeProblem"
        text: maker.keys.codeProblem
        tone: Tone.Alarm
    }
    Connections {
        function onCodeTaken() {
            back.text = "";
            maker.typing = false;
        }

        target: maker.keys
    }
}
