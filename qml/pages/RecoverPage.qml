// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// For somebody who forgot the passphrase: the recovery code, and a new passphrase.
DoorPage {
    id: page

    required property KeysController keys
    required property UnlockController unlock
    readonly property bool waiting: page.unlock.state === UnlockController.Unlocking

    signal leaving

    function submit() {
        if (act.enabled)
            page.unlock.recover(code.text, fresh.text);
    }

    Accessible.name: page.title
    subtitle: qsTr("Profile: %1").arg(page.unlock.profile)
    title: qsTr("Forgot the passphrase")

    AppText {
        Layout.fillWidth: true
        text: qsTr("Type the recovery code from the paper. It stays valid; only the passphrase is replaced.")
    }
    LabelledField {
        id: code

        Layout.fillWidth: true
        enabled: !page.waiting
        field.focus: true
        field.inputMethodHints: Qt.ImhSensitiveData | Qt.ImhNoPredictiveText | Qt.ImhUppercaseOnly
        field.objectName: "recoveryCode"
        label: qsTr("Recovery code: seven groups of five characters")
        wrong: codeProblem.text !== ""
    }
    AppText {
        id: codeProblem

        Layout.fillWidth: true
        color: Theme.alarm
        font.pixelSize: Theme.second
        objectName: "recoveryTyped"
        strong: true
        text: page.keys.typedProblem(code.text)
        visible: codeProblem.text !== ""
    }
    NewPassphrase {
        id: fresh

        Layout.fillWidth: true
        enabled: !page.waiting
        onSubmitted: page.submit()
    }
    Notice {
        Layout.fillWidth: true
        advice: page.unlock.advice
        objectName: "recoverProblem"
        text: page.unlock.problem
        tone: Tone.Alarm
    }
    Notice {
        Layout.fillWidth: true
        text: page.unlock.waitWords
        tone: Tone.Waiting
    }
    ProgressLine {
        Layout.fillWidth: true
        running: page.waiting
        visible: page.waiting
    }
    AppButton {
        id: act

        Layout.fillWidth: true
        enabled: page.keys.isWhole(code.text) && fresh.accepted && !page.waiting && page.unlock.waitSeconds === 0
        mainAct: true
        objectName: "recover"
        text: qsTr("Set the new passphrase and unlock")
        onClicked: page.submit()
    }
    AppButton {
        Layout.fillWidth: true
        enabled: !page.waiting
        objectName: "leaveRecover"
        text: qsTr("Back")
        onClicked: page.leaving()
    }
}
