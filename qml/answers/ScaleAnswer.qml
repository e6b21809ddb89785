// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts

// Qt 6.4 cannot bind components to their file; from 6.5 use `pragma ComponentBehavior: Bound`.
// qmllint disable unqualified

// The scale of 1 to 10 as ten big buttons; pressing the chosen one takes it back.
GridLayout {
    id: editor

    required property string label
    required property string value

    signal answered(string value)

    columnSpacing: 6
    columns: editor.width < 560 ? 5 : 10
    rowSpacing: 6

    Repeater {
        model: 10

        AbstractButton {
            id: mark

            required property int index

            Accessible.checkable: true
            Accessible.checked: mark.checked
            Accessible.name: qsTr("%1: %2 of 10").arg(editor.label).arg(mark.text)
            Accessible.role: Accessible.RadioButton
            Keys.onReturnPressed: mark.clicked()
            Layout.fillWidth: true
            Layout.maximumWidth: 96
            Layout.preferredWidth: 10
            checked: editor.value === mark.text
            font.pixelSize: Theme.cardTitle
            font.weight: Font.DemiBold
            implicitHeight: Math.max(56, Theme.px(40))
            objectName: "mark" + mark.text
            text: String(mark.index + 1)
            onClicked: editor.answered(mark.checked ? "" : mark.text)

            background: Rectangle {
                border.color: mark.checked ? Theme.primary : Theme.edge
                border.width: mark.checked ? 2 : 1
                color: mark.checked ? Theme.primary : mark.down ? Theme.tint : Theme.card
                radius: Theme.controlRadius

                FocusRing {
                    shown: mark.visualFocus
                }
            }
            contentItem: Text {
                color: mark.checked ? Theme.inverse : Theme.ink
                font: mark.font
                horizontalAlignment: Text.AlignHCenter
                text: mark.text
                verticalAlignment: Text.AlignVCenter
            }
        }
    }
}
