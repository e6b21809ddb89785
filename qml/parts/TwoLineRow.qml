// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Teren.App

// A row of two lines with a state at the end; `lead` stands before them: a time, a date.
ItemDelegate {
    id: row

    property string chip: ""
    property string detail: ""
    property string hint: ""
    property string hintIcon: "warning"
    property int hintTone: Tone.Waiting
    property string lead: ""
    property int leadWidth: Theme.px(58)
    property bool shownFocus: row.visualFocus
    property bool quietLead: false
    property bool strongTitle: row.titleNote !== ""
    property string title: ""
    property string titleNote: ""
    property int tone: 0
    property bool topLine: true

    function escaped(text: string): string {
        return text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
    }

    Accessible.description: Theme.spoken([row.detail, row.hint, row.chip])
    Accessible.name: Theme.spoken([row.lead, row.title, row.titleNote])
    Accessible.role: Accessible.ListItem
    Keys.onReturnPressed: row.clicked()
    Keys.onEnterPressed: row.clicked()
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
            shown: row.shownFocus
        }
    }
    contentItem: RowLayout {
        spacing: 12

        AppText {
            Accessible.ignored: true
            Layout.preferredWidth: row.leadWidth
            font.pixelSize: row.quietLead ? Theme.second : Theme.body
            quiet: row.quietLead
            strong: !row.quietLead
            text: row.lead
            visible: row.lead !== ""
            wrapMode: Text.NoWrap
        }
        ColumnLayout {
            Layout.fillWidth: true
            // The width comes from the row, never from the texts: they wrap.
            Layout.preferredWidth: 1
            spacing: 2

            AppText {
                Accessible.ignored: true
                Layout.fillWidth: true
                elide: Text.ElideRight
                maximumLineCount: 2
                text: {
                    const title = row.escaped(row.title);
                    const strong = row.strongTitle ? "<b>" + title + "</b>" : title;
                    return row.titleNote === "" ? strong : strong + " · " + row.escaped(row.titleNote);
                }
                textFormat: Text.StyledText
            }
            AppText {
                Accessible.ignored: true
                Layout.fillWidth: true
                elide: Text.ElideRight
                font.pixelSize: Theme.second
                maximumLineCount: 2
                quiet: true
                text: row.detail
                visible: row.detail !== ""
            }
            RowLayout {
                Layout.fillWidth: true
                spacing: 6
                visible: row.hint !== ""

                AppIcon {
                    color: Theme.toneInk(row.hintTone)
                    glyph: row.hintIcon
                    size: Theme.px(16)
                }
                AppText {
                    Accessible.ignored: true
                    Layout.fillWidth: true
                    color: Theme.toneInk(row.hintTone)
                    elide: Text.ElideRight
                    font.pixelSize: Theme.second
                    maximumLineCount: 2
                    text: row.hint
                }
            }
        }
        Chip {
            text: row.chip
            tone: row.tone
        }
    }
}
