// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// Changes the passphrase of the open profile.
Card {
    id: card

    required property KeysController keys
    property bool begun: false

    title: qsTr("Passphrase")

    AppText {
        Layout.bottomMargin: 12
        Layout.fillWidth: true
        text: qsTr("It opens this profile on this device and nowhere else. Nobody can send it to you.")
    }
    Notice {
        Layout.bottomMargin: 12
        Layout.fillWidth: true
        advice: qsTr("A backup made before still opens with the former one.")
        objectName: "passphraseChanged"
        text: card.keys.done
        tone: Tone.Done
    }
    AppButton {
        objectName: "changePassphrase"
        text: qsTr("Change the passphrase")
        visible: !card.begun
        onClicked: {
            card.begun = true;
            current.field.forceActiveFocus();
        }
    }
    ColumnLayout {
        Layout.fillWidth: true
        Layout.maximumWidth: Theme.px(520)
        enabled: !card.keys.working
        spacing: 12
        visible: card.begun

        LabelledField {
            id: current

            Layout.fillWidth: true
            field.objectName: "currentPassphrase"
            label: qsTr("Present passphrase")
            secret: true
        }
        NewPassphrase {
            id: fresh

            Layout.fillWidth: true
            known: card.keys.known
            onSubmitted: {
                if (act.enabled)
                    act.clicked();
            }
        }
        Notice {
            Layout.fillWidth: true
            advice: card.keys.advice
            objectName: "passphraseProblem"
            text: card.keys.problem
            tone: Tone.Alarm
        }
        ProgressLine {
            Layout.fillWidth: true
            running: card.keys.working
            visible: card.keys.working
        }
        Flow {
            Layout.fillWidth: true
            spacing: 12

            AppButton {
                id: act

                enabled: current.text !== "" && fresh.accepted && !card.keys.working
                objectName: "keepPassphrase"
                primary: true
                text: qsTr("Change it")
                onClicked: card.keys.change(current.text, fresh.text)
            }
            AppButton {
                text: qsTr("Leave it as it is")
                onClicked: card.end()
            }
        }
    }

    function end() {
        current.text = "";
        fresh.clear();
        card.begun = false;
    }

    Connections {
        function onChanged() {
            card.end();
        }

        target: card.keys
    }
}
