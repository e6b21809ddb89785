// SPDX-License-Identifier: EUPL-1.2
#include "app/service/enrolment.h"

#include "app/domain/text.h"
#include "app/service/invitation_book.h"
#include "app/service/office_parts.h"
#include "app/service/operations.h"
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

/// Writes what the membership log must not hold: the office's name and who its first member is.
Status introduceOffice(Office::Parts& parts, const Enrolment::NewWorkspace& wanted, const MemberId& member)
{
    const RecordId record = RecordId::random(parts.around.random);
    store::SpaceOps save{
        parts.store->workspaceSpace(),
        {insertOp(record, "workspace", {}), assignOp(record, "name", wanted.name),
         assignOp(record, "model", std::string(identifierOf(wanted.model)))}};
    for (Op& op : People::introduceMember(member, parts.personName, Role::Animator))
        save.ops.push_back(std::move(op));
    const std::string label = People::labelFor(parts.personName, 1);
    for (Op& op : People::introduceDevice(parts.store->device(), member, label))
        save.ops.push_back(std::move(op));
    TEREN_CHECK(parts.store->save({&save, 1}));
    return parts.received();
}

Result<net::Server> serverOf(const store::WorkspaceStore& store)
{
    TEREN_TRY(net::Address address, net::Address::parse(store.serverAddress()));
    return net::Server{std::move(address), store.membership().genesis().serverTlsKey};
}

struct Waiting {
    OpenInvitation invitation;
    segment::OpenedJoinRequest request;
};

/// Asks the server who waits on the open invitations of this device; what was not made with an invitation's
/// secret is passed over.
Result<std::vector<Waiting>> waitingRequests(
    store::WorkspaceStore& store, const std::vector<OpenInvitation>& open)
{
    if (open.empty())
        return std::vector<Waiting>{};
    std::vector<InvitationId> ids;
    for (const OpenInvitation& invitation : open)
        ids.push_back(segment::invitationIdOf(invitation.secret));
    TEREN_TRY(const net::Server server, serverOf(store));
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

/// Forgets the invitations that the membership log has closed: used by their person, or void.
Result<std::vector<OpenInvitation>> openInvitations(Office::Parts& parts)
{
    InvitationBook book(parts.settings);
    TEREN_TRY(std::vector<OpenInvitation> all, book.all());
    std::vector<OpenInvitation> open;
    for (OpenInvitation& invitation : all) {
        const InvitationId id = segment::invitationIdOf(invitation.secret);
        if (parts.store->membership().findOpenInvite(id) != nullptr)
            open.push_back(std::move(invitation));
    }
    return open;
}

std::uint64_t randomLife(RandomSource& random)
{
    std::array<std::uint8_t, 8> bytes{};
    random.fill(bytes);
    std::uint64_t life = 0;
    for (const std::uint8_t byte : bytes)
        life = life << 8 | byte;
    return life;
}

}  // namespace

Result<WorkspaceId> Enrolment::createWorkspace(const NewWorkspace& wanted)
{
    Office::Parts& parts = office_.parts();
    if (parts.store != nullptr)
        return fail(
            Errc::Refused, "this profile has a workspace already; make another profile for another office");
    NewWorkspace tidy = wanted;
    TEREN_TRY(tidy.name, cleanName(wanted.name));
    TEREN_TRY(const net::Address address, net::Address::parse(wanted.serverAddress));
    const auto fingerprint = Id<struct FingerprintTag, 32>::fromHex(wanted.fingerprint);
    if (!fingerprint)
        return fail(
            Errc::Invalid, "fingerprint: not 64 hex digits as `teren-server fingerprint` prints them");
    TEREN_TRY(const net::KnownServer known, net::fetchServerInfo(address, fingerprint->bytes));
    TEREN_TRY(
        store::WorkspaceStore::Founding founding,
        store::WorkspaceStore::found(known.server.tlsKey, known.receiptKey, parts.storeParts()));
    const MemberId member = founding.member;
    TEREN_CHECK(
        net::createWorkspace(known.server, viewOf(domain::tidyLine(wanted.token)), founding.statements));
    TEREN_TRY(
        auto store,
        store::WorkspaceStore::createFounded(std::move(founding), wanted.serverAddress, parts.storeParts()));
    TEREN_CHECK(parts.adopt(std::move(store)));
    TEREN_CHECK(introduceOffice(parts, tidy, member));
    // The workspace stands on both sides; what is left is sent now or with the next sync.
    (void)syncOnce(office_);
    return parts.store->membership().workspace();
}

