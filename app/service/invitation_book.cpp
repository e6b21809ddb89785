// SPDX-License-Identifier: EUPL-1.2
#include "app/service/invitation_book.h"

#include "app/service/field_codec.h"
#include "app/service/people.h"

#include <algorithm>
#include <charconv>

namespace teren::service {
namespace {

constexpr const char* kPrefix = "invitation/";

std::string keyOf(const OpenInvitation& invitation)
{
    return kPrefix + segment::invitationIdOf(invitation.secret).hex();
}

Result<OpenInvitation> decode(const FieldValues& fields)
{
    const auto at = [&fields](const char* name) {
        const auto found = fields.find(name);
        return found == fields.end() ? std::string() : found->second;
    };
    OpenInvitation invitation;
    TEREN_TRY(const Bytes secret, fromHex(at("secret")));
    if (secret.size() != invitation.secret.size())
        return fail(Errc::Damaged, "a stored invitation cannot be read");
    std::ranges::copy(secret, invitation.secret.begin());
    TEREN_TRY(invitation.member, MemberId::fromHex(at("member")));
    invitation.name = at("name");
    invitation.role = roleFrom(at("role")).value_or(Role::Member);
    const std::string wrong = at("wrong");
    std::from_chars(wrong.data(), wrong.data() + wrong.size(), invitation.wrongCodes);
    if (const std::string admitted = at("admitted"); !admitted.empty()) {
        TEREN_TRY(invitation.admitted, DeviceId::fromHex(admitted));
    }
    return invitation;
}

}  // namespace

Status InvitationBook::put(const OpenInvitation& invitation)
{
    return settings_.put(
        keyOf(invitation),
        encodeFields(
            {{"secret", toHex(invitation.secret)},
             {"member", invitation.member.hex()},
             {"name", invitation.name},
             {"role", std::string(identifierOf(invitation.role))},
             {"wrong", std::to_string(invitation.wrongCodes)},
             {"admitted", invitation.admitted ? invitation.admitted->hex() : std::string()}}));
}

Status InvitationBook::drop(const OpenInvitation& invitation)
{
    return settings_.drop(keyOf(invitation));
}

Result<std::vector<OpenInvitation>> InvitationBook::all()
{
    TEREN_TRY(const std::vector<std::string> keys, settings_.keysWithPrefix(kPrefix));
    std::vector<OpenInvitation> invitations;
    for (const std::string& key : keys) {
        TEREN_TRY(const std::optional<Bytes> bytes, settings_.get(key));
        if (!bytes)
            continue;
        TEREN_TRY(const FieldValues fields, decodeFields(*bytes));
        TEREN_TRY(OpenInvitation invitation, decode(fields));
        invitations.push_back(std::move(invitation));
    }
    return invitations;
}

}  // namespace teren::service
