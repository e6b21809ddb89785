// SPDX-License-Identifier: EUPL-1.2
#include "app/service/sync_overview.h"

#include "app/service/attachments.h"
#include "app/service/office_parts.h"
#include "app/service/operations.h"
#include "app/store/case_traffic.h"

namespace teren::service {
namespace {

Result<store::StoredRecord> caseRecord(store::WorkspaceStore& store, const SpaceId& space)
{
    TEREN_TRY(std::vector<store::StoredRecord> found, store.records(space, "case"));
    return found.empty() ? store::StoredRecord{} : std::move(found.front());
}

Result<std::vector<AwaitedFile>> awaitedFiles(Office& office, store::CaseTraffic& traffic, std::size_t limit)
{
    store::WorkspaceStore& store = *office.parts().store;
    TEREN_TRY(const std::vector<store::CaseTraffic::AwaitedFile> rows, traffic.awaited(limit));
    Attachments attachments(office);
    std::vector<AwaitedFile> files;
    for (const store::CaseTraffic::AwaitedFile& row : rows) {
        const Result<AttachmentView> view = attachments.find({row.space, row.record});
        // What another content has replaced since, or what this build cannot read, is nothing to wait for.
        if (!view || view->here)
            continue;
        TEREN_TRY(const store::StoredRecord named, caseRecord(store, row.space));
        files.push_back({row.space, row.record, view->name, valueIn(named, "title"), view->size, row.asked});
    }
    return files;
}

}  // namespace

Result<SyncOverview> syncOverview(Office& office, std::size_t limit)
{
    SyncOverview overview;
    if (!office.hasWorkspace())
        return overview;
    Office::Parts& parts = office.parts();
    store::CaseTraffic traffic(parts.vault->database());
    TEREN_TRY(const std::vector<store::CaseTraffic::OfCase> cases, traffic.cases());
    overview.caseCount = cases.size();
    for (const store::CaseTraffic::OfCase& one : cases) {
        overview.unsentCases += one.unsent > 0 ? 1 : 0;
        if (overview.cases.size() >= limit)
            continue;
        TEREN_TRY(const store::StoredRecord named, caseRecord(*parts.store, one.space));
        overview.cases.push_back(
            {one.space, valueIn(named, "title"), valueIn(named, "number"), one.unsent, one.confirmed,
             one.waiting, one.oldestUnsent});
    }
    TEREN_TRY(overview.awaited, awaitedFiles(office, traffic, limit));
    TEREN_TRY(overview.missing, waitingFor(office));
    return overview;
}

Status askForContent(Office& office, const CaseId& caseId, const RecordId& record)
{
    TEREN_CHECK(office.parts().workspace());
    return store::CaseTraffic(office.parts().vault->database()).ask(caseId, record);
}

}  // namespace teren::service
