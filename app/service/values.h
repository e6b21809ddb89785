// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/notice_text.h"
#include "crypto/base/clock.h"
#include "crypto/base/id.h"
#include "sync/merge/record_state.h"
#include "sync/merge/text_merge.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

// What the use cases take and give: plain values that may cross threads, shown by the app and printed by
// terenctl. Texts are UTF-8 in NFC.
namespace teren::service {

/// A case is known by its internal space.
using CaseId = SpaceId;

/// A record by its id. The case stands beside it only where two have a record of one id: ids do not meet by
/// chance, so somebody has put one there, and no use case then chooses by itself.
struct RecordRef {
    // Implicit on purpose: nearly everybody has just the id.
    RecordRef(const RecordId& record) : id(record) {}  // NOLINT(google-explicit-constructor)
    RecordRef(const CaseId& space, const RecordId& record) : id(record), in(space) {}

    RecordId id;
    std::optional<CaseId> in;
};

enum class Model : std::uint8_t { Rural, UrbanRural, Urban };
enum class Role : std::uint8_t { SocialWorker, Animator, Member, Head, Dpo };

/// Who wrote something, where and when: what a person needs to judge it. Never a location.
struct Authorship {
    std::string author;  ///< The person's name, as the workspace knows it; empty while it is not known yet.
    std::string device;  ///< For example "AS-1".
    Instant at{};
    bool mine = false;  ///< Written on this device.
};

struct CaseSummary {
    CaseId id;
    std::string title;
    std::string number;
    std::string stage;  ///< Identifier of the stage, for example "realizacja".
    std::string place;  ///< Where the household lives, for the second line of a row; may be empty.
    std::uint64_t unsent = 0;
    std::uint64_t conflicts = 0;
    Instant changedAt{};
};

/// One value that is in force in a field, with everyone who wrote that same value.
struct ValueInForce {
    std::string value;
    Authorship by;
};

struct FieldState {
    bool conflict = false;
    std::vector<ValueInForce> values;  ///< One, or the sides of a conflict; several for a set.

    const std::string& text() const
    {
        static const std::string empty;
        return values.empty() ? empty : values.front().value;
    }
};

using teren::Presence;
using teren::TextSpan;

struct RecordView {
    RecordId id;
    CaseId caseId;
    std::string type;
    Presence presence = Presence::Alive;
    bool unsent = false;
    std::map<std::string, FieldState> fields;
    Authorship lastChange;
};

/// A field and what to write there; an empty value clears it.
using FieldValues = std::map<std::string, std::string>;

/// What a person has before them of each field, as `FieldState` gives it. A field that is not listed is shown
/// empty. Whoever writes over a field says what was shown, so that a value which came meanwhile is not
/// replaced by somebody who never saw it.
using ShownValues = std::map<std::string, std::vector<std::string>>;

std::vector<std::string> shownIn(const FieldState& state);
ShownValues shownIn(const RecordView& view);

/// A form of one type in one case: of a record, or of one that is to be added.
struct FormKey {
    CaseId caseId;
    std::string type;
    std::optional<RecordId> record;

    /// Under which its draft is kept.
    std::string text() const { return caseId.hex() + "/" + type + "/" + (record ? record->hex() : "new"); }
    friend bool operator==(const FormKey&, const FormKey&) = default;
};

/// Answers that are kept on this device only, and what they are to be written over.
struct Draft {
    FieldValues answers;
    ShownValues shown;  ///< Of the fields in `answers`.