Result<Enrolment::Invitation> Enrolment::invite(const std::string& name, Role role)
{
    Office::Parts& parts = office_.parts();
    TEREN_TRY(store::WorkspaceStore * store, parts.workspace());
    TEREN_TRY(const std::string person, cleanName(name));
    const ledger::Membership::Device* self = store->membership().find(store->device());
    if (self == nullptr || !self->isMember() || (self->rights & ledger::ManageMembers) == 0)
        return fail(
            Errc::Refused, "your role does not let you invite; ask the animator or the head of the centre");
    OpenInvitation invitation;
    parts.around.random.fill(invitation.secret);
    invitation.member = MemberId::random(parts.around.random);
    invitation.name = person;
    invitation.role = role;
    TEREN_CHECK(InvitationBook(parts.settings).put(invitation));
    const InvitationId id = segment::invitationIdOf(invitation.secret);
    TEREN_CHECK(store->queueAct(
        ledger::Invite{id, invitation.member, rightsOf(role), parts.around.clock.now() + kInvitationLife}));
    const Result<SyncReport> synced = syncOnce(office_);
    if (!synced && synced.error().code != Errc::Unreachable)
        return std::unexpected(synced.error());
    return Invitation{
        segment::toText({store->membership().workspace(), invitation.secret, store->serverAddress()}),
        synced.has_value()};
}

namespace {

constexpr const char* kPendingJoinKey = "join.pending";

/// Keeps the request as sent, so that asking again shows the same code.
Status keepJoin(
    store::KeyValue& settings, const InvitationId& invitation, const segment::JoinRequest& request)
{
    Bytes kept = toBytes(invitation.view());
    kept.insert(kept.end(), request.code.begin(), request.code.end());
    kept.push_back(0);
    kept.insert(kept.end(), request.bytes.begin(), request.bytes.end());
    return settings.put(kPendingJoinKey, kept);
}

Result<std::optional<segment::JoinRequest>> keptJoin(
    store::KeyValue& settings, const InvitationId& invitation)
{
    TEREN_TRY(const std::optional<Bytes> kept, settings.get(kPendingJoinKey));
    if (!kept || kept->size() < InvitationId::kSize
        || !std::ranges::equal(ByteView(*kept).first(InvitationId::kSize), invitation.view()))
        return std::optional<segment::JoinRequest>();
    const ByteView rest = ByteView(*kept).subspan(InvitationId::kSize);
    const auto end = std::ranges::find(rest, std::uint8_t{0});
    if (end == rest.end())
        return std::optional<segment::JoinRequest>();
    const auto size = static_cast<std::size_t>(end - rest.begin());
    return segment::JoinRequest{toBytes(rest.subspan(size + 1)), std::string(textOf(rest.first(size)))};
}

Status submit(const net::Server& server, const segment::Invitation& invitation, ByteView request)
{
    const Status taken = net::submitJoin(server, invitation.workspace, invitation.id(), request);
    if (!taken && taken.error().code == Errc::NotFound)
        return fail(
            Errc::Refused,
            "the server knows no open invitation like this; ask the inviter to sync, or for a new one");
    return taken;
}

}  // namespace

