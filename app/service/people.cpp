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
    TEREN_TRY(
        const std::vector<store::StoredRecord> members, store_.records(store_.workspaceSpace(), "member"));
    for (const store::StoredRecord& member : members)
        names_[MemberId{member.id.bytes}] = valueIn(member, "name");
    TEREN_TRY(
        const std::vector<store::StoredRecord> devices, store_.records(store_.workspaceSpace(), "device"));
    for (const store::StoredRecord& device : devices)
        labels_[DeviceId{device.id.bytes}] = valueIn(device, "label");
    return {};
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
