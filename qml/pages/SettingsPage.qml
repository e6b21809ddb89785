// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// Language and letters of the program on this device, and what it is.
AppPage {
    id: page

    required property AlarmController alarm
    required property BackupsController backups
    required property DeviceController device
    required property KeysController keys
    required property SettingsController settings

    function size(percent: int): var {
        return {
            "id": String(percent),
            "label": qsTr("%1 %").arg(percent)
        };
    }

    function minutes(count: int): var {
        return {
            "id": String(count),
            "label": qsTr("%n minute(s)", "", count)
        };
    }

    Component.onCompleted: page.device.refresh()
    Component.onDestruction: {
        page.keys.forget();
        page.backups.forget();
    }

    title: qsTr("Settings")

    Card {
        Layout.fillWidth: true
        title: qsTr("Language")

        ChoiceRow {
            Layout.fillWidth: true
            choices: [{
                    "id": "pl",
                    "label": "Polski"
                }, {
                    "id": "en",
                    "label": "English"
                }]
            objectName: "language"
            value: page.settings.language
            onChosen: id => page.settings.language = id
        }
        AppText {
            Layout.fillWidth: true
            Layout.topMargin: 12
            font.pixelSize: Theme.second
            quiet: true
            text: qsTr("Documents and what people have written stay in Polish.")
        }
    }
    Card {
        Layout.fillWidth: true
        title: qsTr("Size of letters")

        ChoiceRow {
            Layout.fillWidth: true
            choices: [page.size(100), page.size(125), page.size(150), page.size(200)]
            objectName: "textSize"
            value: String(page.settings.textPercent)
            onChosen: id => page.settings.textPercent = Number(id)
        }
    }
    Card {
        Layout.fillWidth: true
        title: qsTr("Lock when nobody touches it")

        ChoiceRow {
            Layout.fillWidth: true
            choices: [page.minutes(1), page.minutes(3), page.minutes(5), page.minutes(10), page.minutes(15), page.minutes(30)]
            objectName: "lockMinutes"
            value: String(page.settings.lockMinutes)
            onChosen: id => page.settings.lockMinutes = Number(id)
        }
        AppText {
            Layout.fillWidth: true
            Layout.topMargin: 12
            font.pixelSize: Theme.second
            quiet: true
            text: qsTr("Teren also locks when the lid is closed, when the device goes to sleep, when the screen is locked, and at Ctrl+L. What you were writing is kept, and unlocking brings you back to it.")
        }
    }
    PassphraseCard {
        Layout.fillWidth: true
        keys: page.keys
        objectName: "passphraseCard"
    }
    Card {
        Layout.fillWidth: true
        objectName: "recoveryCard"
        title: qsTr("Recovery code")

        AppText {
            Layout.bottomMargin: 12
            Layout.fillWidth: true
            text: {
                if (!page.device.hasCode)
                    return qsTr("There is none yet. It is the one way in if the passphrase is forgotten: seven groups of five characters, on paper.");
                if (page.device.codeMade === "")
                    return qsTr("There is one. A new one makes the former worthless.");
                return qsTr("Made %1. A new one makes the former worthless.").arg(page.device.codeMade);
            }
        }
        RecoveryCode {
            Layout.fillWidth: true
            keys: page.keys
        }
        Notice {
            Layout.fillWidth: true
            Layout.topMargin: 12
            advice: qsTr("Without a code, a forgotten passphrase means that nobody opens this profile.")
            objectName: "codeRemoved"
            text: page.keys.codeRemoved
            tone: Tone.Waiting
        }
        AppButton {
            Layout.topMargin: 12
            objectName: "askRemoveCode"
            text: qsTr("Remove the code …")
            visible: page.device.hasCode && !removing.visible && page.keys.code === ""
            onClicked: {
                removing.visible = true;
                removeCode.forceActiveFocus();
            }
        }
        ColumnLayout {
            id: removing

            Layout.fillWidth: true
            Layout.topMargin: 12
            spacing: 12
            visible: false

            AppText {
                Layout.fillWidth: true
                text: qsTr("The paper then opens nothing. Do it if somebody may have seen it, and make a new code afterwards. A backup made before still opens with it.")
            }
            Flow {
                Layout.fillWidth: true
                spacing: 12

                AppButton {
                    id: removeCode

                    objectName: "removeCode"
                    primary: true
                    text: qsTr("Remove it")
                    onClicked: {
                        removing.visible = false;
                        page.keys.removeCode();
                    }
                }
                AppButton {
                    text: qsTr("Keep it")
                    onClicked: removing.visible = false
                }
            }
        }
    }
    ShownNameCard {
        Layout.fillWidth: true
        keys: page.keys
        objectName: "shownNameCard"
    }
    BackupCard {
        Layout.fillWidth: true
        device: page.device
        objectName: "backupCard"
    }
    CheckBackupCard {
        Layout.fillWidth: true
        backups: page.backups
        objectName: "checkCard"
    }
    DeviceCard {
        Layout.fillWidth: true
        alarm: page.alarm
        device: page.device
        objectName: "deviceCard"
    }
    Connections {
        function onCodeTaken() {
            page.device.refresh();
        }

        target: page.keys
    }
    Card {
        Layout.fillWidth: true
        title: qsTr("Keyboard")

        AppText {
            Layout.fillWidth: true
            lineHeight: 1.5
            text: qsTr("Ctrl+1 to Ctrl+5: Today, Cases, Conflicts, Sync, Settings\nCtrl+R: synchronise now\nCtrl+L: lock\nEsc: back\nIn a case: Ctrl+E its Expectations Card, Ctrl+N a new visit\nIn a form: Ctrl+S save\nConflicts: Ctrl+Return open the first, then save the joined version")
        }
    }
    Card {
        Layout.fillWidth: true
        title: qsTr("About")

        AppText {
            Layout.fillWidth: true
            text: qsTr("Teren %1: a case file for social workers who visit families where there is no network. Free software under the EUPL 1.2; letters: Inter, SIL Open Font License 1.1.").arg(page.settings.version)
        }
    }
}
