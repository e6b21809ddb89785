// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// Makes a profile: a name, a passphrase typed twice. Its recovery code comes next, when it is open.
DoorPage {
    id: page

    required property ProfilesController profiles
    required property UnlockController unlock
    readonly property bool working: page.profiles.state === ProfilesController.Making || page.unlock.state === UnlockController.Unlocking

    signal leaving

    function submit() {
        if (act.enabled)
            page.profiles.create(who.text, fresh.text, show.checked);
    }

    Accessible.name: page.title
    glyph: "shield"
    spacing: 10
    title: qsTr("New profile")

    LabelledField {
        id: who

        Layout.fillWidth: true
        enabled: !page.working
        field.focus: true
        field.objectName: "profileName"
        label: qsTr("Your first name and surname")
    }
    AppCheck {
        id: show

        Layout.fillWidth: true
        enabled: !page.working
        objectName: "showName"
        text: qsTr("Show my name in the list of this device")
    }
    NewPassphrase {
        id: fresh

        Layout.fillWidth: true
        enabled: !page.working
        known: who.text.split(" ")
        onSubmitted: page.submit()
    }
    Notice {
        Layout.fillWidth: true
        advice: page.profiles.advice
        objectName: "newProfileProblem"
        text: page.profiles.problem
        tone: Tone.Alarm
    }
    ProgressLine {
        Layout.fillWidth: true
        running: page.working
        visible: page.working
    }
    AppText {
        Layout.fillWidth: true
        font.pixelSize: Theme.second
        quiet: true
        text: page.working ? qsTr("Measuring this device and making the profile. This takes some seconds on purpose.") : qsTr("Nobody can open the profile without the passphrase, and nobody can send it to you. Next you get a recovery code for the drawer.")
    }
    // Not a layout: with texts that wrap above, it would ask for sizes without end.
    Item {
        Layout.fillWidth: true
        implicitHeight: Theme.mainActHeight

        AppButton {
            id: leave

            enabled: !page.working
            height: parent.height
            objectName: "leaveNewProfile"
            text: qsTr("Back")
            onClicked: page.leaving()
        }
        AppButton {
            id: act

            anchors.left: leave.right
            anchors.leftMargin: 12
            anchors.right: parent.right
            enabled: who.text.trim() !== "" && fresh.accepted && !page.working
            mainAct: true
            objectName: "makeProfile"
            text: qsTr("Make the profile")
            onClicked: page.submit()
        }
    }
}
