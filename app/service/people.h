// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/values.h"
#include "app/store/workspace_store.h"

namespace teren::service {

/// Who is behind a device, in the words of the workspace. Names are records of the workspace space: the
/// membership log, which the server reads, holds none.
///
/// A member's record has the member's id, a device's record the device's.
class People {
public:
    explicit People(store::WorkspaceStore& store) : store_(store) {}

    /// Reads the names again; call after anything was received.
    Status refresh();
    Authorship authorship(const Dot& dot, HybridStamp stamp) const;
    std::string deviceLabel(const DeviceId& device) const;
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
