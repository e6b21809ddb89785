// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// Qt 6.4 cannot bind components to their file; from 6.5 use `pragma ComponentBehavior: Bound`.
// qmllint disable unqualified

// A new passphrase, typed twice, with its strength and what would make it better in words.
ColumnLayout {
    id: fresh

    readonly property bool accepted: meter.accepted && fresh.same
    property alias known: meter.known
    readonly property bool same: again.text === first.text
    readonly property string text: first.text

    signal submitted

    function clear() {
        first.text = "";
        again.text = "";
    }

    spacing: 12

    PassphraseMeter {
        id: meter

        text: first.text
    }
    LabelledField {
        id: first

        Layout.fillWidth: true
        label: qsTr("New passphrase")
        field.objectName: "newPassphrase"
        revealed: reveal.checked
        secret: true
    }
    Flow {
        Accessible.name: qsTr("Strength: %1").arg(meter.verdict)
        Accessible.role: Accessible.StaticText
        Layout.fillWidth: true
        spacing: 6
        visible: first.text !== ""

        Row {
            height: verdict.height
            spacing: 6

            Repeater {
                model: 4

                Rectangle {
                    required property int index

                    anchors.verticalCenter: parent.verticalCenter
                    color: index < meter.score ? (meter.accepted ? Theme.done : Theme.waiting) : Theme.neutralTint
                    height: 8
                    radius: 4
                    width: Theme.px(44)
                }
            }
        }
        AppText {
            id: verdict

            Accessible.ignored: true
            color: meter.accepted ? Theme.done : Theme.waiting
            font.pixelSize: Theme.second
            objectName: "verdict"
            strong: true
            text: meter.verdict
        }
    }
    AppText {
        Layout.fillWidth: true
        font.pixelSize: Theme.second
        objectName: "passphraseHelp"
        quiet: meter.help === ""
        text: meter.help !== "" ? meter.help : qsTr("Best are four or more words that have nothing to do with one another, such as you alone would put together.")
        visible: !meter.accepted
    }
    LabelledField {
        id: again

        Layout.fillWidth: true
        label: qsTr("The same once more")
        field.objectName: "againPassphrase"
        revealed: reveal.checked
        secret: true
        wrong: again.text !== "" && !fresh.same && first.text.indexOf(again.text) !== 0
        onAccepted: fresh.submitted()
    }
    AppText {
        Layout.fillWidth: true
        color: Theme.alarm
        font.pixelSize: Theme.second
        strong: true
        text: qsTr("The two are not the same.")
        visible: again.wrong
    }
    AppCheck {
        id: reveal

        Layout.fillWidth: true
        text: qsTr("Show what I type")
    }
}
