// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// Makes a profile of this machine of a backup: which one, and the passphrase or recovery code of then.
DoorPage {
    id: page

    required property BackupsController backups
    required property KeysController keys
    readonly property bool working: page.backups.state === BackupsController.Restoring
    readonly property bool chosen: choice.chosen !== ""
    property bool byCode: false

    signal leaving

    function submit() {
        if (!act.enabled)
            return;
        page.backups.restore(choice.chosen, page.byCode ? code.text : passphrase.text, page.byCode, fresh.text);
    }

    Accessible.name: page.title
    Component.onCompleted: page.backups.forget()
    glyph: "shield"
    subtitle: qsTr("Makes a profile on this device, as it was when the backup was made.")
    title: qsTr("Bring a profile back from a backup")

    BackupChoice {
        id: choice

        Layout.fillWidth: true
        backups: page.backups
        enabled: !page.working
        field.focus: true
        field.objectName: "restoreFolder"
    }
    ChoiceRow {
        Layout.fillWidth: true
        choices: [{
                "id": "passphrase",
                "label": qsTr("Passphrase")
            }, {
                "id": "code",
                "label": qsTr("Recovery code")
            }]
        objectName: "restoreBy"
        value: page.byCode ? "code" : "passphrase"
        visible: page.chosen
        onChosen: id => page.byCode = id === "code"
    }
    LabelledField {
        id: passphrase

        Layout.fillWidth: true
        field.objectName: "restorePassphrase"
        label: qsTr("Passphrase that the profile had when the backup was made")
        revealed: reveal.checked
        secret: true
        visible: page.chosen && !page.byCode
        onAccepted: page.submit()
    }
    AppCheck {
        id: reveal

        Layout.fillWidth: true
        text: qsTr("Show what I type")
        visible: page.chosen && !page.byCode
    }
    LabelledField {
        id: code

        Layout.fillWidth: true
        field.inputMethodHints: Qt.ImhSensitiveData | Qt.ImhNoPredictiveText | Qt.ImhUppercaseOnly
        field.objectName: "restoreCode"
        label: qsTr("Recovery code: seven groups of five characters")
        visible: page.chosen && page.byCode
        wrong: codeProblem.text !== ""
    }
    AppText {
        id: codeProblem

        Layout.fillWidth: true
        color: Theme.alarm
        font.pixelSize: Theme.second
        strong: true
        text: page.keys.typedProblem(code.text)
        visible: page.chosen && page.byCode && codeProblem.text !== ""
    }
    NewPassphrase {
        id: fresh

        Layout.fillWidth: true
        visible: page.chosen && page.byCode
        onSubmitted: page.submit()
    }
    WorkLine {
        Layout.fillWidth: true
        percent: page.backups.percent
        stopping: page.backups.stopping
        visible: page.working
        words: qsTr("Bringing the profile back. Do not pull out the stick.")
        onStopped: page.backups.stop()
    }
    BackupTrouble {
        Layout.fillWidth: true
        backups: page.backups
        objectName: "restoreProblem"
    }
    AppButton {
        id: act

        Layout.fillWidth: true
        enabled: !page.working && choice.chosen !== "" && (page.byCode ? page.keys.isWhole(code.text) && fresh.accepted : passphrase.text !== "")
        mainAct: true
        objectName: "restore"
        text: qsTr("Bring it back")
        visible: choice.chosen !== ""
        onClicked: page.submit()
    }
    AppText {
        Layout.fillWidth: true
        font.pixelSize: Theme.second
        quiet: true
        text: qsTr("The backup stays as it is. If the device that was backed up was lost, ask your office to remove it.")
    }
    AppButton {
        Layout.fillWidth: true
        enabled: !page.working
        objectName: "leaveRestore"
        text: qsTr("Back to the list")
        onClicked: page.leaving()
    }
}