    friend bool operator==(const Draft&, const Draft&) = default;
};

/// What one step of a record's history was.
enum class HistoryKind : std::uint8_t {
    Created,
    Written,  ///< Over a value or over nothing.
    Amended,  ///< Over what was there, in a field that is only corrected and never replaced.
    Decided,  ///< Over several values that people had written apart.
    Added,    ///< To a set.
    TakenOut,
    Deleted,   ///< `newValue` is the reason.
    Restored,  ///< Brought back from a deletion, or kept against one.
};

struct HistoryItem {
    std::string field;  ///< Or "@created", "@deleted", "@restored" for those acts.
    std::string oldValue;
    std::string newValue;
    Authorship by;
    bool confirmed = false;
    HistoryKind kind = HistoryKind::Written;
    bool inForce = false;                    ///< Still counts: nobody wrote over it who had seen it.
    std::vector<std::string> decidedOver{};  ///< Of a decision: the values that its author had before them.
    std::optional<Authorship> amendedBy{};   ///< Of a field that is only corrected: who did so first.
};

/// "created", "written", "amended", "decided", "added", "taken-out", "deleted", "restored".
std::string_view identifierOf(HistoryKind kind);

/// A record with all that was ever written to it, oldest first.
struct RecordHistory {
    RecordId record;
    CaseId caseId;
    std::string caseTitle;
    std::string type;
    std::string title;
    Presence presence = Presence::Alive;
    std::vector<HistoryItem> items;
};

struct ConflictSide {
    std::string value;  ///< Empty with `deletion`.
    bool deletion = false;
    Authorship by;
    std::vector<TextSpan> difference;  ///< From the base, word by word, for highlighting.
};

struct ConflictView {
    RecordId record;
    CaseId caseId;
    std::string caseTitle;
    std::string recordType;
    std::string recordTitle;
    std::string field;                ///< "@deleted" where a deletion meets an edit.
    std::optional<std::string> base;  ///< What both sides had seen; none if they began from nothing.
    std::optional<Authorship> baseBy;
    std::vector<ConflictSide> sides;  ///< Mine first if one is mine, then by time.
    bool bothPossible = false;        ///< "Keep both" makes sense for this type.
    std::string proposal;             ///< A merge of both sides, where one could be made; else empty.
    std::string version;              ///< Changes with what the sides are made of; goes into the decision.
    std::optional<std::string> inForce = {};  ///< What counts meanwhile, of states set apart: the safest.
};

/// How a person settles a conflict. Exactly one of the three.
struct Decision {
    enum class Kind : std::uint8_t { KeepSide, WriteValue, KeepBoth };
    Kind kind = Kind::KeepSide;
    std::size_t side = 0;  ///< From 0, into `ConflictView::sides`.
    std::string value = {};
    /// The `ConflictView` that was before the person. Without it the decision is about what is there now.
    std::optional<std::string> version = {};
};

struct SearchHit {
    CaseId caseId;
    std::string caseTitle;
    RecordId record;
    std::string type;
    std::string field;
    std::string snippet;
};

enum class ServerState : std::uint8_t { Unknown, Ok, Unreachable, WentBack, Forked, Refused };

/// The server ended the last session that it answered, and said why.
struct ServerRefusal {
    std::string why;  ///< "not-a-member", "no-room" and the like: `wire::RefusalCode`.
    Instant at{};

    /// It does not count this device among the members: it was put back behind that, or removed the device.
    bool isOfDevice() const { return why == "not-a-member"; }
};

using store::NoticeKind;

/// One thing that a notice names.
struct NoticePart {
    enum class What : std::uint8_t {
        Text,
        Device,
        NamelessDevice,
        Case,
        RemovedCase,
        UnknownCase,
        OfficeRecords
    };

    What what = What::Text;
    std::string words;  ///< The name of a device or a case, else a number, a time or a detail. May be empty.
};

/// Something that happened unseen and a person should know.
struct Notice {
    std::int64_t id = 0;
    std::string text;                 ///< An English sentence for an operator.
    Instant at{};                     ///< When it first happened.
    std::optional<NoticeKind> kind;   ///< None if another version of the program wrote it.
    std::vector<NoticePart> parts{};  ///< What the stars of the kind's sentence stand for.
};

/// Attachments that are not deleted, by where their files are.
struct AttachmentCounts {
    std::uint64_t unsent = 0;   ///< Something of it is on this device, and the server has not said it has it.
    std::uint64_t sent = 0;     ///< All of it is here, and the server has said that it has it.
    std::uint64_t awaited = 0;  ///< Something of it is not here.
    std::uint64_t unsentBytes = 0;  ///< As they travel.
};

struct SyncStatus {
    std::uint64_t unsent = 0;
    std::uint64_t confirmed = 0;
    std::uint64_t backedUp = 0;  ///< Of `confirmed`: what a backup of the server on another machine holds.
    std::uint64_t total = 0;     ///< Changes made on this device.
    std::optional<Instant> oldestUnsent;
    bool overdue = false;  ///< `oldestUnsent` is more than `limits::kUnsentAlarm` ago: a person must be told.
    std::optional<Instant> lastContact;
    std::optional<Instant> nextAttempt;
    ServerState server = ServerState::Unknown;
    std::optional<ServerRefusal> serverRefusal;  ///< Until a session is answered.
    std::uint64_t waiting = 0;                   ///< Changes of others that wait for what they build on.
    std::uint64_t quarantined = 0;               ///< Kept, shown to the author and a supervisor, not applied.
    std::uint64_t refused = 0;    ///< Of `unsent`: what the server does not take. Tried again at each sync.
    std::vector<Notice> notices;  ///< Not yet dismissed, oldest first.
    std::string refusedWhy;       ///< "not-a-writer" and the like; empty if nothing is refused.
    AttachmentCounts attachments;
    /// By how much this device's clock is ahead of the office's; behind it if negative. None before they have
    /// been compared.
    std::optional<std::chrono::milliseconds> clockLead;
    bool isClockWrong = false;  ///< By more than `limits::kClockOffTold`.
};

struct JoinRequestView {
    std::string name;
    Role role = Role::SocialWorker;
};

struct CheckReport {
    bool ok = true;
    std::vector<std::string> problems;  ///< English sentences for an operator.
    std::vector<std::string> remarks;   ///< What is as it was asked for, and weaker than it should be.
};

}  // namespace teren::service
