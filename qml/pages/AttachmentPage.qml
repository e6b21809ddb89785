// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Teren.App

// A photo, or what there is to know of another file; a copy of it outside; taking it out of the case.
AppPage {
    id: page

    required property AttachmentsController attachments
    readonly property bool there: page.attachments.state === AttachmentsController.Shown
    // What is asked for before it is done: "export", "remove".
    property string asking: ""
    property int zoom: 1

    signal detailsRequested(string recordId)
    signal historyRequested(string recordId)
    signal leaving

    function ask(what: string) {
        page.asking = page.asking === what ? "" : what;
        if (page.asking === "export")
            target.field.forceActiveFocus();
        else if (page.asking === "remove")
            keep.forceActiveFocus();
        page.scroller.contentY = 0;
    }

    overline: qsTr("Photos and files")
    subtitle: page.attachments.detail
    title: page.attachments.state === AttachmentsController.Missing ? qsTr("This file is not in the case any more") : page.attachments.name

    actions: [
        AppButton {
            objectName: "attachmentHistory"
            text: qsTr("History")
            visible: page.there
            onClicked: page.historyRequested(page.attachments.recordId)
        },
        AppButton {
            objectName: "attachmentDetails"
            text: qsTr("Description")
            visible: page.there
            onClicked: page.detailsRequested(page.attachments.recordId)
        }
    ]

    Component.onDestruction: page.attachments.close()

    Connections {
        function onRemoved() {
            page.leaving();
        }

        target: page.attachments
    }
    Notice {
        Layout.fillWidth: true
        advice: page.attachments.openAdvice
        objectName: "attachmentProblem"
        text: page.attachments.openProblem
        tone: Tone.Alarm
    }
    Notice {
        Layout.fillWidth: true
        advice: page.attachments.reportAdvice
        objectName: "attachmentReport"
        text: page.attachments.report
        tone: Tone.Done
    }
    ProgressLine {
        Layout.fillWidth: true
        running: page.attachments.working
        visible: page.attachments.working
    }
    Card {
        Layout.fillWidth: true
        border.color: Theme.waiting
        title: qsTr("A copy that is not encrypted")
        visible: page.there && page.asking === "export"

        AppText {
            Layout.bottomMargin: 12
            Layout.fillWidth: true
            text: qsTr("Whoever gets the folder or the stick can open the copy, without any passphrase. Save it only where you answer for it, and delete it when you need it no more.")
        }
        FolderField {
            id: target

            Layout.bottomMargin: 12
            Layout.fillWidth: true
            Layout.maximumWidth: Theme.px(640)
            field.objectName: "exportFolder"
            label: qsTr("Folder for the copy")
        }
        Flow {
            Layout.fillWidth: true
            spacing: 12

            AppButton {
                enabled: target.text.trim() !== "" && !page.attachments.working
                objectName: "export"
                primary: true
                text: qsTr("Save it, not encrypted")
                onClicked: {
                    page.attachments.exportTo(target.text.trim());
                    page.asking = "";
                }
            }
            AppButton {
                text: qsTr("Rather not")
                onClicked: page.asking = ""
            }
        }
    }
    Card {
        Layout.fillWidth: true
        border.color: Theme.alarmEdge
        title: qsTr("Take “%1” out of the case?").arg(page.attachments.name)
        visible: page.there && page.asking === "remove"

        AppText {
            Layout.bottomMargin: 12
            Layout.fillWidth: true
            text: qsTr("Nobody of your office sees it in the case any more. That it was there and who took it out stays in the history.")
        }
        Flow {
            Layout.fillWidth: true
            spacing: 12

            AppButton {
                enabled: !page.attachments.working
                objectName: "remove"
                primary: true
                text: qsTr("Take it out")
                onClicked: page.attachments.remove()
            }
            AppButton {
                id: keep

                text: qsTr("Keep it")
                onClicked: page.asking = ""
            }
        }
    }
    Card {
        Layout.fillWidth: true
        visible: page.there && !page.attachments.isPicture

        EmptyHint {
            Layout.fillWidth: true
            advice: qsTr("To open it with another program, save a copy outside of Teren.")
            text: qsTr("Teren shows photos and pictures; this is another kind of file.")
        }
    }
    Rectangle {
        Layout.fillWidth: true
        border.color: Theme.line
        color: Theme.sunken
        implicitHeight: Math.min(page.height * 0.7, picture.width * picture.ratio) + 2
        radius: Theme.radius
        visible: picture.known

        Flickable {
            id: flick

            anchors.fill: parent
            anchors.margins: 1
            boundsBehavior: Flickable.StopAtBounds
            clip: true
            contentHeight: picture.height
            contentWidth: picture.width
            interactive: page.zoom > 1

            PictureItem {
                id: picture

                readonly property bool known: picture.implicitWidth > 0
                readonly property real ratio: picture.known ? picture.implicitHeight / picture.implicitWidth : 1

                Accessible.name: qsTr("Photo: %1").arg(page.attachments.name)
                Accessible.role: Accessible.Graphic
                height: page.zoom === 1 ? flick.height : picture.width * picture.ratio
                objectName: "picture"
                picture: page.attachments.picture // qmllint disable
                width: flick.width * page.zoom
            }
            ScrollBar.horizontal: ScrollBar {
            }
            ScrollBar.vertical: ScrollBar {
            }
        }
    }
    Flow {
        Layout.fillWidth: true
        spacing: 12
        visible: page.there

        AppButton {
            objectName: "larger"
            text: page.zoom === 1 ? qsTr("Larger") : qsTr("Whole picture")
            visible: picture.known
            onClicked: page.zoom = page.zoom === 1 ? 3 : 1
        }
        AppButton {
            objectName: "askExport"
            text: qsTr("Save a copy outside of Teren …")
            onClicked: page.ask("export")
        }
        AppButton {
            objectName: "askRemove"
            text: qsTr("Take it out of the case …")
            onClicked: page.ask("remove")
        }
    }
}
