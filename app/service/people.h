// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/values.h"
#include "app/store/workspace_store.h"

#include <set>

namespace teren::service {

/// Who is behind a device, in the words of the workspace. Names are records of the workspace space: the
/// membership log, which the server reads, holds none.
///
/// A member's record has the member's id, a device's record the device's. Every member can write in that
/// space, so a name counts only if the device that wrote it manages the members, or did until it was removed:
/// rights never change, and what a removed device may still write is no longer accepted by anybody.
class People {
public:
    explicit People(store::WorkspaceStore& store) : store_(store) {}

    /// Reads the names again; call after anything was received.
    Status refresh();
    Authorship authorship(const Dot& dot, HybridStamp stamp) const;
    std::string deviceLabel(const DeviceId& device) const;
    /// Empty while it is not known.
    std::string nameOf(const MemberId& member) const;
    bool knows(const MemberId& member) const { return names_.contains(member); }
    bool knows(const DeviceId& device) const { return labels_.contains(device); }
    /// A value of a record of the workspace space, by somebody who manages the members.
    Result<std::string> trusted(const store::StoredRecord& record, const std::string& field) const;
    /// How many devices the member has, for naming the next one.
    std::size_t devicesOf(const MemberId& member) const;

    /// The operations that write a person and a device into the workspace space.
    static std::vector<Op> introduceMember(const MemberId& member, const std::string& name, Role role);
    static std::vector<Op> introduceDevice(
        const DeviceId& device, const MemberId& member, const std::string& label);
    /// "AS-1" for the first device of Anna Sowa.
    static std::string labelFor(const std::string& personName, std::size_t ordinal);
    /// The same, or with the next number that no device has: people share initials, and case numbers that are
    /// made without a network begin with the label.
    std::string freeLabelFor(const std::string& personName, std::size_t ordinal) const;

private:
    bool managesMembers(const DeviceId& device) const;
    /// Living records of a type, and those of people in the members' log whatever somebody did to them.
    Result<std::vector<store::StoredRecord>> recordsOf(
        const std::string& type, const std::set<RecordId>& inLog) const;

    store::WorkspaceStore& store_;
    std::map<MemberId, std::string> names_;
    std::map<DeviceId, std::string> labels_;
};

/// A person's or an office's name as it is kept: NFC, one line, no blanks around it.
/// @return `Invalid` if nothing is left, if it is too long, or not UTF-8.
Result<std::string> cleanName(std::string_view name);

std::string_view identifierOf(Role role);
std::optional<Role> roleFrom(std::string_view identifier);
std::string_view identifierOf(Model model);
std::optional<Model> modelFrom(std::string_view identifier);

}  // namespace teren::service
