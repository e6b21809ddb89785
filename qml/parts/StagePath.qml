// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Shapes
import Teren.App

// Qt 6.4 cannot bind components to their file; from 6.5 use `pragma ComponentBehavior: Bound`.
// qmllint disable unqualified

// The path of a case: what is passed, where it is, what lies ahead. Said in words to a screen reader.
Item {
    id: path

    property string current: ""
    required property StageList stages

    readonly property int notch: 12
    readonly property real step: (width - path.notch) / Math.max(1, path.stages.count)

    Accessible.name: qsTr("Stage: %1").arg(path.current)
    Accessible.role: Accessible.StaticText
    implicitHeight: Math.max(40, Theme.px(28))

    Repeater {
        model: path.stages

        Item {
            id: part

            required property int index
            required property string label
            required property int place

            height: path.height
            width: path.step + path.notch - 4
            x: part.index * path.step

            Shape {
                anchors.fill: parent
                antialiasing: true
                layer.enabled: true
                layer.samples: 4

                ShapePath {
                    fillColor: part.place < 0 ? "#CFE3E0" : part.place === 0 ? Theme.primary : "#ECE9E1"
                    startX: 0
                    startY: 0
                    strokeWidth: -1

                    PathLine {
                        x: part.width - path.notch
                        y: 0
                    }
                    PathLine {
                        x: part.width
                        y: part.height / 2
                    }
                    PathLine {
                        x: part.width - path.notch
                        y: part.height
                    }
                    PathLine {
                        x: 0
                        y: part.height
                    }
                    PathLine {
                        x: path.notch
                        y: part.height / 2
                    }
                }
            }
            Text {
                Accessible.ignored: true
                anchors.fill: parent
                anchors.leftMargin: path.notch + 2
                anchors.rightMargin: path.notch
                color: part.place === 0 ? Theme.inverse : part.place < 0 ? Theme.primary : Theme.secondInk
                elide: Text.ElideRight
                font.pixelSize: Theme.small
                font.weight: Font.DemiBold
                fontSizeMode: Text.HorizontalFit
                horizontalAlignment: Text.AlignHCenter
                minimumPixelSize: 10
                text: part.label
                textFormat: Text.PlainText
                verticalAlignment: Text.AlignVCenter
            }
        }
    }
}