Result<std::string> Enrolment::join(const std::string& text)
{
    Office::Parts& parts = office_.parts();
    const Result<segment::Invitation> invitation = segment::parseInvitation(text);
    if (!invitation && invitation.error().code == Errc::Malformed)
        return fail(Errc::Invalid, "invitation: " + invitation.error().detail);
    if (!invitation)
        return std::unexpected(invitation.error());
    TEREN_TRY(const auto kept, keptJoin(parts.settings, invitation->id()));
    if (parts.store != nullptr && !kept)
        return fail(
            Errc::Refused, "this profile has a workspace already; make another profile for another office");
    TEREN_TRY(const net::Address address, net::Address::parse(invitation->address));
    TEREN_TRY(const net::FoundGenesis genesis, net::fetchGenesis(address, invitation->workspace));
    if (kept && parts.store != nullptr) {
        TEREN_CHECK(submit(genesis.server, *invitation, kept->bytes));
        return kept->code;
    }
    store::DeviceKeys keys{
        SigningKey::generate(parts.around.random), BoxKey::generate(parts.around.random),
        randomLife(parts.around.random)};
    const ledger::DeviceStatement device{
        keys.signing.publicKey(), keys.box.publicKey(), keys.life, parts.around.clock.now()};
    const Bytes signedDevice = ledger::signDevice(device, keys.signing);
    const segment::JoinNames names{parts.personName, {}};
    TEREN_TRY(
        const segment::JoinRequest request,
        segment::makeJoinRequest(*invitation, signedDevice, names, parts.around.random));
    TEREN_CHECK(submit(genesis.server, *invitation, request.bytes));
    // Kept only now: a request that never arrived leaves the profile as it was. The code comes first; without
    // the keys beside it, it counts for nothing and the invitation can be taken up again.
    TEREN_CHECK(keepJoin(parts.settings, invitation->id(), request));
    TEREN_TRY(
        auto store,
        store::WorkspaceStore::createJoined(
            std::move(keys), genesis.statement, invitation->address, parts.storeParts()));
    TEREN_CHECK(parts.adopt(std::move(store)));
    return request.code;
}

Result<std::vector<JoinRequestView>> Enrolment::requests()
{
    Office::Parts& parts = office_.parts();
    TEREN_TRY(store::WorkspaceStore * store, parts.workspace());
    TEREN_TRY(const std::vector<OpenInvitation> open, openInvitations(parts));
    TEREN_TRY(const std::vector<Waiting> waiting, waitingRequests(*store, open));
    std::vector<JoinRequestView> views;
    for (const Waiting& one : waiting)
        views.push_back({one.invitation.name, one.invitation.role});
    return views;
}

namespace {

/// Admits the device and writes into the members' own space who it is.
Status admit(Office::Parts& parts, const Waiting& one)
{
    const InvitationId id = segment::invitationIdOf(one.invitation.secret);
    TEREN_CHECK(parts.store->queueAct(ledger::Admit{id, one.request.signedDevice}));
    store::SpaceOps save{
        parts.store->workspaceSpace(),
        People::introduceMember(one.invitation.member, one.invitation.name, one.invitation.role)};
    const std::size_t ordinal = parts.people->devicesOf(one.invitation.member) + 1;
    const std::string label = parts.people->freeLabelFor(one.invitation.name, ordinal);
    for (Op& op : People::introduceDevice(one.request.device.id(), one.invitation.member, label))
        save.ops.push_back(std::move(op));
    TEREN_CHECK(parts.store->save({&save, 1}));
    TEREN_CHECK(InvitationBook(parts.settings).drop(one.invitation));
    return parts.received();
}

/// Counts a wrong code against every invitation that somebody waits on; at five they are void.
Status punishWrongCode(Office::Parts& parts, const std::vector<Waiting>& waiting)
{
    InvitationBook book(parts.settings);
    for (const Waiting& one : waiting) {
        OpenInvitation invitation = one.invitation;
        if (++invitation.wrongCodes < OpenInvitation::kWrongCodesMax) {
            TEREN_CHECK(book.put(invitation));
            continue;
        }
        TEREN_CHECK(parts.store->queueAct(ledger::VoidInvite{segment::invitationIdOf(invitation.secret)}));
        TEREN_CHECK(book.drop(invitation));
    }
    return {};
}

}  // namespace

Status Enrolment::approve(const std::string& code)
{
    Office::Parts& parts = office_.parts();
    TEREN_TRY(store::WorkspaceStore * store, parts.workspace());
    TEREN_TRY(const std::vector<OpenInvitation> open, openInvitations(parts));
    TEREN_TRY(const std::vector<Waiting> waiting, waitingRequests(*store, open));
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
            "invitation is "
            "void");
    }
    const InvitationId id = segment::invitationIdOf(found->invitation.secret);
    if (store->membership().findOpenInvite(id)->expires < parts.around.clock.now())
        return fail(
            Errc::Refused, "the invitation has expired; invite again, and let the new device join with that");
    TEREN_CHECK(admit(parts, *found));
    TEREN_TRY(const SyncReport report, syncOnce(office_));
    (void)report;
    if (store->membership().find(found->request.device.id()) == nullptr)
        return fail(
            Errc::Refused, "the members' log did not take the new device; invite again and repeat the steps");
    return {};
}

}  // namespace teren::service
