// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Teren.App

// A photo or a file in a list: small picture, name, what it is.
ItemDelegate {
    id: row

    property string detail: ""
    property bool isPicture: false
    property string name: ""
    property string stateWords: ""
    property var thumbnail
    property int tone: 0
    property bool topLine: true

    Accessible.description: Theme.spoken([row.detail, row.stateWords])
    Accessible.name: row.name
    Accessible.role: Accessible.ListItem
    Keys.onEnterPressed: row.clicked()
    Keys.onReturnPressed: row.clicked()
    bottomPadding: 12
    focusPolicy: Qt.StrongFocus
    leftPadding: 0
    rightPadding: 0
    topPadding: 12

    background: Rectangle {
        color: row.down ? Theme.tint : "transparent"

        Rectangle {
            color: Theme.line
            height: 1
            visible: row.topLine
            width: parent.width
        }
        FocusRing {
            anchors.margins: 1
            radius: 8
            shown: row.visualFocus
        }
    }
    // qmllint disable deferred-property-id
    contentItem: RowLayout {
        spacing: 16

        Rectangle {
            color: Theme.neutralTint
            implicitHeight: 64
            implicitWidth: 80
            radius: 8

            PictureItem {
                id: small

                anchors.fill: parent
                filling: true
                picture: row.thumbnail // qmllint disable
            }
            AppIcon {
                anchors.centerIn: parent
                color: Theme.secondInk
                glyph: row.isPicture ? "photo" : "file"
                size: 28
                visible: small.implicitWidth === 0
            }
        }
        ColumnLayout {
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            spacing: 2

            AppText {
                Accessible.ignored: true
                Layout.fillWidth: true
                elide: Text.ElideMiddle
                text: row.name
                wrapMode: Text.NoWrap
            }
            AppText {
                Accessible.ignored: true
                Layout.fillWidth: true
                elide: Text.ElideRight
                font.pixelSize: Theme.second
                maximumLineCount: 2
                quiet: true
                text: row.detail
            }
        }
        Chip {
            text: row.stateWords
            tone: row.tone
        }
    }
}
