// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/viewmodel/tone.h"

#include <QImage>
#include <QObject>
#include <QString>
#include <QVariantList>

// One line of each list that pages show, ready to show: texts are worded and dates written out. The first
// property is the key. Plain data: no ciphertext, no handle of anything.
namespace teren {

struct VisitRow {
    Q_GADGET
    Q_PROPERTY(QString recordId MEMBER recordId)
    Q_PROPERTY(QString caseId MEMBER caseId)
    Q_PROPERTY(QString time MEMBER time)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString place MEMBER place)
    Q_PROPERTY(QString purpose MEMBER purpose)
    Q_PROPERTY(QString safety MEMBER safety)
    Q_PROPERTY(QString stateWords MEMBER stateWords)
    Q_PROPERTY(int tone MEMBER tone)

public:
    QString recordId;
    QString caseId;
    QString time;  ///< Empty where no hour is set.
    QString title;
    QString place;
    QString purpose;
    QString safety;  ///< What to know before going in: a dog, not alone.
    QString stateWords;
    int tone = Tone::Neutral;
    friend bool operator==(const VisitRow&, const VisitRow&) = default;
};

/// Something with a date: a task, a rule of the model.
struct DueRow {
    Q_GADGET
    Q_PROPERTY(QString recordId MEMBER recordId)
    Q_PROPERTY(QString caseId MEMBER caseId)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString caseTitle MEMBER caseTitle)
    Q_PROPERTY(QString detail MEMBER detail)
    Q_PROPERTY(QString stateWords MEMBER stateWords)
    Q_PROPERTY(int tone MEMBER tone)

public:
    QString recordId;
    QString caseId;
    QString title;
    QString caseTitle;
    QString detail;
    QString stateWords;
    int tone = Tone::Neutral;
    friend bool operator==(const DueRow&, const DueRow&) = default;
};

struct CaseRow {
    Q_GADGET
    Q_PROPERTY(QString caseId MEMBER caseId)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString number MEMBER number)
    Q_PROPERTY(QString stage MEMBER stage)
    Q_PROPERTY(QString place MEMBER place)
    Q_PROPERTY(QString found MEMBER found)
    Q_PROPERTY(int unsent MEMBER unsent)
    Q_PROPERTY(int conflicts MEMBER conflicts)

public:
    QString caseId;
    QString title;
    QString number;
    QString stage;
    QString place;
    QString found;  ///< Where a search met its words; empty without a search.
    int unsent = 0;
    int conflicts = 0;
    friend bool operator==(const CaseRow&, const CaseRow&) = default;
};

struct ConflictRow {
    Q_GADGET
    Q_PROPERTY(QString key MEMBER key)
    Q_PROPERTY(QString caseTitle MEMBER caseTitle)
    Q_PROPERTY(QString record MEMBER record)
    Q_PROPERTY(QString field MEMBER field)
    Q_PROPERTY(QString people MEMBER people)
    Q_PROPERTY(QString when MEMBER when)
    Q_PROPERTY(QString age MEMBER age)
    Q_PROPERTY(QString owner MEMBER owner)
    Q_PROPERTY(bool mine MEMBER mine)

public:
    QString key;  ///< Record and field.
    QString caseTitle;
    QString record;
    QString field;
    QString people;
    QString when;
    QString age;        ///< For how long there have been two versions.
    QString owner;      ///< Whose decision it is.
    bool mine = false;  ///< It is, among others perhaps, that of the person at this device.
    friend bool operator==(const ConflictRow&, const ConflictRow&) = default;
};

/// One side of the conflict that is open on the conflict page.
struct SideRow {
    Q_GADGET
    Q_PROPERTY(int side MEMBER side)
    Q_PROPERTY(QString author MEMBER author)
    Q_PROPERTY(QString when MEMBER when)
    Q_PROPERTY(QString marked MEMBER marked)
    Q_PROPERTY(QString spoken MEMBER spoken)
    Q_PROPERTY(bool mine MEMBER mine)
    Q_PROPERTY(bool deletion MEMBER deletion)

public:
    int side = 0;
    QString author;
    QString when;    ///< Moment and device.
    QString marked;  ///< The value as rich text, what differs from the base marked.
    QString spoken;  ///< The same for a screen reader.
    bool mine = false;
    bool deletion = false;
    friend bool operator==(const SideRow&, const SideRow&) = default;
};

