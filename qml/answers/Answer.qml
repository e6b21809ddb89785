// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Layouts
import Teren.App

// Qt 6.4 cannot bind components to their file; from 6.5 use `pragma ComponentBehavior: Bound`.
// qmllint disable unqualified

// One question with the editor of its kind, the hint above and what is wrong below.
ColumnLayout {
    id: answer

    required property bool answeredHere
    required property var choices
    required property bool conflict
    required property string fieldId
    required property string hint
    required property int kind
    required property string label
    required property string today
    required property bool needed
    required property string problem
    required property string theirs
    required property string theirsBy
    required property string value
    // Whether the keyboard goes to it when the form opens.
    property bool first: false

    signal answered(string value)
    signal keptMine
    signal tookTheirs

    Accessible.name: answer.label
    Accessible.role: Accessible.Grouping
    objectName: "answer_" + answer.fieldId
    spacing: 6

    RowLayout {
        Layout.fillWidth: true
        spacing: 8

        AppText {
            Accessible.ignored: true
            Layout.fillWidth: true
            strong: true
            text: answer.needed ? qsTr("%1 (needed)").arg(answer.label) : answer.label
        }
        Chip {
            text: answer.conflict ? qsTr("two versions") : ""
            tone: Tone.Alarm
        }
    }
    AppText {
        Layout.fillWidth: true
        font.pixelSize: Theme.second
        quiet: true
        text: answer.hint
        visible: answer.hint !== ""
    }
    AppText {
        Layout.fillWidth: true
        font.pixelSize: Theme.second
        quiet: true
        text: qsTr("Two versions of this answer wait for a decision, under Conflicts. Until then it stays as it is.")
        visible: answer.conflict && !answer.answeredHere
    }
    Loader {
        Layout.fillWidth: true
        enabled: !answer.conflict || answer.answeredHere
        sourceComponent: {
            switch (answer.kind) {
            case FieldList.Text:
                return textAnswer;
            case FieldList.Scale:
                return scaleAnswer;
            case FieldList.Choice:
            case FieldList.YesNo:
            case FieldList.Record:
                return choiceAnswer;
            case FieldList.Choices:
                return choicesAnswer;
            case FieldList.Date:
                return dateAnswer;
            }
            return lineAnswer;
        }
        onLoaded: {
            const editor = item as Item;
            // An editor of several controls is none itself: the first of them.
            if (answer.first)
                (editor.activeFocusOnTab ? editor : editor.nextItemInFocusChain()).forceActiveFocus();
        }
    }
    AppText {
        Layout.fillWidth: true
        font.pixelSize: Theme.second
        objectName: "nothingToName"
        quiet: true
        text: qsTr("There is none in this case yet.")
        visible: answer.kind === FieldList.Record && answer.choices.length === 0
    }
    AppText {
        Accessible.role: Accessible.AlertMessage
        Layout.fillWidth: true
        color: Theme.alarm
        font.pixelSize: Theme.second
        objectName: "problem"
        strong: true
        text: answer.problem
        visible: answer.problem !== ""
    }

    TheirsCard {
        Layout.fillWidth: true
        by: answer.theirsBy
        value: answer.theirs
        onKeptMine: answer.keptMine()
        onTookTheirs: answer.tookTheirs()
    }

    Component {
        id: lineAnswer

        LineAnswer {
            kind: answer.kind
            label: answer.label
            value: answer.value
            wrong: answer.problem !== ""
            onAnswered: value => answer.answered(value)
        }
    }
    Component {
        id: textAnswer

        TextAnswer {
            label: answer.label
            value: answer.value
            wrong: answer.problem !== ""
            onAnswered: value => answer.answered(value)
        }
    }
    Component {
        id: dateAnswer

        DateAnswer {
            label: answer.label
            today: answer.today
            value: answer.value
            wrong: answer.problem !== ""
            onAnswered: value => answer.answered(value)
        }
    }
    Component {
        id: scaleAnswer

        ScaleAnswer {
            label: answer.label
            value: answer.value
            onAnswered: value => answer.answered(value)
        }
    }
    Component {
        id: choiceAnswer

        ChoiceAnswer {
            choices: answer.choices
            kind: answer.kind
            label: answer.label
            value: answer.value
            onAnswered: value => answer.answered(value)
        }
    }
    Component {
        id: choicesAnswer

        ChoicesAnswer {
            choices: answer.choices
            label: answer.label
            value: answer.value
            onAnswered: value => answer.answered(value)
        }
    }
}
