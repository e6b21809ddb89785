// SPDX-License-Identifier: EUPL-1.2
#include "app/service/delivery_statement.h"

#include "app/domain/text.h"
#include "app/service/delivery_paper.h"
#include "app/service/delivery_proving.h"
#include "app/service/office_parts.h"
#include "app/service/whole_file.h"
#include "crypto/base/hex.h"
#include "sync/carrier/bundle.h"

#include <algorithm>

namespace teren::service {
namespace {

using carrier::DeliveryTold;

DeliveryTold::Language languageOf(Language language)
{
    return language == Language::Polish ? DeliveryTold::Language::Polish : DeliveryTold::Language::English;
}

/// "Note: 2, Visit: 1".
std::string kindsIn(
    const std::map<std::string, std::uint64_t>& records, const Office::Parts& parts, Language language)
{
    std::string text;
    for (const auto& [type, count] : records) {
        const Result<const domain::RecordType*> known = parts.typeNamed(type);
        std::string label = domain::tidyLine(type);
        if (known)
            label = language == Language::Polish ? (*known)->label.pl : (*known)->label.en;
        text += (text.empty() ? "" : ", ") + label + ": " + std::to_string(count);
    }
    return text;
}

Status tellKinds(
    store::WorkspaceStore& store, const Office::Parts& parts, Language language, DeliveryTold& told)
{
    TEREN_TRY(const std::vector<store::RecordedSegment> recorded, store.recorded(told.space));
    for (const store::RecordedSegment& segment : recorded) {
        const auto run = std::ranges::find(told.runs, segment.number, &DeliveryTold::Run::number);
        if (run != told.runs.end())
            run->what = kindsIn(segment.records, parts, language);
    }
    return {};
}

void tell(
    const DeliveryView& view, const Office::Parts& parts, store::WorkspaceStore& store, DeliveryTold& told)
{
    told.number = domain::tidyLine(view.number);
    told.person = domain::tidyLine(parts.people->authorship({{store.device(), 0}, 1}, {}).author);
    told.device = domain::tidyLine(parts.people->deviceLabel(store.device()));
    told.made = parts.around.clock.now();
    told.unsent = view.unsent;
    told.sent = view.sent;
    told.lost = view.lost;
    told.unsentSince = view.unsentSince;
    if (view.refusal && view.refusal->isOfDevice())
        told.refused = view.refusal->at;
    for (const HolderView& holder : view.holders) {
        DeliveryTold::Holder& one = told.holders.emplace_back();
        one.person = domain::tidyLine(holder.person);
        one.device = domain::tidyLine(holder.device);
        if (const Result<DeviceId> id = DeviceId::fromHex(holder.id))
            one.id = *id;
        one.applied = holder.applied;
        one.of = holder.of;
        one.stated = holder.stated;
        one.lacksSince = holder.lacksSince;
    }
}

/// Line ends as a text that travelled by mail may have them.
std::string unixLines(ByteView file)
{
    std::string text(textOf(file));
    for (std::size_t at = text.find("\r\n"); at != std::string::npos; at = text.find("\r\n", at))
        text.erase(at, 1);
    return text;
}

/// Blanks, colons and capitals as people write them.
Result<std::string> plainFingerprint(const std::string& typed)
{
    std::string plain;
    for (const char byte : typed)
        if (byte != ' ' && byte != ':' && byte != '-')
            plain += byte >= 'A' && byte <= 'F' ? static_cast<char>(byte - 'A' + 'a') : byte;
    if (plain.size() != 2 * sizeof(Hash) || plain.find_first_not_of("0123456789abcdef") != std::string::npos)
        return fail(Errc::Invalid, "fingerprint: has to be the 64 hex digits that the operator reads out");
    return plain;
}

Status checkKeys(const carrier::Delivered& delivered, const std::vector<std::string>& fingerprints)
{
    std::vector<std::string> given;
    for (const std::string& typed : fingerprints) {
        TEREN_TRY(std::string plain, plainFingerprint(typed));
        given.push_back(std::move(plain));
    }
    for (const ledger::ServerKeyPair& keys : delivered.keys)
        if (!given.empty() && std::ranges::find(given, fingerprintText(keys)) == given.end())
            return fail(
                Errc::Forged,
                "a receipt in it is signed by a server with another fingerprint: " + fingerprintText(keys));
    return {};
}

/// What a file says by its block, whatever stands around that.
struct Proven {
    Bytes block;
    carrier::DeliveryProof proof;
    carrier::Delivered delivered;
};

Result<Proven> provenBy(const std::string& text)
{
    Proven proven;
    TEREN_TRY(proven.block, blockIn(text));
    TEREN_TRY(proven.proof, carrier::decodeDelivery(proven.block));
    TEREN_TRY(proven.delivered, carrier::checkDelivery(proven.proof));
    return proven;
}

/// Nothing in it may make a line of the page read as another.
Status checkWords(const DeliveryTold& told)
{
    std::vector<std::string_view> words{told.number, told.person, told.device};
    for (const DeliveryTold::Run& run : told.runs)
        words.emplace_back(run.what);
    for (const DeliveryTold::Holder& holder : told.holders)
        words.insert(words.end(), {holder.person, holder.device});
    for (const std::string_view word : words)
        if (domain::tidyLine(word) != word)
            return fail(Errc::Forged, "a name in it is written so that the page would read as another");
    return {};
}

DeliveryCheck checkOf(const DeliveryTold& told, const carrier::Delivered& delivered, ByteView block)
{
    DeliveryCheck check;
    check.workspace = delivered.workspace.hex();
    for (const ledger::ServerKeyPair& keys : delivered.keys)
        check.fingerprints.push_back(fingerprintText(keys));
    check.device = delivered.device.hex();
    check.caseId = told.space.hex();
    check.code = codeOf(block);
    for (std::size_t i = 0; i < delivered.runs.size(); ++i) {
        const carrier::DeliveredRun& run = delivered.runs[i];
        const DeliveryTold::Run& said = told.runs[i];
        check.entries.push_back({run.number, run.count, run.confirmed, said.first, said.last, said.what});
    }
    check.person = told.person;
    check.label = told.device;
    check.number = told.number;
    check.made = told.made;
    check.seen = told.seen;
    check.unsent = told.unsent;
    check.refused = told.refused;
    for (const DeliveryTold::Holder& holder : told.holders)
        check.holders.push_back(
            {holder.id.hex(), holder.person, holder.device, holder.applied, holder.of, holder.stated,
             holder.lacksSince});
    return check;
}

}  // namespace

std::uint64_t DeliveryCheck::proven() const
{
    std::uint64_t all = 0;
    for (const Entry& entry : entries)
        all += entry.changes;
    return all;
}

Result<DeliveryStatementReport> exportDelivery(
    Office& office, const CaseId& caseId, Language language, const std::filesystem::path& path)
{
    const Office::Parts& parts = office.parts();
    TEREN_TRY(store::WorkspaceStore * store, parts.workspace());
    TEREN_TRY(const DeliveryView view, deliveryOf(office, caseId));
    TEREN_TRY(carrier::DeliveryProof proof, proveDelivery(*store, caseId));
    proof.told.language = languageOf(language);
    tell(view, parts, *store, proof.told);
    TEREN_CHECK(tellKinds(*store, parts, language, proof.told));
    TEREN_TRY(const Bytes block, carrier::encode(proof, store->keys().signing));
    // Nothing is handed out that would not convince who reads it: as it will be read.
    TEREN_TRY(const carrier::DeliveryProof read, carrier::decodeDelivery(block));
    TEREN_TRY(const carrier::Delivered delivered, carrier::checkDelivery(read));
    TEREN_CHECK(writeNew(parts.around.files, path, viewOf(paperOf(read.told, delivered, block))));
    return DeliveryStatementReport{delivered.changes(), view.total, codeOf(block)};
}

Result<DeliveryCheck> checkDeliveryFile(
    const std::filesystem::path& path, platform::Files& files, const std::vector<std::string>& fingerprints)
{
    TEREN_TRY(const Bytes file, readWhole(files, path));
    const std::string text = unixLines(file);
    const Result<Proven> proven = provenBy(text);
    if (!proven)
        return carrier::wrongFile(proven.error());
    const auto& [block, proof, delivered] = *proven;
    TEREN_CHECK(checkKeys(delivered, fingerprints));
    TEREN_CHECK(checkWords(proof.told));
    if (paperOf(proof.told, delivered, block) != text)
        return fail(
            Errc::Forged, "the text is not the one that belongs to the proof in it: somebody has changed it");
    return checkOf(proof.told, delivered, block);
}

}  // namespace teren::service