/// A line of two texts with a state: a person of the household, a goal, a task, a visit, a contact, a
/// document.
struct EntryRow {
    Q_GADGET
    Q_PROPERTY(QString recordId MEMBER recordId)
    Q_PROPERTY(QString type MEMBER type)
    Q_PROPERTY(QString lead MEMBER lead)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString detail MEMBER detail)
    Q_PROPERTY(QString stateWords MEMBER stateWords)
    Q_PROPERTY(int tone MEMBER tone)

public:
    QString recordId;
    QString type;
    QString lead;  ///< What stands before the line: a date.
    QString title;
    QString detail;
    QString stateWords;
    int tone = Tone::Neutral;
    QString order;  ///< By what the list is sorted, where it is: the date in ISO form.
    friend bool operator==(const EntryRow&, const EntryRow&) = default;
};

/// A case in which others changed something.
struct NewsRow {
    Q_GADGET
    Q_PROPERTY(QString caseId MEMBER caseId)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString detail MEMBER detail)
    Q_PROPERTY(QString stateWords MEMBER stateWords)
    Q_PROPERTY(int tone MEMBER tone)

public:
    QString caseId;
    QString title;
    QString detail;  ///< Who, and when last.
    QString stateWords;
    int tone = Tone::New;
    friend bool operator==(const NewsRow&, const NewsRow&) = default;
};

/// What somebody did to one record.
struct ChangeRow {
    Q_GADGET
    Q_PROPERTY(QString key MEMBER key)
    Q_PROPERTY(QString caseId MEMBER caseId)
    Q_PROPERTY(QString recordId MEMBER recordId)
    Q_PROPERTY(QString type MEMBER type)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString detail MEMBER detail)
    Q_PROPERTY(QString stateWords MEMBER stateWords)
    Q_PROPERTY(int tone MEMBER tone)
    Q_PROPERTY(bool openable MEMBER openable)

public:
    QString key;
    QString caseId;
    QString recordId;
    QString type;
    QString title;   ///< The record.
    QString detail;  ///< Who did what, and when.
    QString stateWords;
    int tone = Tone::Neutral;
    bool openable = true;  ///< There is a form of it; else there is its history.
    friend bool operator==(const ChangeRow&, const ChangeRow&) = default;
};

/// One step of a record's history.
struct HistoryRow {
    Q_GADGET
    Q_PROPERTY(int step MEMBER step)
    Q_PROPERTY(QString field MEMBER field)
    Q_PROPERTY(QString value MEMBER value)
    Q_PROPERTY(QString before MEMBER before)
    Q_PROPERTY(QString by MEMBER by)
    Q_PROPERTY(QString note MEMBER note)
    Q_PROPERTY(QString stateWords MEMBER stateWords)
    Q_PROPERTY(int tone MEMBER tone)

public:
    int step = 0;
    QString field;   ///< What was written to, or what was done.
    QString value;   ///< What stood there then.
    QString before;  ///< What stood there before; empty for nothing.
    QString by;      ///< Who, when, on which device.
    QString note;    ///< Corrected by whom; what a decision was between.
    QString stateWords;
    int tone = Tone::Neutral;
    friend bool operator==(const HistoryRow&, const HistoryRow&) = default;
};

/// A case and how its work stands with the office.
struct TrafficRow {
    Q_GADGET
    Q_PROPERTY(QString caseId MEMBER caseId)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString detail MEMBER detail)
    Q_PROPERTY(QString stateWords MEMBER stateWords)
    Q_PROPERTY(int tone MEMBER tone)

public:
    QString caseId;
    QString title;
    QString detail;
    QString stateWords;
    int tone = Tone::Neutral;
    friend bool operator==(const TrafficRow&, const TrafficRow&) = default;
};

