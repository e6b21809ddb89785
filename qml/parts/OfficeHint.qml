// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App
import Teren.App

// What somebody who is in no office yet has to do, and the code of somebody who waits to be let in.
Card {
    id: hint

    required property UnlockController unlock
    readonly property bool waiting: hint.unlock.standing === UnlockController.Waiting

    title: hint.waiting ? qsTr("Waiting to be let in") : qsTr("This profile belongs to no office yet")
    visible: hint.unlock.standing !== UnlockController.Inside

    AppText {
        Layout.fillWidth: true
        text: hint.waiting ? qsTr("Read this code to the person who invited you. Nothing can be written before the office has let this device in.") : qsTr("Cases appear here when an office has let this device in. Ask a colleague there for an invitation. Taking it up is not possible in this window yet: close Teren and run this in a terminal, with the invitation in place of INVITATION:")
    }
    TextEdit {
        Accessible.name: text
        Accessible.role: Accessible.StaticText
        Layout.bottomMargin: 12
        Layout.fillWidth: true
        Layout.topMargin: 12
        activeFocusOnTab: true
        color: Theme.ink
        font.letterSpacing: hint.waiting ? 4 : 0
        font.pixelSize: hint.waiting ? Theme.px(32) : Theme.body
        font.weight: Font.DemiBold
        objectName: "officeCommand"
        readOnly: true
        selectByMouse: true
        selectedTextColor: Theme.inverse
        selectionColor: Theme.primary
        text: hint.waiting ? hint.unlock.code : "terenctl --profile \"" + hint.unlock.folder + "\" join INVITATION"
        textFormat: TextEdit.PlainText
        wrapMode: TextEdit.WrapAnywhere
    }
    AppText {
        Layout.fillWidth: true
        font.pixelSize: Theme.second
        quiet: true
        text: hint.waiting ? qsTr("Teren asks by itself every few minutes whether you were let in; “Synchronise now” asks at once.") : qsTr("It shows a code of ten characters to read to that person. Whoever opens a new office for a centre does so with “terenctl workspace create”.")
    }
}
