// SPDX-License-Identifier: EUPL-1.2
#include "app/store/self_check.h"

#include "app/store/record_reader.h"
#include "app/store/statement_log.h"

#include <algorithm>
#include <limits>
#include <set>

namespace teren::store {
namespace {

std::string nameOf(const ledger::SegmentHeader& header)
{
    return "the segment of changes " + std::to_string(header.firstSeq) + " to "
        + std::to_string(header.lastSeq()) + " of device " + header.device.hex() + " in space "
        + header.space.hex();
}

/// Whether a space made anew from its changes treats this one as the log says.
bool agrees(const SpaceState& rebuilt, const Dot& dot, ChangeState state)
{
    switch (state) {
    case ChangeState::Applied:
        return rebuilt.seenBy(dot).has_value();
    case ChangeState::Waiting:
        return rebuilt.pending().find(dot) != nullptr;
    case ChangeState::Voided:
        break;
    }
    return rebuilt.voids().contains(dot);
}

/// What SQLite's check of its structure says, for people. It names pages as "Page 8" or "page 8".
std::string inWords(std::string_view found)
{
    const bool isOfIndex = found.find(" index ") != std::string_view::npos;
    for (const std::string_view word : {"Page ", "page "}) {
        const std::size_t at = found.find(word);
        if (at == std::string_view::npos)
            continue;
        const std::string_view number = found.substr(at + word.size());
        const std::size_t end = std::min(number.find_first_not_of("0123456789"), number.size());
        if (end > 0)
            return "vault.db: page " + std::string(number.substr(0, end)) + " is damaged";
    }
    return isOfIndex ? "vault.db: an index does not agree with its table"
                     : "vault.db: the database's structure is damaged";
}

}  // namespace

Result<std::vector<std::string>> SelfCheck::run()
{
    const auto note = [&](const char* what, const Status& checked) {
        if (!checked)
            report(std::string(what) + " could not be checked: " + checked.error().detail + ".");
    };
    note("The database", checkDatabase());
    note("The membership log", checkStatements());
    note("The stored segments", checkSegments());
    note("The sealing of changes", checkSealing());
    for (const auto& [id, space] : core_.spaces)
        note(("Space " + id.hex()).c_str(), checkSpace(space));
    return std::move(problems_);
}

Status SelfCheck::checkDatabase()
{
    std::set<std::string> told;
    sql::Statement& rows = core_.db.statement("PRAGMA integrity_check(20)");
    TEREN_CHECK(eachRow(rows, [&](sql::Statement& row) {
        if (row.columnText(0) != "ok")
            told.insert(inWords(row.columnText(0)));
    }));
    for (const std::string& sentence : told)
        report(sentence);
    sql::Statement& keys = core_.db.statement("PRAGMA foreign_key_check");
    TEREN_CHECK(eachRow(keys, [&](sql::Statement& row) {
        report("A row of table " + std::string(row.columnText(0)) + " refers to one that is not there.");
    }));
    if (!core_.db.execute("INSERT INTO text_index (text_index) VALUES ('integrity-check')"))
        reportRepetition("The search index does not agree with its own text.");
    return {};
}

Status SelfCheck::checkStatements()
{
    TEREN_TRY(const std::vector<ledger::SignedStatement> statements, StatementLog(core_).all());
    ledger::Membership membership;
    for (const ledger::SignedStatement& statement : statements)
        if (const Status applied = membership.apply(statement); !applied) {
            report(
                "The membership statement at height " + std::to_string(membership.height() + 1)
                + " does not hold: " + applied.error().detail + ".");
            return {};
        }
    if (membership.hash() != core_.membership.hash())
        report("The membership log on disk is not the one in use.");
    return {};
}

// ---- segments ------------------------------------------------------------------------------------------

Status SelfCheck::checkSegments()
{
    TEREN_TRY(std::vector<StoredSegment> segments, SegmentTable(core_).all());
    std::ranges::sort(segments, {}, [](const StoredSegment& stored) {
        return std::pair(stored.segment.head.header.firstSeq, stored.id);
    });
    for (const StoredSegment& stored : segments) {
        checkSegment(stored);
        if (stored.number && (*stored.number == 0 || *stored.number > core_.own.head.size))
            report(
                "Number " + std::to_string(*stored.number) + " of " + nameOf(stored.segment.head.header)
                + " is not under the verified head of the log.");
        const SpaceEntry* space = core_.find(stored.space);
        if (space == nullptr || space->id != stored.segment.head.header.space)
            report(nameOf(stored.segment.head.header) + " is filed under another space.");
        else if (stored.state == SegmentState::Good)
            TEREN_CHECK(checkContent(stored, *space));
    }
    return {};
}

/// Signature, body, and that each chain of ours and of others runs through its hashes.
void SelfCheck::checkSegment(const StoredSegment& stored)
{
    const ledger::SegmentHeader& header = stored.segment.head.header;
    const ledger::Membership::Device* device = core_.membership.find(header.device);
    if (device == nullptr || !ledger::verifyHeader(stored.segment.head, device->statement.signKey))
        report("The signature of " + nameOf(header) + " does not hold.");
    const bool isAway = stored.state == SegmentState::Evicted;
    if (!isAway && !ledger::verifyBody(stored.segment.head, stored.segment.body))
        report("The sealed bytes of " + nameOf(header) + " are not those that were signed.");
    if (stored.state != SegmentState::Good && stored.state != SegmentState::Returned && !isAway)
        return;
    const std::pair chain{stored.space, Author{header.device, header.life}};
    const auto previous = chains_.find(chain);
    const bool follows = previous == chains_.end() || nextSeq_.at(chain) != header.firstSeq
        || previous->second == header.previous;
    if (!follows)
        report(nameOf(header) + " does not name the segment before it.");
    chains_.insert_or_assign(chain, stored.segment.head.hash);
    nextSeq_.insert_or_assign(chain, header.lastSeq() + 1);
}

Status SelfCheck::checkContent(const StoredSegment& stored, const SpaceEntry& space)
{
    const ledger::SegmentHeader& header = stored.segment.head.header;
    const Result<segment::Content> content = openStored(core_, space, stored.segment);
    if (!content) {
        report(nameOf(header) + " does not open: " + content.error().detail + ".");
        return {};
    }
    ChangeLog log(core_);
    for (const Change& change : content->changes) {
        const std::optional<LoggedChange> logged = log.find(space, change.dot).value_or(std::nullopt);
        const std::string place = "Change " + std::to_string(change.dot.seq) + " of " + nameOf(header);
        if (!logged)
            report(place + " is missing in the change log.");
        else if (logged->change != change)
            report(place + " is not what was sealed.");
        else if (stored.own && logged->unsent == stored.number.has_value())
            report(
                place
                + (stored.number ? " is confirmed but counted as unsent."
                                 : " is unsent but counted as confirmed."));
    }
    return {};
}

/// Every change is in a segment, except own ones that are not sealed yet.
Status SelfCheck::checkSealing()
{
    sql::Statement& rows = core_.db.statement("SELECT c.space, c.seq FROM change c WHERE c.sealed = 1 AND "
                                              "NOT EXISTS (SELECT 1 FROM segment s WHERE "
                                              "s.space = c.space AND s.author = c.author AND c.seq BETWEEN "
                                              "s.first_seq AND s.first_seq + s.count - 1)");
    TEREN_CHECK(eachRow(rows, [&](sql::Statement& row) {
        const SpaceEntry* space = core_.find(row.columnInt(0));
        report(
            "Change " + std::to_string(row.columnInt(1)) + " in space "
            + (space == nullptr ? "?" : space->id.hex()) + " is said to be sealed but lies in no segment.");
    }));
    return {};
}

// ---- registers -----------------------------------------------------------------------------------------

Status SelfCheck::checkSpace(const SpaceEntry& space)
{
    if (core_.own.evicted.contains(space.id))
        return {};  // Nothing of it is here but its segments' headers.
    SpaceState rebuilt(std::numeric_limits<std::size_t>::max());
    for (const VoidRange& range : core_.voidsOf(space.id).ranges())
        rebuilt.voidRange(range);
    TEREN_TRY(std::vector<LoggedChange> changes, ChangeLog(core_).all(space));
    std::map<Dot, ChangeState> states;
    for (LoggedChange& logged : changes) {
        states.emplace(logged.change.dot, logged.state);
        rebuilt.apply(std::move(logged.change));
    }
    for (const auto& [dot, state] : states) {
        if (!agrees(rebuilt, dot, state))
            report(
                "Change " + std::to_string(dot.seq) + " of device " + dot.author.device.hex() + " in space "
                + space.id.hex() + " has not the state that it should have.");
    }
    TEREN_TRY(const Hash held, RecordReader(core_).digest(space));
    if (held != rebuilt.digest())
        report("The records of space " + space.id.hex() + " are not what its change log adds up to.");
    return checkRecords(space, rebuilt);
}

Status SelfCheck::checkRecords(const SpaceEntry& space, const SpaceState& rebuilt)
{
    RecordTable table(core_);
    sql::Statement& rows = core_.db.statement("SELECT r.id, r.uuid, r.type, r.presence, r.held, "
                                              "r.raw_conflicts, r.conflicts, t.folded FROM record r "
                                              "LEFT JOIN text_index t ON t.rowid = r.id WHERE r.space = ?");
    std::set<RecordId> seen;
    TEREN_CHECK(eachRow(rows.with(space.row), [&](sql::Statement& row) -> Status {
        TEREN_TRY(const RecordId id, idAt<RecordId>(row, 1));
        seen.insert(id);
        static const RecordState kEmpty;
        const RecordState* found = rebuilt.find(id);
        const RecordState& state = found == nullptr ? kEmpty : *found;
        std::string type;
        if (!row.isNull(2)) {
            TEREN_TRY(type, core_.interner.name(row.columnInt(2)));
        }
        const RecordTable::Conflicts counts = table.conflictsOf(id, state);
        if (type != RecordTable::typeOf(state) || row.columnInt(3) != static_cast<int>(state.presence())
            || (row.columnInt(4) != 0) == state.empty() || row.columnInt(5) != counts.raw
            || row.columnInt(6) != counts.shown)
            reportRepetition("What lists show of record " + id.hex() + " is not what the record holds.");
        if (row.columnText(7) != table.searchableText(state))
            reportRepetition("The search index of record " + id.hex() + " is not what the record holds.");
        return {};
    }));
    for (const auto& [id, state] : rebuilt.records())
        if (!seen.contains(id))
            report("Record " + id.hex() + " is missing.");
    return {};
}

}  // namespace teren::store