/// A file whose content is not on this device.
struct AwaitedRow {
    Q_GADGET
    Q_PROPERTY(QString recordId MEMBER recordId)
    Q_PROPERTY(QString caseId MEMBER caseId)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString detail MEMBER detail)
    Q_PROPERTY(bool asked MEMBER asked)

public:
    QString recordId;
    QString caseId;
    QString title;
    QString detail;
    bool asked = false;
    friend bool operator==(const AwaitedRow&, const AwaitedRow&) = default;
};

/// A colleague's device and how much of one's own work it has.
struct HolderRow {
    Q_GADGET
    Q_PROPERTY(QString key MEMBER key)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString detail MEMBER detail)
    Q_PROPERTY(QString stateWords MEMBER stateWords)
    Q_PROPERTY(int tone MEMBER tone)

public:
    QString key;
    QString title;   ///< Whose, and which device.
    QString detail;  ///< When it said so, and since when something is missing there.
    QString stateWords;
    int tone = Tone::Neutral;
    friend bool operator==(const HolderRow&, const HolderRow&) = default;
};

/// Work that is kept here and does not count.
struct ApartRow {
    Q_GADGET
    Q_PROPERTY(QString key MEMBER key)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString detail MEMBER detail)
    Q_PROPERTY(QString entries MEMBER entries)
    Q_PROPERTY(QString stateWords MEMBER stateWords)
    Q_PROPERTY(int tone MEMBER tone)
    Q_PROPERTY(bool canEnter MEMBER canEnter)

public:
    QString key;
    QString title;    ///< The case.
    QString detail;   ///< Whose, and when.
    QString entries;  ///< What it would have written, a line each.
    QString stateWords;
    int tone = Tone::Waiting;
    bool canEnter = false;  ///< It can be entered again.
    friend bool operator==(const ApartRow&, const ApartRow&) = default;
};

/// Work of somebody else that changes here wait for.
struct MissingRow {
    Q_GADGET
    Q_PROPERTY(QString key MEMBER key)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString detail MEMBER detail)
    Q_PROPERTY(QString stateWords MEMBER stateWords)
    Q_PROPERTY(int tone MEMBER tone)

public:
    QString key;
    QString title;
    QString detail;
    QString stateWords;
    int tone = Tone::Neutral;
    friend bool operator==(const MissingRow&, const MissingRow&) = default;
};

/// A step of the case's path.
struct StageRow {
    Q_GADGET
    Q_PROPERTY(QString stage MEMBER stage)
    Q_PROPERTY(QString label MEMBER label)
    Q_PROPERTY(int place MEMBER place)

public:
    QString stage;
    QString label;
    int place = 0;  ///< -1 passed, 0 here, 1 ahead.
    friend bool operator==(const StageRow&, const StageRow&) = default;
};

/// The marks of one area on the scale of 1 to 10 over time, for the chart.
struct ScaleRow {
    Q_GADGET
    Q_PROPERTY(QString area MEMBER area)
    Q_PROPERTY(QString label MEMBER label)
    Q_PROPERTY(int last MEMBER last)
    Q_PROPERTY(int planned MEMBER planned)
    Q_PROPERTY(QVariantList points MEMBER points)

public:
    QString area;
    QString label;
    int last = 0;
    int planned = 0;      ///< 0 where nothing is planned.
    QVariantList points;  ///< QPointF: x from 0 (first month of the chart) to 1, y from 1 to 10.
    friend bool operator==(const ScaleRow&, const ScaleRow&) = default;
};

/// A profile of this machine, before anybody is in.
struct ProfileRow {
    Q_GADGET
    Q_PROPERTY(QString folder MEMBER folder)
    Q_PROPERTY(QString shown MEMBER shown)

public:
    QString folder;
    QString shown;  ///< What its owner chose to show; empty for nothing.
    friend bool operator==(const ProfileRow&, const ProfileRow&) = default;
};

/// A fact and its value.
struct FactLine {
    Q_GADGET
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString chip MEMBER chip)
    Q_PROPERTY(QString detail MEMBER detail)
    Q_PROPERTY(int tone MEMBER tone)

