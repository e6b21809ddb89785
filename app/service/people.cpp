// SPDX-License-Identifier: EUPL-1.2
#include "app/service/people.h"

#include "app/domain/text.h"
#include "app/service/operations.h"

#include <algorithm>
#include <array>

namespace teren::service {
namespace {

constexpr std::size_t kNameLengthMax = 120;

constexpr std::array<std::pair<Role, std::string_view>, 5> kRoles{{
    {Role::SocialWorker, "social-worker"},
    {Role::Animator, "animator"},
    {Role::Member, "member"},
    {Role::Head, "head"},
    {Role::Dpo, "dpo"},
}};
constexpr std::array<std::pair<Model, std::string_view>, 3> kModels{{
    {Model::Rural, "rural"},
    {Model::UrbanRural, "urban-rural"},
    {Model::Urban, "urban"},
}};

template <typename Table, typename Value>
std::string_view nameIn(const Table& table, Value value)
{
    for (const auto& [known, name] : table)
        if (known == value)
            return name;
    return {};
}

/// The first code point, so that "Łucja" gives "Ł".
std::string_view firstLetter(std::string_view word)
{
    std::size_t size = 1;
    while (size < word.size() && (static_cast<unsigned char>(word[size]) & 0xC0U) == 0x80U)
        ++size;
    return word.substr(0, size);
}

}  // namespace

Result<std::string> cleanName(std::string_view name)
{
    const Result<std::string> composed = domain::toNfc(name);
    if (!composed)
        return fail(Errc::Invalid, "name: not a text in UTF-8");
    std::string clean = domain::tidyLine(*composed);
    if (clean.empty())
        return fail(Errc::Invalid, "name: it is empty");
    if (clean.size() > kNameLengthMax)
        return fail(Errc::Invalid, "name: longer than " + std::to_string(kNameLengthMax) + " bytes");
    return clean;
}

std::string_view identifierOf(Role role)
{
    return nameIn(kRoles, role);
}

std::optional<Role> roleFrom(std::string_view identifier)
{
    for (const auto& [role, name] : kRoles)
        if (name == identifier)
            return role;
    return std::nullopt;
}

std::string_view identifierOf(Model model)
{
    return nameIn(kModels, model);
}

std::optional<Model> modelFrom(std::string_view identifier)
{
    for (const auto& [model, name] : kModels)
        if (name == identifier)
            return model;
    return std::nullopt;
}

Status People::refresh()
{
    names_.clear();
    labels_.clear();
    // A device that waits to be let in has no names to read yet.
    if (store_.workspaceSpace().isZero())
        return {};
    std::set<RecordId> memberIds;
    std::set<RecordId> deviceIds;
    for (const auto& [id, device] : store_.membership().devices()) {
        memberIds.insert(RecordId{device.member.bytes});
        deviceIds.insert(RecordId{id.bytes});
    }
    TEREN_TRY(const std::vector<store::StoredRecord> members, recordsOf("member", memberIds));
    for (const store::StoredRecord& member : members) {
        TEREN_TRY(std::string name, trusted(member, "name"));
        if (!name.empty())
            names_[MemberId{member.id.bytes}] = std::move(name);
    }
    TEREN_TRY(const std::vector<store::StoredRecord> devices, recordsOf("device", deviceIds));
    for (const store::StoredRecord& device : devices) {
        TEREN_TRY(std::string label, trusted(device, "label"));
        if (!label.empty())
            labels_[DeviceId{device.id.bytes}] = std::move(label);
    }
    return {};
}

bool People::managesMembers(const DeviceId& device) const
{
    const ledger::Membership::Device* known = store_.membership().find(device);
    return known != nullptr && (known->rights & ledger::ManageMembers) != 0;
}

Result<std::vector<store::StoredRecord>> People::recordsOf(
    const std::string& type, const std::set<RecordId>& inLog) const
{
    TEREN_TRY(std::vector<store::StoredRecord> records, store_.records(store_.workspaceSpace(), type));
    std::set<RecordId> missing = inLog;
    for (const store::StoredRecord& record : records)
        missing.erase(record.id);
    for (const RecordId& id : missing) {
        Result<store::StoredRecord> record = store_.record(store_.workspaceSpace(), id);
        if (record)
            records.push_back(*std::move(record));
        else if (record.error().code != Errc::NotFound)
            return std::unexpected(std::move(record).error());
    }
    return records;
}

Result<std::string> People::trusted(const store::StoredRecord& record, const std::string& field) const
{
    const auto found = record.fields.find(field);
    const bool allTrusted = found != record.fields.end()
        && std::ranges::all_of(found->second.values(),
                               [this](const auto& value) { return managesMembers(value.dot.author.device); });
    if (allTrusted)
        return valueIn(record, field);
    // Somebody has written over it: what stood there is in its history.
    TEREN_TRY(const std::vector<store::HistoryEntry> history, store_.history(record.space, record.id));
    std::vector<const store::HistoryEntry*> written;
    for (const store::HistoryEntry& entry : history)
        if (entry.field == field && entry.value.kind == OpKind::Assign
            && managesMembers(entry.value.dot.author.device))
            written.push_back(&entry);
    std::string value;
    for (const store::HistoryEntry* entry : written) {
        const bool replaced = std::ranges::any_of(written, [entry](const store::HistoryEntry* other) {
            return other->seen.contains(entry->value.dot);
        });
        if (!replaced && value.empty())
            value = std::string(textOf(entry->value.value));
    }
    return value;
}

Authorship People::authorship(const Dot& dot, HybridStamp stamp) const
{
    Authorship by;
    const DeviceId& device = dot.author.device;
    if (const ledger::Membership::Device* known = store_.membership().find(device))
        if (const auto name = names_.find(known->member); name != names_.end())
            by.author = name->second;
    by.device = deviceLabel(device);
    by.at = stamp.wall;
    by.mine = device == store_.device();
    return by;
}

std::string People::nameOf(const MemberId& member) const
{
    const auto found = names_.find(member);
    return found == names_.end() ? std::string() : found->second;
}

std::string People::deviceLabel(const DeviceId& device) const
{
    const auto label = labels_.find(device);
    return label != labels_.end() ? label->second : device.hex().substr(0, 8);
}

std::size_t People::devicesOf(const MemberId& member) const
{
    std::size_t count = 0;
    for (const auto& [id, device] : store_.membership().devices())
        count += device.member == member ? 1 : 0;
    return count;
}

std::vector<Op> People::introduceMember(const MemberId& member, const std::string& name, Role role)
{
    const RecordId record{member.bytes};
    return {
        insertOp(record, "member", {}), assignOp(record, "name", name),
        assignOp(record, "role", std::string(identifierOf(role)))};
}

std::vector<Op> People::introduceDevice(
    const DeviceId& device, const MemberId& member, const std::string& label)
{
    const RecordId record{device.bytes};
    return {
        insertOp(record, "device", {}), assignOp(record, "label", label),
        assignOp(record, "member", member.hex())};
}

std::string People::freeLabelFor(const std::string& personName, std::size_t ordinal) const
{
    std::string label = labelFor(personName, ordinal);
    const auto isTaken = [&label](const auto& known) { return known.second == label; };
    while (std::ranges::any_of(labels_, isTaken))
        label = labelFor(personName, ++ordinal);
    return label;
}

std::string People::labelFor(const std::string& personName, std::size_t ordinal)
{
    std::string label;
    bool atStart = true;
    for (std::size_t i = 0; i < personName.size(); ++i) {
        const bool separator = personName[i] == ' ' || personName[i] == '-';
        if (atStart && !separator)
            label += firstLetter(std::string_view(personName).substr(i));
        atStart = separator;
    }
    return label + "-" + std::to_string(ordinal);
}

}  // namespace teren::service
