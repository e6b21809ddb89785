// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts

// Where one can go: a rail at the left, or a bar at the bottom on a narrow window. Icon and word, always both.
Rectangle {
    id: rail

    required property int conflicts
    required property string current
    required property int notices
    property bool horizontal: false

    signal chosen(string place)

    Accessible.name: qsTr("Navigation")
    Accessible.role: Accessible.PageTabList
    color: Theme.rail
    implicitHeight: grid.implicitHeight + 16
    implicitWidth: Math.max(104, grid.implicitWidth + 16)

    Rectangle {
        color: Theme.line
        height: rail.horizontal ? 1 : parent.height
        width: rail.horizontal ? parent.width : 1
        x: rail.horizontal ? 0 : parent.width - 1
    }
    GridLayout {
        id: grid

        anchors.left: parent.left
        anchors.margins: 8
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.topMargin: rail.horizontal ? 8 : 12
        columnSpacing: 4
        columns: rail.horizontal ? 5 : 1
        rowSpacing: 6

        NavItem {
            Layout.fillWidth: true
            checked: rail.current === "today"
            icon.name: "today"
            objectName: "navToday"
            text: qsTr("Today")
            onClicked: rail.chosen("today")
        }
        NavItem {
            Layout.fillWidth: true
            checked: rail.current === "cases"
            icon.name: "cases"
            objectName: "navCases"
            text: qsTr("Cases")
            onClicked: rail.chosen("cases")
        }
        NavItem {
            Layout.fillWidth: true
            badge: rail.conflicts
            checked: rail.current === "conflicts"
            icon.name: "conflicts"
            objectName: "navConflicts"
            text: qsTr("Conflicts")
            onClicked: rail.chosen("conflicts")
        }
        NavItem {
            Layout.fillWidth: true
            badge: rail.notices
            checked: rail.current === "sync"
            icon.name: "sync"
            objectName: "navSync"
            text: qsTr("Sync")
            onClicked: rail.chosen("sync")
        }
        NavItem {
            Layout.fillWidth: true
            checked: rail.current === "settings"
            icon.name: "settings"
            objectName: "navSettings"
            text: qsTr("Settings")
            onClicked: rail.chosen("settings")
        }
    }
}
