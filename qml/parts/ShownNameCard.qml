// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// What the list of profiles shows for the one that is open.
Card {
    id: card

    required property KeysController keys

    title: qsTr("On the list of this device")

    AppText {
        Layout.bottomMargin: 12
        Layout.fillWidth: true
        text: card.keys.shownName === "" ? qsTr("The list shows no name for this profile. A name makes it quicker to find, and anybody who sits down here can read it. It need not be your own.") : qsTr("The list shows “%1”. Anybody who sits down here can read it.").arg(card.keys.shownName)
    }
    LabelledField {
        id: name

        Layout.bottomMargin: 12
        Layout.fillWidth: true
        Layout.maximumWidth: Theme.px(520)
        field.objectName: "shownName"
        label: qsTr("Name on the list")
        text: card.keys.shownName
        onAccepted: {
            if (take.enabled)
                take.clicked();
        }
    }
    Notice {
        Layout.bottomMargin: 12
        Layout.fillWidth: true
        objectName: "nameDone"
        text: card.keys.nameDone
        tone: Tone.Done
    }
    Notice {
        Layout.bottomMargin: 12
        Layout.fillWidth: true
        advice: qsTr("The list is as it was.")
        objectName: "nameProblem"
        text: card.keys.nameProblem
        tone: Tone.Alarm
    }
    Flow {
        Layout.fillWidth: true
        spacing: 12

        AppButton {
            id: take

            enabled: name.text.trim() !== "" && name.text.trim() !== card.keys.shownName
            objectName: "takeName"
            text: qsTr("Show this name")
            onClicked: card.keys.showName(name.text)
        }
        AppButton {
            objectName: "hideName"
            text: qsTr("Show no name")
            visible: card.keys.shownName !== ""
            onClicked: card.keys.showName("")
        }
    }
    Connections {
        function onShown() {
            if (!name.field.activeFocus)
                name.text = card.keys.shownName;
        }

        target: card.keys
    }
}
