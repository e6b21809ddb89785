// SPDX-License-Identifier: EUPL-1.2
// What an opening finds wrong and the next write may wipe out: kept in the vault until somebody was told.
#include "app/store/key_value.h"
#include "app/store/vault_state.h"
#include "crypto/base/assert.h"
#include "crypto/base/iso_time.h"

#include <algorithm>

namespace teren::store {
namespace {

/// In the database: a line for each.
constexpr const char* kFindingsKey = "vault.findings";
/// Whoever writes to the folder can cause one at every opening.
constexpr std::size_t kFindingsMax = 50;
constexpr std::string_view kNoticed{" (noticed "};

/// Without when it was.
std::string_view wordsOf(std::string_view finding)
{
    return finding.substr(0, finding.rfind(kNoticed));
}

}  // namespace

Status Vault::State::readFindings()
{
    TEREN_ASSERT(database.has_value());
    TEREN_TRY(
        const std::int64_t tables,
        database->number("SELECT count(*) FROM sqlite_schema WHERE name = 'key_value'"));
    if (tables == 0)
        return {};
    TEREN_TRY(KeyValue values, KeyValue::open(*database));
    TEREN_TRY(const std::optional<Bytes> kept, values.get(kFindingsKey));
    std::string_view rest = kept ? textOf(*kept) : std::string_view();
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        findings.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return {};
}

Status Vault::State::writeFindings()
{
    TEREN_ASSERT(database.has_value());
    std::string lines;
    for (const std::string& finding : findings)
        lines.append(finding).push_back('\n');
    TEREN_TRY(KeyValue values, KeyValue::open(*database));
    return lines.empty() ? values.drop(kFindingsKey) : values.put(kFindingsKey, viewOf(lines));
}

Status Vault::State::note(const std::vector<std::string>& found)
{
    bool isNew = false;
    for (const std::string& words : found) {
        const auto isSame = [&words](const std::string& known) { return wordsOf(known) == words; };
        if (findings.size() == kFindingsMax || std::ranges::any_of(findings, isSame))
            continue;
        std::string finding = words;
        if (options.clock != nullptr)
            finding.append(kNoticed).append(isoUtc(options.clock->now())).append(")");
        findings.push_back(std::move(finding));
        isNew = true;
    }
    if (!isNew)
        return {};
    areFindingsUnwritten = true;
    const Status noted = noteLater();
    // On a full disk people still want to read. Whatever else there is: what this session overwrites, nobody
    // would ever hear of.
    if (noted || noted.error().code == Errc::DiskFull)
        return {};
    return fail(
        noted.error().code,
        "something is wrong with the files of this profile, and that could not be written down; the profile "
        "stays closed so that it is not forgotten: "
            + found.front() + "; " + noted.error().detail);
}

Status Vault::State::noteLater()
{
    if (!areFindingsUnwritten)
        return {};
    TEREN_CHECK(writeFindings());
    areFindingsUnwritten = false;
    return {};
}

const std::vector<std::string>& Vault::findings() const
{
    return state_->findings;
}

Status Vault::dismissFindings(const std::vector<std::string>& told)
{
    const std::size_t gone = std::erase_if(state_->findings, [&told](const std::string& finding) {
        return std::ranges::find(told, finding) != told.end();
    });
    if (gone == 0)
        return {};
    TEREN_CHECK(state_->writeFindings());
    state_->areFindingsUnwritten = false;
    return {};
}

}  // namespace teren::store
