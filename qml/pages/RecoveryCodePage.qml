// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// The last step of making a profile: the code for the drawer.
AppPage {
    id: page

    required property KeysController keys

    signal leaving

    subtitle: qsTr("The one way in if the passphrase is forgotten.")
    title: qsTr("Recovery code")

    Card {
        Layout.fillWidth: true

        AppText {
            Layout.bottomMargin: 16
            Layout.fillWidth: true
            text: qsTr("Whoever has the code and this device can open the profile: keep the paper where you keep what nobody else may read, and not with the device. Without code and passphrase nobody can open it, the makers of Teren included.")
        }
        RecoveryCode {
            Layout.fillWidth: true
            keys: page.keys
        }
    }
    AppButton {
        Layout.alignment: Qt.AlignRight
        mainAct: page.keys.codeMade
        objectName: "recoveryDone"
        text: page.keys.codeMade ? qsTr("Begin to work") : qsTr("Later, in Settings")
        onClicked: page.leaving()
    }
}
