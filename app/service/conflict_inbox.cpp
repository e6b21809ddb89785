// SPDX-License-Identifier: EUPL-1.2
#include "app/service/conflict_inbox.h"

#include <algorithm>

namespace teren::service {
namespace {

/// Who leads the work with the family, by the newest Expectations Card that says so.
Result<std::string> keyWorkerOf(Office& office, const CaseId& caseId)
{
    const Result<std::vector<RecordView>> cards = office.records(caseId, "expectation_card");
    if (!cards) {
        // A schema set without such a card knows of no key worker.
        if (cards.error().code == Errc::Invalid || cards.error().code == Errc::NotFound)
            return std::string();
        return std::unexpected(cards.error());
    }
    std::string name;
    Instant latest{};
    for (const RecordView& card : *cards) {
        const auto field = card.fields.find("key_worker");
        if (field == card.fields.end() || field->second.conflict || field->second.text().empty())
            continue;
        if (name.empty() || latest < card.lastChange.at) {
            name = field->second.text();
            latest = card.lastChange.at;
        }
    }
    return name;
}

/// The moment from which there were two versions.
Instant sinceOf(const ConflictView& view)
{
    std::vector<Instant> written;
    written.reserve(view.sides.size());
    for (const ConflictSide& side : view.sides)
        written.push_back(side.by.at);
    std::ranges::sort(written);
    return written.empty() ? Instant{} : written[std::min<std::size_t>(1, written.size() - 1)];
}

}  // namespace

Result<std::vector<OpenConflict>> conflictInbox(Office& office)
{
    TEREN_TRY(std::vector<ConflictView> views, office.conflicts());
    std::map<CaseId, std::string> keyWorkers;
    std::vector<OpenConflict> inbox;
    inbox.reserve(views.size());
    for (ConflictView& view : views) {
        if (!keyWorkers.contains(view.caseId)) {
            TEREN_TRY(keyWorkers[view.caseId], keyWorkerOf(office, view.caseId));
        }
        OpenConflict open;
        open.since = sinceOf(view);
        if (const std::string& keyWorker = keyWorkers[view.caseId]; !keyWorker.empty()) {
            open.owners = {keyWorker};
            open.isMine = keyWorker == office.personName();
        } else {
            for (const ConflictSide& side : view.sides) {
                open.isMine = open.isMine || side.by.mine;
                if (std::ranges::find(open.owners, side.by.author) == open.owners.end())
                    open.owners.push_back(side.by.author);
            }
        }
        open.view = std::move(view);
        inbox.push_back(std::move(open));
    }
    std::ranges::sort(inbox, [](const OpenConflict& left, const OpenConflict& right) {
        return std::tie(left.since, left.view.record, left.view.field)
            < std::tie(right.since, right.view.record, right.view.field);
    });
    return inbox;
}

}  // namespace teren::service
