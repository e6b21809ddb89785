// SPDX-License-Identifier: EUPL-1.2
// The inviter's side of enrolment: invitations, and who is let in on them.
#include "app/service/enrolment.h"

#include "app/service/invitation_book.h"
#include "app/service/office_parts.h"
#include "app/service/sync_service.h"
#include "crypto/base/base32.h"
#include "crypto/sign/hash.h"
#include "sync/net/client_calls.h"

#include <algorithm>

namespace teren::service {
namespace {

constexpr std::chrono::days kInvitationLife{14};

ledger::Rights rightsOf(Role role)
{
    switch (role) {
    case Role::SocialWorker:
        return ledger::OpenSpaces | ledger::ReadInternal;
    case Role::Animator:
    case Role::Head:
        return ledger::kAllRights;
    case Role::Member:
        return 0;
    case Role::Dpo:
        return ledger::Supervise;
    }
    return 0;
}

Result<net::Server> serverOf(const store::WorkspaceStore& store, Instant now)
{
    TEREN_TRY(net::Address address, net::Address::parse(store.serverAddress()));
    return net::serverWith(std::move(address), engine::serverKeysOf(store, now));
}

/// What a newcomer has to compare: nothing where the genesis names the server's keys.
std::optional<Hash> changedServer(const store::WorkspaceStore& store, Instant now)
{
    const ledger::ServerKeyPair keys = engine::serverKeysOf(store, now).front();
    if (keys == store.membership().serverKeys().front().keys)
        return std::nullopt;
    return net::serverFingerprint(keys.tls, keys.receipt);
}

struct Waiting {
    OpenInvitation invitation;
    segment::OpenedJoinRequest request;
};

/// Asks the server who waits on the open invitations of this device; what was not made with an invitation's
/// secret is passed over.
Result<std::vector<Waiting>> waitingRequests(
    store::WorkspaceStore& store, const std::vector<OpenInvitation>& open, Instant now)
{
    if (open.empty())
        return std::vector<Waiting>{};
    std::vector<InvitationId> ids;
    ids.reserve(open.size());
    for (const OpenInvitation& invitation : open)
        ids.push_back(segment::invitationIdOf(invitation.secret));
    TEREN_TRY(const net::Server server, serverOf(store, now));
    TEREN_TRY(const wire::JoinRequests found, net::queryJoinRequests(server, store, ids));
    std::vector<Waiting> waiting;
    for (const wire::JoinRequests::Item& item : found.requests) {
        const auto invitation = std::ranges::find(ids, item.invitation);
        if (invitation == ids.end())
            continue;
        const OpenInvitation& of = open[static_cast<std::size_t>(invitation - ids.begin())];
        auto request = segment::openJoinRequest(store.membership().workspace(), of.secret, item.request);
        if (request)
            waiting.push_back({of, *std::move(request)});
    }
    return waiting;
}

/// The invitations of this device that the members' log shows open; of the others those are forgotten whose
/// person has come in. An admission that came to nothing may be begun again.
Result<std::vector<OpenInvitation>> openInvitations(Office::Parts& parts)
{
    InvitationBook book(parts.settings);
    const ledger::Membership& membership = parts.store->membership();
    TEREN_TRY(std::vector<OpenInvitation> all, book.all());
    std::vector<OpenInvitation> open;
    for (OpenInvitation& invitation : all) {
        if (invitation.admitted && membership.find(*invitation.admitted) != nullptr) {
            TEREN_CHECK(book.drop(invitation));
            continue;
        }
        const InvitationId id = segment::invitationIdOf(invitation.secret);
        if (membership.findOpenInvite(id) == nullptr)
            continue;
        TEREN_TRY(const bool underWay, parts.store->isAdmitting(id));
        if (invitation.admitted && !underWay) {
            invitation.admitted.reset();
            TEREN_CHECK(book.put(invitation));
        }
        open.push_back(std::move(invitation));
    }
    return open;
}

}  // namespace

Result<Enrolment::Invitation> Enrolment::invite(const std::string& name, Role role)
{
    Office::Parts& parts = office_.parts();
    TEREN_TRY(store::WorkspaceStore * store, parts.workspace());
    TEREN_TRY(const std::string person, cleanName(name));
    TEREN_CHECK(parts.checkRight(
        ledger::ManageMembers,
        "your role does not let you invite; ask the animator or the head of the centre"));
    OpenInvitation invitation;
    parts.around.random.fill(invitation.secret);
    invitation.member = MemberId::random(parts.around.random);
    invitation.name = person;
    invitation.role = role;
    const InvitationId id = segment::invitationIdOf(invitation.secret);
    const Instant expires = parts.around.clock.now() + kInvitationLife;
    TEREN_CHECK(store->together([&]() -> Status {
        TEREN_CHECK(InvitationBook(parts.settings).put(invitation));
        return store->queueAct(ledger::Invite{id, invitation.member, rightsOf(role), expires});
    }));
    // A session may end badly after everything was exchanged: what counts is whether the log has it.
    const Result<SyncReport> synced = syncOnce(office_);
    const bool published = store->membership().findOpenInvite(id) != nullptr;
    if (!synced && !published && synced.error().code != Errc::Unreachable)
        return std::unexpected(synced.error());
    if (synced && !published)
        return fail(Errc::Refused, "the members' log did not take the invitation; sync, and invite again");
    return Invitation{
        segment::toText(
            {store->membership().workspace(), invitation.secret, store->serverAddress(),
             changedServer(*store, parts.around.clock.now())}),
        published};
}

Result<std::vector<JoinRequestView>> Enrolment::requests()
{
    Office::Parts& parts = office_.parts();
    TEREN_TRY(store::WorkspaceStore * store, parts.workspace());
    TEREN_TRY(const std::vector<OpenInvitation> open, openInvitations(parts));
    TEREN_TRY(const std::vector<Waiting> waiting, waitingRequests(*store, open, parts.around.clock.now()));
    std::vector<JoinRequestView> views;
    for (const Waiting& one : waiting)
        if (!one.invitation.admitted && store->membership().find(one.request.device.id()) == nullptr)
            views.push_back({one.invitation.name, one.invitation.role});
    return views;
}

namespace {

/// Admits the device and writes into the members' own space who it is, or nothing of both.
Status admit(Office::Parts& parts, const Waiting& one)
{
    OpenInvitation invitation = one.invitation;
    const DeviceId device = one.request.device.id();
    invitation.admitted = device;
    store::SpaceOps save{parts.store->workspaceSpace(), {}};
    // An admission that came to nothing has left both behind.
    if (!parts.people->knows(invitation.member))
        save.ops = People::introduceMember(invitation.member, invitation.name, invitation.role);
    if (!parts.people->knows(device)) {
        const std::size_t ordinal = parts.people->devicesOf(invitation.member) + 1;
        const std::string label = parts.people->freeLabelFor(invitation.name, ordinal);
        for (Op& op : People::introduceDevice(device, invitation.member, label))
            save.ops.push_back(std::move(op));
    }
    TEREN_CHECK(parts.store->together([&]() -> Status {
        const InvitationId id = segment::invitationIdOf(invitation.secret);
        TEREN_CHECK(parts.store->queueAct(ledger::Admit{id, one.request.signedDevice}));
        if (!save.ops.empty())
            TEREN_CHECK(parts.store->save({&save, 1}));
        return InvitationBook(parts.settings).put(invitation);
    }));
    return parts.received();
}

/// Counts a wrong code against every invitation that somebody waits on; at five they are void.
Status punishWrongCode(Office::Parts& parts, const std::vector<Waiting>& waiting)
{
    InvitationBook book(parts.settings);
    for (const Waiting& one : waiting) {
        OpenInvitation invitation = one.invitation;
        if (invitation.admitted)
            continue;
        if (++invitation.wrongCodes < OpenInvitation::kWrongCodesMax) {
            TEREN_CHECK(book.put(invitation));
            continue;
        }
        TEREN_CHECK(parts.store->together([&]() -> Status {
            TEREN_CHECK(
                parts.store->queueAct(ledger::VoidInvite{segment::invitationIdOf(invitation.secret)}));
            return book.drop(invitation);
        }));
    }
    return {};
}

/// Admits who waits, unless an earlier attempt has done so already.
Status admitOnce(Office::Parts& parts, const Waiting& one)
{
    const std::optional<DeviceId>& admitted = one.invitation.admitted;
    if (admitted && *admitted == one.request.device.id())
        return {};
    if (parts.store->membership().find(one.request.device.id()) != nullptr)
        return fail(Errc::Refused, "this device was let in already, with another invitation");
    if (admitted)
        return fail(
            Errc::Refused, "another device has been let in with this invitation; invite this one on its own");
    const InvitationId id = segment::invitationIdOf(one.invitation.secret);
    if (parts.store->membership().findOpenInvite(id)->expires < parts.around.clock.now())
        return fail(
            Errc::Refused, "the invitation has expired; invite again, and let the new device join with that");
    return admit(parts, one);
}

}  // namespace

Status Enrolment::approve(const std::string& code)
{
    Office::Parts& parts = office_.parts();
    TEREN_TRY(store::WorkspaceStore * store, parts.workspace());
    TEREN_CHECK(parts.checkRight(
        ledger::ManageMembers, "your role does not let you let people in; ask whoever has invited them"));
    TEREN_TRY(const std::vector<OpenInvitation> open, openInvitations(parts));
    TEREN_TRY(const std::vector<Waiting> waiting, waitingRequests(*store, open, parts.around.clock.now()));
    const std::string typed = normalizeBase32(code);
    const auto found = std::ranges::find_if(waiting, [&](const Waiting& one) {
        return equalInConstantTime(viewOf(one.request.code), viewOf(typed));
    });
    if (waiting.empty())
        return fail(
            Errc::NotFound,
            "code: nobody waits on an invitation from this device; the new device runs join first, and the "
            "inviter's device approves");
    if (found == waiting.end()) {
        TEREN_CHECK(punishWrongCode(parts, waiting));
        (void)syncOnce(office_);
        return fail(
            Errc::NotFound,
            "code: no device that waits shows this code; compare it again, after five wrong ones the "
            "invitation is void");
    }
    TEREN_CHECK(admitOnce(parts, *found));
    const Result<SyncReport> synced = syncOnce(office_);
    if (store->membership().find(found->request.device.id()) != nullptr)
        return InvitationBook(parts.settings).drop(found->invitation);
    if (!synced)
        return std::unexpected(synced.error());
    return fail(
        Errc::Refused,
        "the members' log did not take the new device; approve the code again, or invite again");
}

}  // namespace teren::service
