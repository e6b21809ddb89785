// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// Qt 6.4 cannot bind components to their file; from 6.5 use `pragma ComponentBehavior: Bound`.
// qmllint disable unqualified

// The profiles of this machine: only the names that people chose to show.
DoorPage {
    id: page

    required property ProfilesController profiles

    signal creating
    signal restoring

    Accessible.name: page.title
    glyph: "shield"
    subtitle: qsTr("Several people can use this device, each with an encrypted profile of their own.")
    title: page.profiles.profiles.count > 0 ? qsTr("Who are you?") : qsTr("Welcome to Teren")

    AppText {
        Layout.fillWidth: true
        objectName: "noProfiles"
        text: qsTr("There is no profile on this device yet. Make one to begin; afterwards your office lets it in.")
        visible: page.profiles.state === ProfilesController.Listed && page.profiles.profiles.count === 0
    }
    ColumnLayout {
        Layout.fillWidth: true
        spacing: 0
        visible: page.profiles.profiles.count > 0

        Repeater {
            model: page.profiles.profiles

            TwoLineRow {
                id: row

                required property int index
                required property string shown

                Layout.fillWidth: true
                Layout.minimumHeight: Theme.controlHeight
                focus: row.index === 0
                leadWidth: 0
                objectName: "profile" + row.index
                title: row.shown !== "" ? row.shown : qsTr("A profile without a shown name")
                topLine: row.index > 0
                onClicked: page.profiles.choose(row.index)
            }
        }
    }
    Notice {
        Layout.fillWidth: true
        advice: page.profiles.advice
        objectName: "profilesProblem"
        text: page.profiles.problem
        tone: Tone.Alarm
    }
    AppButton {
        Layout.fillWidth: true
        focus: page.profiles.profiles.count === 0
        mainAct: page.profiles.profiles.count === 0
        objectName: "createProfile"
        text: qsTr("Make a new profile")
        onClicked: page.creating()
    }
    AppButton {
        Layout.fillWidth: true
        objectName: "restoreProfile"
        text: qsTr("Bring a profile back from a backup")
        onClicked: page.restoring()
    }
}
