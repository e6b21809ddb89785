// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Teren.App

// Qt 6.4 cannot bind components to their file; from 6.5 use `pragma ComponentBehavior: Bound`.
// qmllint disable unqualified

// All cases on this device, with a search over everything in them. Also where a case is chosen for a contact.
AppPage {
    id: page

    required property CasesController cases
    required property UnlockController unlock
    readonly property bool inside: page.unlock.standing === UnlockController.Inside
    property bool choosing: false
    property string problem: ""

    signal caseOpened(string caseId)

    function addCase() {
        if (newTitle.text.trim() === "")
            return;
        page.problem = "";
        page.cases.newCase(newTitle.text, newNumber.text);
    }

    scrolls: false
    subtitle: page.choosing ? qsTr("Choose the case this contact belongs to.") : qsTr("%n case(s) on this device", "", page.cases.total)
    title: page.choosing ? qsTr("Whose contact?") : qsTr("Cases")

    actions: AppButton {
        mainAct: true
        objectName: "newCase"
        text: qsTr("+ New case")
        visible: page.inside && !page.choosing && !newCard.visible
        onClicked: {
            newCard.visible = true;
            newTitle.forceActiveFocus();
        }
    }

    function keepTyped() {
        if (newTitle.activeFocus || newNumber.activeFocus)
            page.cases.keepTyped(newTitle.text, newNumber.text);
    }

    Component.onCompleted: {
        if (!page.choosing)
            page.cases.findTyped();
    }

    Connections {
        function onTypedFound(title: string, number: string) {
            newCard.visible = true;
            newTitle.text = title;
            newNumber.text = number;
        }
        function onCaseMade(caseId: string) {
            newCard.visible = false;
            newTitle.clear();
            newNumber.clear();
            page.caseOpened(caseId);
        }
        function onRefused(problem: string) {
            page.problem = problem;
        }

        target: page.cases
    }
    OfficeHint {
        Layout.fillWidth: true
        unlock: page.unlock
    }
    Card {
        id: newCard

        Layout.fillWidth: true
        title: qsTr("New case")
        visible: false

        GridLayout {
            Layout.fillWidth: true
            columnSpacing: 12
            columns: page.narrow ? 1 : 2
            rowSpacing: 12

            AppField {
                id: newTitle

                Accessible.name: qsTr("Person or family")
                Layout.fillWidth: true
                Layout.preferredWidth: 3
                maximumLength: 200
                objectName: "newTitle"
                placeholderText: qsTr("Person or family")
                onTextChanged: page.keepTyped()
                onAccepted: page.addCase()
            }
            AppField {
                id: newNumber

                Accessible.name: qsTr("Number")
                Layout.fillWidth: true
                Layout.preferredWidth: 2
                maximumLength: 60
                placeholderText: qsTr("Number; left empty, Teren gives one")
                onTextChanged: page.keepTyped()
                onAccepted: page.addCase()
            }
        }
        Notice {
            Layout.fillWidth: true
            Layout.topMargin: 12
            text: page.problem
            tone: Tone.Alarm
        }
        RowLayout {
            Layout.topMargin: 12
            spacing: 12

            AppButton {
                enabled: newTitle.text.trim() !== ""
                objectName: "makeCase"
                primary: true
                text: qsTr("Open the case")
                onClicked: page.addCase()
            }
            AppButton {
                text: qsTr("Not now")
                onClicked: {
                    newCard.visible = false;
                    newTitle.clear();
                    newNumber.clear();
                    page.cases.giveUp();
                }
            }
        }
    }
    AppField {
        id: search

        Accessible.name: qsTr("Search")
        Layout.fillWidth: true
        focus: true
        leftPadding: 48
        objectName: "search"
        placeholderText: qsTr("Search in names, numbers, places and everything written")
        text: page.cases.query
        visible: page.inside
        onTextEdited: page.cases.query = text

        AppIcon {
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.secondInk
            glyph: "search"
            size: 22
            x: 16
        }
    }
    Rectangle {
        Layout.fillHeight: true
        Layout.fillWidth: true
        border.color: Theme.line
        border.width: 1
        color: Theme.card
        radius: Theme.radius
        visible: page.inside

        ListView {
            id: list

            Accessible.name: qsTr("Cases")
            Accessible.role: Accessible.List
            activeFocusOnTab: true
            anchors.fill: parent
            anchors.margins: 1
            boundsBehavior: Flickable.StopAtBounds
            clip: true
            keyNavigationEnabled: true
            model: page.cases.cases
            objectName: "caseList"
            reuseItems: true

            ScrollBar.vertical: ScrollBar {
            }
            delegate: CaseDelegate {
                id: row

                width: ListView.view.width
                onClicked: page.caseOpened(row.caseId)
            }
        }
        EmptyHint {
            advice: page.cases.query === "" ? qsTr("Open one with “New case”, or synchronise to receive those of your office.") : qsTr("Accents and capitals do not matter. Fewer letters find more.")
            objectName: "noCases"
            text: page.cases.query === "" ? qsTr("There are no cases on this device yet.") : qsTr("Nothing found for “%1”.").arg(page.cases.query)
            visible: list.count === 0
            width: parent.width - 2 * Theme.pad
            x: Theme.pad
            y: Theme.pad
        }
    }
}
