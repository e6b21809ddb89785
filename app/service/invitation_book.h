// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/values.h"
#include "app/store/key_value.h"
#include "sync/segment/enrolment.h"

namespace teren::service {

/// An invitation made on this device. Only this device can open the request that answers it, because only it
/// and the invited person have the secret.
struct OpenInvitation {
    /// After so many wrong codes the invitation is void.
    static constexpr unsigned kWrongCodesMax = 5;

    segment::InvitationSecret secret{};
    MemberId member;
    std::string name;
    Role role = Role::SocialWorker;
    unsigned wrongCodes = 0;
    /// The device that was let in with it. The invitation stays here until the members' log shows that, so
    /// that an approval can be repeated after a lost connection.
    std::optional<DeviceId> admitted = {};
};

/// The invitations of this device, in the vault.
class InvitationBook {
public:
    /// @param settings  Outlives this object.
    explicit InvitationBook(store::KeyValue& settings) : settings_(settings) {}

    Status put(const OpenInvitation& invitation);
    Status drop(const OpenInvitation& invitation);
    Result<std::vector<OpenInvitation>> all();

private:
    store::KeyValue& settings_;
};

}  // namespace teren::service
