// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// Opens a profile with its passphrase. Shows nothing about any case.
DoorPage {
    id: page

    required property ProfilesController profiles
    required property UnlockController unlock
    readonly property bool waiting: page.unlock.state === UnlockController.Unlocking
    readonly property bool mayTry: !page.waiting && page.unlock.waitSeconds === 0

    signal forgotten

    function submit() {
        if (passphrase.text === "" || !page.mayTry)
            return;
        page.unlock.unlock(passphrase.text);
        passphrase.clear();
    }

    Accessible.name: qsTr("Unlock")
    subtitle: qsTr("Profile: %1").arg(page.unlock.profile)
    title: qsTr("Unlock Teren")

    ColumnLayout {
        Layout.fillWidth: true
        spacing: 8

        AppText {
            Layout.fillWidth: true
            font.pixelSize: Theme.second
            strong: true
            text: qsTr("Passphrase")
        }
        AppField {
            id: passphrase

            Accessible.name: qsTr("Passphrase")
            Accessible.passwordEdit: true
            Layout.fillWidth: true
            echoMode: reveal.checked ? TextInput.Normal : TextInput.Password
            enabled: !page.waiting
            focus: true
            inputMethodHints: Qt.ImhSensitiveData | Qt.ImhNoPredictiveText | Qt.ImhNoAutoUppercase
            objectName: "passphrase"
            wrong: page.unlock.state === UnlockController.Failed
            onAccepted: page.submit()
        }
        AppCheck {
            id: reveal

            text: qsTr("Show what I type")
        }
    }
    Notice {
        Layout.fillWidth: true
        advice: page.unlock.lostAdvice
        objectName: "lostWords"
        text: page.unlock.lost
        tone: Tone.Waiting
    }
    Notice {
        Layout.fillWidth: true
        advice: page.unlock.advice
        objectName: "unlockProblem"
        text: page.unlock.problem
        tone: Tone.Alarm
    }
    ColumnLayout {
        Layout.fillWidth: true
        spacing: 8
        visible: page.waiting

        ProgressLine {
            Layout.fillWidth: true
            running: page.waiting
        }
        AppText {
            Layout.fillWidth: true
            font.pixelSize: Theme.second
            objectName: "unlockWaiting"
            quiet: true
            text: qsTr("Opening. This takes a few seconds on purpose: whoever guesses passphrases would have to wait as long for each.")
        }
    }
    Notice {
        Layout.fillWidth: true
        objectName: "unlockWait"
        text: page.unlock.waitWords
        tone: Tone.Waiting
    }
    AppButton {
        Layout.fillWidth: true
        enabled: page.mayTry
        mainAct: true
        objectName: "unlockButton"
        text: qsTr("Unlock")
        onClicked: page.submit()
    }
    AppText {
        Layout.fillWidth: true
        font.pixelSize: Theme.second
        quiet: true
        text: qsTr("Everything in this profile is encrypted on this device. Nobody can open it without the passphrase, and nobody can send it to you.")
    }
    Flow {
        Layout.fillWidth: true
        spacing: 8

        LinkButton {
            enabled: !page.waiting
            objectName: "forgotten"
            text: qsTr("I forgot the passphrase")
            onClicked: page.forgotten()
        }
        LinkButton {
            enabled: !page.waiting
            objectName: "otherProfile"
            text: qsTr("Another profile")
            visible: page.profiles.several
            onClicked: page.profiles.leave()
        }
    }
}
