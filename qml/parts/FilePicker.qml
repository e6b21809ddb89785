// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import QtQuick.Templates as T
import Teren.App

// Qt 6.4 cannot bind components to their file; from 6.5 use `pragma ComponentBehavior: Bound`.
// qmllint disable unqualified

// Chooses a file or a folder of this machine, over the page.
Popup {
    id: picker

    property bool files: false
    property string title: ""

    signal picked(string path)

    function begin(path: string) {
        browser.path = path === "" ? browser.start() : path;
        picker.open();
    }
    // Closing empties the list, and with it goes whoever was pressed.
    function take(path: string) {
        picker.close();
        picker.picked(path);
    }

    anchors.centerIn: T.Overlay.overlay
    closePolicy: Popup.CloseOnEscape
    focus: true
    height: Math.min(T.Overlay.overlay ? T.Overlay.overlay.height - 48 : 600, Theme.px(640))
    modal: true
    padding: Theme.pad
    width: Math.min(T.Overlay.overlay ? T.Overlay.overlay.width - 48 : 600, Theme.px(720))

    T.Overlay.modal: Rectangle {
        color: "#80141A18"
    }
    background: Rectangle {
        border.color: Theme.line
        color: Theme.card
        radius: Theme.radius
    }
    onOpened: list.forceActiveFocus()
    onClosed: browser.path = ""

    FolderBrowser {
        id: browser

        files: picker.files
    }
    FocusScope {
        Accessible.name: picker.title
        Accessible.role: Accessible.Dialog
        anchors.fill: parent
        focus: true

        ColumnLayout {
            anchors.fill: parent
            spacing: 12

            AppText {
                Accessible.role: Accessible.Heading
                Layout.fillWidth: true
                font.pixelSize: Theme.cardTitle
                strong: true
                text: picker.title
            }
            Flickable {
                Layout.fillWidth: true
                clip: true
                contentWidth: places.width
                flickableDirection: Flickable.HorizontalFlick
                implicitHeight: places.height

                Row {
                    id: places

                    spacing: 8

                    Repeater {
                        model: browser.places

                        ChoiceButton {
                            id: place

                            required property var modelData

                            checked: browser.path === place.modelData.id
                            text: place.modelData.label
                            onClicked: browser.path = place.modelData.id
                        }
                    }
                }
            }
            RowLayout {
                Layout.fillWidth: true
                spacing: 8

                AppButton {
                    Accessible.name: qsTr("The folder above")
                    objectName: "pickerUp"
                    text: qsTr("Up")
                    onClicked: browser.up()
                }
                AppText {
                    Layout.fillWidth: true
                    elide: Text.ElideLeft
                    font.pixelSize: Theme.second
                    objectName: "pickerPath"
                    quiet: true
                    text: browser.path
                    wrapMode: Text.NoWrap
                }
            }
            Rectangle {
                Layout.fillHeight: true
                Layout.fillWidth: true
                border.color: Theme.line
                color: Theme.card
                radius: Theme.controlRadius

                ListView {
                    id: list

                    Accessible.name: picker.title
                    Accessible.role: Accessible.List
                    activeFocusOnTab: true
                    anchors.fill: parent
                    anchors.margins: 8
                    boundsBehavior: Flickable.StopAtBounds
                    clip: true
                    focus: true
                    keyNavigationEnabled: true
                    model: browser.entries
                    objectName: "pickerList"

                    ScrollBar.vertical: ScrollBar {
                    }
                    delegate: TwoLineRow {
                        id: row

                        required property bool folder
                        required property int index
                        required property string name
                        required property string path

                        chip: row.folder ? qsTr("folder") : ""
                        focus: ListView.isCurrentItem
                        focusPolicy: Qt.NoFocus
                        height: Math.max(56, implicitHeight)
                        leftPadding: 12
                        rightPadding: 12
                        required detail
                        shownFocus: ListView.isCurrentItem && list.activeFocus
                        title: row.name
                        topLine: row.index > 0
                        width: ListView.view.width
                        onClicked: {
                            list.currentIndex = row.index;
                            if (row.folder) {
                                browser.path = row.path;
                                return;
                            }
                            picker.take(row.path);
                        }
                    }
                    onCountChanged: list.currentIndex = list.count > 0 ? 0 : -1
                }
                EmptyHint {
                    text: browser.problem !== "" ? browser.problem : picker.files ? qsTr("There is nothing in this folder.") : qsTr("There are no folders in this folder.")
                    visible: list.count === 0
                    width: parent.width - 2 * Theme.pad
                    x: Theme.pad
                    y: Theme.pad
                }
            }
            AppText {
                Layout.fillWidth: true
                font.pixelSize: Theme.second
                quiet: true
                text: qsTr("There is more in this folder than is shown.")
                visible: browser.more
            }
            RowLayout {
                Layout.fillWidth: true
                spacing: 12

                AppButton {
                    enabled: browser.problem === ""
                    objectName: "pickFolder"
                    primary: true
                    text: qsTr("Choose this folder")
                    visible: !picker.files
                    onClicked: {
                        picker.take(browser.path);
                    }
                }
                AppButton {
                    objectName: "pickNothing"
                    text: qsTr("Not now")
                    onClicked: picker.close()
                }
            }
        }
    }
}
