// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import QtQuick.Shapes
import Teren.App

// Qt 6.4 cannot bind components to their file; from 6.5 use `pragma ComponentBehavior: Bound`.
// qmllint disable unqualified

// Marks on the scales of 1 to 10 over time. Each line has its own colour and its own dashes; the legend says what
// it is and where it stands.
ColumnLayout {
    id: chart

    required property var months
    required property ScaleList scales

    // A line that is going has the index -1 for a moment.
    function colourOf(at: int): color {
        return [Theme.primary, Theme.fresh, Theme.waiting, Theme.alarm, Theme.done, Theme.ink][Math.max(0, at) % 6];
    }
    function dashesOf(at: int): var {
        return [[1, 0], [4, 2], [1, 2], [6, 2, 1, 2], [2, 1], [8, 3]][Math.max(0, at) % 6];
    }

    spacing: 12

    Item {
        id: plot

        readonly property real bottomEdge: height - Theme.px(24)
        readonly property real leftEdge: Theme.px(34)
        readonly property real rightEdge: width - 12
        readonly property real topEdge: 8

        function xAt(share: real): real {
            return plot.leftEdge + 16 + share * (plot.rightEdge - plot.leftEdge - 32);
        }
        function yAt(mark: real): real {
            return plot.bottomEdge - (mark - 1) / 9 * (plot.bottomEdge - plot.topEdge);
        }

        Accessible.name: qsTr("Chart of the scales from 1 to 10; the values stand below it")
        Accessible.role: Accessible.Graphic
        Layout.fillWidth: true
        implicitHeight: Theme.px(216)

        Repeater {
            model: 10

            Item {
                id: gridLine

                required property int index

                Rectangle {
                    color: Theme.line
                    height: 1
                    width: plot.rightEdge - plot.leftEdge
                    x: plot.leftEdge
                    y: plot.yAt(gridLine.index + 1)
                }
                Text {
                    Accessible.ignored: true
                    color: Theme.secondInk
                    font.pixelSize: Theme.px(12)
                    horizontalAlignment: Text.AlignRight
                    text: gridLine.index + 1
                    width: Theme.px(22)
                    y: plot.yAt(gridLine.index + 1) - height / 2
                }
            }
        }
        Repeater {
            model: chart.months

            Text {
                id: month

                required property int index
                required property string modelData

                Accessible.ignored: true
                color: Theme.secondInk
                font.pixelSize: Theme.px(12)
                text: month.modelData
                x: Math.min(plot.width - width, Math.max(0, plot.xAt(chart.months.length < 2 ? 0 : month.index / (chart.months.length - 1)) - width / 2))
                y: plot.height - height
            }
        }
        Repeater {
            model: chart.scales

            Item {
                id: series

                required property int index
                required property var points

                readonly property var corners: series.points.map(point => Qt.point(plot.xAt(point.x), plot.yAt(point.y)))

                anchors.fill: parent

                Shape {
                    anchors.fill: parent
                    antialiasing: true
                    layer.enabled: true
                    layer.samples: 4

                    ShapePath {
                        capStyle: ShapePath.RoundCap
                        dashPattern: chart.dashesOf(series.index)
                        fillColor: "transparent"
                        joinStyle: ShapePath.RoundJoin
                        strokeColor: chart.colourOf(series.index)
                        strokeStyle: series.index % 6 === 0 ? ShapePath.SolidLine : ShapePath.DashLine
                        strokeWidth: 3

                        PathPolyline {
                            path: series.corners
                        }
                    }
                }
                Repeater {
                    model: series.corners

                    Rectangle {
                        id: mark

                        required property point modelData

                        border.color: chart.colourOf(series.index)
                        border.width: 2
                        color: Theme.card
                        height: 9
                        radius: 4.5
                        width: 9
                        x: mark.modelData.x - 4.5
                        y: mark.modelData.y - 4.5
                    }
                }
            }
        }
    }
    Repeater {
        model: chart.scales

        RowLayout {
            id: legend

            required property int index
            required property string label
            required property int last
            required property int planned

            readonly property string standing: legend.planned > 0 ? qsTr("%1, planned %2").arg(legend.last).arg(legend.planned) : String(legend.last)

            Accessible.name: legend.label + ": " + legend.standing
            Accessible.role: Accessible.StaticText
            Layout.fillWidth: true
            spacing: 12

            Shape {
                antialiasing: true
                implicitHeight: 10
                implicitWidth: 34
                layer.enabled: true
                layer.samples: 4

                ShapePath {
                    capStyle: ShapePath.RoundCap
                    dashPattern: chart.dashesOf(legend.index)
                    fillColor: "transparent"
                    startX: 2
                    startY: 5
                    strokeColor: chart.colourOf(legend.index)
                    strokeStyle: legend.index % 6 === 0 ? ShapePath.SolidLine : ShapePath.DashLine
                    strokeWidth: 3

                    PathLine {
                        x: 32
                        y: 5
                    }
                }
            }
            AppText {
                Accessible.ignored: true
                Layout.fillWidth: true
                color: chart.colourOf(legend.index)
                elide: Text.ElideRight
                font.pixelSize: Theme.second
                strong: true
                text: legend.label
                wrapMode: Text.NoWrap
            }
            AppText {
                Accessible.ignored: true
                font.pixelSize: Theme.second
                text: legend.standing
                wrapMode: Text.NoWrap
            }
        }
    }
}
