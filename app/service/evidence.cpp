// SPDX-License-Identifier: EUPL-1.2
#include "app/service/evidence.h"

#include "app/service/office_parts.h"
#include "app/service/whole_file.h"
#include "crypto/base/hex.h"
#include "crypto/base/iso_time.h"
#include "sync/carrier/evidence.h"

namespace teren::service {
namespace {

std::string sizeAndTime(const ledger::Head& head)
{
    return std::to_string(head.tree.size) + " entries (" + toHex(head.tree.root).substr(0, 8) + ") on "
        + isoUtc(head.time);
}

EvidenceFinding inWords(const carrier::Finding& finding)
{
    using enum carrier::Finding::Kind;
    const std::string both
        = sizeAndTime(finding.first) + ", and " + sizeAndTime(finding.second) + ", both signed by the server";
    switch (finding.kind) {
    case ServerForked:
        return {"server-forked", true, "Two logs of one size: " + both + "."};
    case ServerWentBack:
        return {"server-went-back", true, "A shorter log after a longer one: " + both + "."};
    case ServerMoved:
        return {
            "server-moved", false,
            "Two logs: " + both + "; whether the one continues the other, the heads alone do not tell."};
    case DeviceTwice:
        break;
    }
    return {
        "device-twice", true,
        "Device " + finding.device.hex() + " has signed two segments for change "
            + std::to_string(finding.seq) + " of life " + std::to_string(finding.life) + " in space "
            + finding.space.hex() + ": it exists twice, or was put back to an older state."};
}

/// As far as the server's keys need it.
Result<std::vector<ledger::SignedStatement>> statementsOf(store::WorkspaceStore& store)
{
    TEREN_TRY(std::vector<ledger::SignedStatement> statements, store.statements());
    statements.resize(std::min<std::size_t>(
        statements.size(), static_cast<std::size_t>(store.membership().serverKeys().back().height)));
    return statements;
}

/// What would not convince others is not handed out: a head under keys that only this device was told of.
bool convinces(const std::vector<ledger::SignedStatement>& statements, carrier::Evidence item)
{
    item.statements = statements;
    return carrier::checkEvidence(item).has_value();
}

Status addTwins(store::WorkspaceStore& store, carrier::Evidence& evidence)
{
    TEREN_TRY(const std::vector<store::HeaderPair> pairs, store.twinSegments());
    for (const store::HeaderPair& pair : pairs) {
        TEREN_TRY(const ledger::SignedSegmentHeader head, ledger::decodeHeader(pair.first));
        const ledger::Membership::Device* device = store.membership().find(head.header.device);
        if (device == nullptr)
            continue;
        const carrier::TwinSegments twins{
            device->statement.signKey, device->statement.boxKey, pair.first, pair.second};
        if (convinces(evidence.statements, {{}, {}, {twins}}))
            evidence.twins.push_back(twins);
    }
    return {};
}

}  // namespace

Result<EvidenceReport> exportEvidence(Office& office, const std::filesystem::path& path)
{
    Office::Parts& parts = office.parts();
    TEREN_TRY(store::WorkspaceStore * store, parts.workspace());
    carrier::Evidence evidence;
    TEREN_TRY(evidence.statements, statementsOf(*store));
    TEREN_TRY(const std::vector<store::HeadPair> pairs, store->headPairs());
    for (const store::HeadPair& pair : pairs)
        if (convinces(evidence.statements, {{}, {{pair.first, pair.second}}, {}}))
            evidence.heads.push_back({pair.first, pair.second});
    TEREN_CHECK(addTwins(*store, evidence));
    if (evidence.heads.empty() && evidence.twins.empty())
        return fail(Errc::NotFound, "this device holds no evidence against the server or a device");
    TEREN_TRY(const Bytes bytes, carrier::encode(evidence));
    TEREN_CHECK(writeNew(parts.around.files, path, bytes));
    return EvidenceReport{evidence.heads.size(), evidence.twins.size()};
}

Result<EvidenceCheck> checkEvidenceFile(const std::filesystem::path& path, platform::Files& files)
{
    TEREN_TRY(const Bytes file, readWhole(files, path));
    TEREN_TRY(const carrier::Evidence evidence, carrier::decodeEvidence(file));
    TEREN_TRY(const carrier::Findings findings, carrier::checkEvidence(evidence));
    EvidenceCheck check{findings.workspace.hex(), {}};
    for (const carrier::Finding& finding : findings.found)
        check.found.push_back(inWords(finding));
    return check;
}

}  // namespace teren::service
