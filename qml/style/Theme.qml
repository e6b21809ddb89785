// SPDX-License-Identifier: EUPL-1.2
pragma Singleton
import QtQuick
import Teren.App

// Colours, sizes and the type scale: the one place that knows them. Light theme.
QtObject {
    id: theme

    // From 1 to 2; set by the window from the settings.
    property real textScale: 1

    readonly property color background: "#F5F4F0"
    readonly property color rail: "#FBFAF6"
    readonly property color card: "#FFFFFF"
    readonly property color sunken: "#FAF9F6"
    readonly property color ink: "#1C2321"
    readonly property color secondInk: "#55605C"
    readonly property color line: "#E2DFD7"
    readonly property color edge: "#B9B5AA"
    readonly property color primary: "#0E5A55"
    readonly property color primaryPressed: "#0A4541"
    readonly property color primaryEdge: "#8FB5B1"
    readonly property color tint: "#E3F0EE"
    readonly property color inverse: "#FFFFFF"
    readonly property color waiting: "#8A5200"
    readonly property color waitingTint: "#FFF1D6"
    readonly property color alarm: "#A3262A"
    readonly property color alarmTint: "#FCE8E6"
    readonly property color alarmEdge: "#E8B9B5"
    readonly property color done: "#1F6B3A"
    readonly property color doneTint: "#E5F3E8"
    readonly property color fresh: "#24508F"
    readonly property color freshTint: "#E6EEF9"
    readonly property color neutral: "#55605C"
    readonly property color neutralTint: "#ECEBE6"
    readonly property color dotFine: "#7FE0A5"
    readonly property color dotWaiting: "#FFC04D"
    readonly property color dotAlarm: "#FF9C94"

    readonly property int small: px(13)
    readonly property int second: px(14)
    readonly property int body: px(16)
    readonly property int cardTitle: px(17)
    readonly property int pageTitle: px(26)

    readonly property int radius: 16
    readonly property int controlRadius: 14
    readonly property int controlHeight: Math.max(52, px(36))
    readonly property int mainActHeight: Math.max(64, px(44))
    readonly property int gap: 16
    readonly property int pad: 20
    readonly property int pageMargin: 28
    readonly property int stripHeight: Math.max(48, px(32))

    // Below it the rail becomes a bottom bar and columns become one.
    readonly property int narrowWidth: 1000

    function px(size: int): int {
        return Math.round(size * theme.textScale);
    }

    // What there is of the parts, with a dot between.
    function joined(parts: var): string {
        return parts.filter(part => part !== "").join(" · ");
    }

    // The same for a screen reader.
    function spoken(parts: var): string {
        return parts.filter(part => part !== "").join(", ");
    }

    function toneInk(tone: int): color {
        switch (tone) {
        case Tone.Waiting:
            return theme.waiting;
        case Tone.Alarm:
            return theme.alarm;
        case Tone.Done:
            return theme.done;
        case Tone.New:
            return theme.fresh;
        }
        return theme.neutral;
    }

    function toneTint(tone: int): color {
        switch (tone) {
        case Tone.Waiting:
            return theme.waitingTint;
        case Tone.Alarm:
            return theme.alarmTint;
        case Tone.Done:
            return theme.doneTint;
        case Tone.New:
            return theme.freshTint;
        }
        return theme.neutralTint;
    }
}