public:
    QString title;
    QString chip;
    QString detail;
    int tone = Tone::Neutral;
    friend bool operator==(const FactLine&, const FactLine&) = default;
};

/// A backup in a folder.
struct BackupRow {
    Q_GADGET
    Q_PROPERTY(QString folder MEMBER folder)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString detail MEMBER detail)
    Q_PROPERTY(QString stateWords MEMBER stateWords)
    Q_PROPERTY(int tone MEMBER tone)

public:
    QString folder;
    QString title;   ///< When it was made.
    QString detail;  ///< How large, and of which profile: names of folders tell no more.
    QString stateWords;
    int tone = Tone::Neutral;
    friend bool operator==(const BackupRow&, const BackupRow&) = default;
};

/// A file or a folder of this machine.
struct FolderRow {
    Q_GADGET
    Q_PROPERTY(QString path MEMBER path)
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(QString detail MEMBER detail)
    Q_PROPERTY(bool folder MEMBER folder)

public:
    QString path;
    QString name;
    QString detail;
    bool folder = false;
    friend bool operator==(const FolderRow&, const FolderRow&) = default;
};

/// A photo or another file of a case.
struct AttachmentRow {
    Q_GADGET
    Q_PROPERTY(QString recordId MEMBER recordId)
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(QString detail MEMBER detail)
    Q_PROPERTY(QString stateWords MEMBER stateWords)
    Q_PROPERTY(int tone MEMBER tone)
    Q_PROPERTY(bool isPicture MEMBER isPicture)
    Q_PROPERTY(QImage thumbnail MEMBER thumbnail)

public:
    QString recordId;
    QString name;
    QString detail;  ///< What kind, how large, by whom and when.
    QString stateWords;
    int tone = Tone::Neutral;
    bool isPicture = false;
    QImage thumbnail;  ///< Null for none, or until it was read.
    friend bool operator==(const AttachmentRow&, const AttachmentRow&) = default;
};

/// A titled group of questions of a form.
struct SectionRow {
    Q_GADGET
    Q_PROPERTY(int section MEMBER section)
    Q_PROPERTY(QString title MEMBER title)

public:
    int section = 0;
    QString title;
    friend bool operator==(const SectionRow&, const SectionRow&) = default;
};

/// One question of a form with its answer.
struct FieldRow {
    Q_GADGET
    Q_PROPERTY(QString fieldId MEMBER fieldId)
    Q_PROPERTY(int kind MEMBER kind)
    Q_PROPERTY(int section MEMBER section)
    Q_PROPERTY(QString label MEMBER label)
    Q_PROPERTY(QString hint MEMBER hint)
    Q_PROPERTY(QString value MEMBER value)
    Q_PROPERTY(QString previous MEMBER previous)
    Q_PROPERTY(QString problem MEMBER problem)
    Q_PROPERTY(QString theirs MEMBER theirs)
    Q_PROPERTY(QString theirsBy MEMBER theirsBy)
    Q_PROPERTY(QVariantList choices MEMBER choices)
    Q_PROPERTY(bool needed MEMBER needed)
    Q_PROPERTY(bool conflict MEMBER conflict)
    Q_PROPERTY(bool answeredHere MEMBER answeredHere)

public:
    QString fieldId;
    int kind = 0;     ///< `FieldList::Kind`.
    int section = 0;  ///< Which section of the form it stands in, from 0.
    QString label;
    QString hint;
    QString value;
    QString previous;      ///< What was answered before, in words; for a scale.
    QString problem;       ///< Why the answer is not accepted, in words.
    QString theirs;        ///< What somebody else wrote here while it was being answered, in words.
    QString theirsBy;      ///< Who and when; empty if nobody did.
    QVariantList choices;  ///< Maps with `id` and `label`.
    bool needed = false;
    bool conflict = false;      ///< The record holds two versions.
    bool answeredHere = false;  ///< The form holds an answer that is not in the record.
    friend bool operator==(const FieldRow&, const FieldRow&) = default;
};

}  // namespace teren
