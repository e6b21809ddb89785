// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// Opens a profile with its passphrase. Shows nothing about any case.
FocusScope {
    id: page

    required property UnlockController unlock
    readonly property bool waiting: page.unlock.state === UnlockController.Unlocking

    function submit() {
        if (passphrase.text === "" || page.waiting)
            return;
        page.unlock.unlock(passphrase.text);
        passphrase.clear();
    }

    Accessible.name: qsTr("Unlock")
    Accessible.role: Accessible.Pane

    onVisibleChanged: passphrase.forceActiveFocus()

    Card {
        anchors.centerIn: parent
        width: Math.min(480, page.width - 48)

        ColumnLayout {
            Layout.fillWidth: true
            Layout.margins: 12
            spacing: 16

            Item {
                Layout.fillWidth: true
                implicitHeight: Math.max(badge.height, heading.height)

                Rectangle {
                    id: badge

                    anchors.verticalCenter: parent.verticalCenter
                    color: Theme.tint
                    height: 52
                    radius: 26
                    width: 52

                    AppIcon {
                        anchors.centerIn: parent
                        color: Theme.primary
                        glyph: "locked"
                        size: 26
                    }
                }
                Column {
                    id: heading

                    anchors.left: badge.right
                    anchors.leftMargin: 12
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    spacing: 2

                    AppText {
                        Accessible.role: Accessible.Heading
                        font.pixelSize: Theme.pageTitle
                        strong: true
                        text: qsTr("Unlock Teren")
                        width: parent.width
                    }
                    AppText {
                        elide: Text.ElideMiddle
                        font.pixelSize: Theme.second
                        quiet: true
                        text: qsTr("Profile: %1").arg(page.unlock.profile)
                        width: parent.width
                        wrapMode: Text.NoWrap
                    }
                }
            }
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
            AppButton {
                Layout.fillWidth: true
                enabled: !page.waiting
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
        }
    }
}
