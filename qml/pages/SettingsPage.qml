// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// Language and letters of the program on this device, and what it is.
AppPage {
    id: page

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
    Card {
        Layout.fillWidth: true
        title: qsTr("Keyboard")

        AppText {
            Layout.fillWidth: true
            lineHeight: 1.5
            text: qsTr("Ctrl+1 to Ctrl+4: Today, Cases, Conflicts, Sync\nCtrl+R: synchronise now\nCtrl+L: lock\nEsc: back\nIn a case: Ctrl+E its Expectations Card, Ctrl+N a new visit\nIn a form: Ctrl+S save\nConflicts: Ctrl+Return open the first, then save the joined version")
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
