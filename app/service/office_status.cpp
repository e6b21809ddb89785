// SPDX-License-Identifier: EUPL-1.2
// What is on this device and how it stands: search, counts, digests, self-check.
#include "app/service/attachments.h"
#include "app/service/delivery.h"
#include "app/service/eviction.h"
#include "app/service/office_parts.h"
#include "app/service/operations.h"
#include "app/service/plain_words.h"
#include "app/service/profiles.h"
#include "app/service/segment_refusals.h"
#include "app/service/server_state.h"
#include "app/store/attachment_refs.h"
#include "crypto/base/limits.h"
#include "crypto/sign/hash.h"

#include <algorithm>

namespace teren::service {
namespace {

/// Before there is an office.
const Naming kNobodyNamed{
    [](const DeviceId&) { return NoticePart{NoticePart::What::NamelessDevice, {}}; },
    [](const SpaceId&) { return NoticePart{NoticePart::What::UnknownCase, {}}; }};

/// What a notice names, in the words of the office.
Naming namingOf(Office& office)
{
    Office::Parts& parts = office.parts();
    return {
        [&parts](const DeviceId& id) -> NoticePart {
            if (!parts.people->knows(id))
                return {NoticePart::What::NamelessDevice, {}};
            return {NoticePart::What::Device, parts.people->deviceLabel(id)};
        },
        [&office, &parts](const SpaceId& id) -> NoticePart {
            if (id == parts.store->workspaceSpace())
                return {NoticePart::What::OfficeRecords, {}};
            for (const EvictedCase& evicted : evictedCases(office))
                if (evicted.id == id)
                    return {NoticePart::What::RemovedCase, evicted.number + " (" + evicted.title + ")"};
            const Result<CaseSummary> found = office.findCase(id);
            if (!found)
                return {NoticePart::What::UnknownCase, {}};
            return {NoticePart::What::Case, found->number + " (" + found->title + ")"};
        }};
}

}  // namespace

Result<std::vector<SearchHit>> Office::search(const std::string& text, std::size_t limit)
{
    TEREN_TRY(store::WorkspaceStore * store, parts_->workspace());
    TEREN_TRY(const std::vector<store::TextHit> hits, store->search(text, limit));
    std::map<SpaceId, std::string> titles;
    std::vector<SearchHit> found;
    for (const store::TextHit& hit : hits) {
        if (!titles.contains(hit.space)) {
            TEREN_TRY(const std::vector<store::StoredRecord> cases, store->records(hit.space, "case"));
            titles[hit.space] = cases.empty() ? std::string() : valueIn(cases.front(), "title");
        }
        found.push_back({hit.space, titles[hit.space], hit.record, hit.type, hit.field, hit.snippet});
    }
    return found;
}

Result<SyncStatus> Office::syncStatus()
{
    SyncStatus status;
    if (parts_->store == nullptr) {
        std::int64_t id = 0;
        for (const std::string& finding : parts_->vault->findings())
            status.notices.push_back(
                namedNotice({++id, noticeOfFinding(finding), parts_->around.clock.now()}, kNobodyNamed));
        return status;
    }
    TEREN_TRY(const store::OutboxCounts counts, parts_->store->outboxCounts());
    status.unsent = counts.unsent;
    status.confirmed = counts.confirmed;
    status.backedUp = counts.backedUp;
    status.total = counts.unsent + counts.confirmed;
    status.oldestUnsent = counts.oldestUnsent;
    status.overdue = isOverdue(counts.oldestUnsent, parts_->around.clock.now());
    status.waiting = counts.waiting;
    status.quarantined = counts.quarantined;
    status.refused = counts.refused;
    if (counts.refusedWhy)
        status.refusedWhy = identifierOf(*counts.refusedWhy);
    status.lastContact = parts_->store->lastContact();
    status.clockLead = parts_->store->clockLead();
    status.isClockWrong = status.clockLead && std::chrono::abs(*status.clockLead) > limits::kClockOffTold;
    TEREN_TRY(const std::vector<store::Notice> notices, parts_->store->notices());
    const Naming naming = namingOf(*this);
    for (const store::Notice& notice : notices)
        status.notices.push_back(namedNotice(notice, naming));
    // What a full disk did not take as a notice. Dismissed with the others: it is told here first.
    const std::int64_t newest = notices.empty() ? 0 : notices.back().id;
    for (const std::string& finding : parts_->vault->findings())
        if (std::ranges::find(notices, noticeOfFinding(finding), &store::Notice::text) == notices.end())
            status.notices.push_back(
                namedNotice({newest, noticeOfFinding(finding), parts_->around.clock.now()}, naming));
    TEREN_CHECK(readServerState(parts_->settings, status));
    // A proof may have come by hand, since the server was asked last.
    TEREN_TRY(const std::optional<DeviceId> disputed, parts_->store->disputed());
    if (disputed && status.server != ServerState::WentBack)
        status.server = ServerState::Forked;
    TEREN_TRY(const auto files, store::AttachmentRefs(parts_->vault->database()).counts());
    status.attachments = {files.unsent, files.sent, files.awaited, files.unsentBytes};
    return status;
}

Status Office::dismissNotices(std::int64_t upTo)
{
    std::vector<std::string> told = parts_->vault->findings();
    if (parts_->store == nullptr) {
        told.resize(std::min(told.size(), static_cast<std::size_t>(std::max<std::int64_t>(upTo, 0))));
        return parts_->vault->dismissFindings(told);
    }
    TEREN_CHECK(parts_->store->dismissNotices(upTo));
    TEREN_TRY(const std::vector<store::Notice> open, parts_->store->notices());
    std::erase_if(told, [&open](const std::string& finding) {
        return std::ranges::any_of(
            open, [&](const auto& notice) { return notice.text == noticeOfFinding(finding); });
    });
    return parts_->vault->dismissFindings(told);
}

Result<Office::Digests> Office::digests(const std::optional<CaseId>& caseId)
{
    TEREN_TRY(store::WorkspaceStore * store, parts_->workspace());
    std::vector<SpaceId> spaces;
    if (caseId) {
        TEREN_TRY(const CaseSummary known, findCase(*caseId));
        spaces.push_back(known.id);
    } else {
        spaces = store->spaces(ledger::SpaceKind::CaseInternal);
        if (!store->workspaceSpace().isZero())
            spaces.push_back(store->workspaceSpace());
    }
    std::ranges::sort(spaces);
    Digests digests;
    Hasher all;
    all.add("teren.digests.v1");
    for (const SpaceId& space : spaces) {
        TEREN_TRY(const Hash digest, store->digest(space));
        digests.spaces[space.hex()] = toHex(digest);
        all.add(space.bytes).add(digest);
    }
    digests.digest = toHex(all.finish());
    return digests;
}

Result<CheckReport> Office::selfCheck()
{
    CheckReport report;
    TEREN_TRY(report.problems, parts_->vault->selfCheck());
    if (parts_->store != nullptr) {
        const auto checked = parts_->store->selfCheck();
        // What was found below says which page it is; nothing above it can be read past that.
        if (!checked && !report.problems.empty()) {
            report.ok = false;
            return report;
        }
        TEREN_TRY(const std::vector<std::string> found, checked);
        // The vault has named the same pages.
        for (const std::string& problem : found)
            if (std::ranges::find(report.problems, problem) == report.problems.end())
                report.problems.push_back(problem);
        TEREN_TRY(const std::vector<std::string> files, Attachments(*this).selfCheck());
        report.problems.insert(report.problems.end(), files.begin(), files.end());
    }
    TEREN_TRY(std::string shown, checkShownName(*this));
    if (!shown.empty())
        report.problems.push_back(std::move(shown));
    report.remarks = parts_->vault->remarks();
    if (parts_->vault->usesFloorKdf())
        report.remarks.emplace_back(
            "The passphrase is hashed at the least cost allowed (TEREN_KDF=floor): right for tests, not for "
            "people's data.");
    report.ok = report.problems.empty();
    return report;
}

}  // namespace teren::service
