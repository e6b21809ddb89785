// SPDX-License-Identifier: EUPL-1.2
// The newcomer's side of enrolment: a request to be let in on an invitation.
#include "app/service/enrolment.h"
#include "app/service/office_parts.h"
#include "app/service/sync_service.h"
#include "crypto/base/random_number.h"
#include "sync/ledger/bigendian.h"
#include "sync/net/client_calls.h"
#include "sync/segment/enrolment.h"

namespace teren::service {
namespace {

/// A request as it was made: sent again with the same bytes, it shows the same code.
struct KeptJoin {
    store::DeviceKeys keys;
    segment::JoinRequest request;

    DeviceId device() const
    {
        return ledger::DeviceStatement{keys.signing.publicKey(), keys.box.publicKey(), keys.life, {}}.id();
    }
};

constexpr std::size_t kKeysSize = SecretKey::kSize * 2 + sizeof(std::uint64_t);

constexpr const char* kJoinPrefix = "join/";

std::string keyOf(const segment::Invitation& invitation)
{
    return kJoinPrefix + invitation.id().hex();
}

Bytes encode(const KeptJoin& join)
{
    ledger::Writer writer;
    writer.raw(join.keys.signing.seed().reveal()).raw(join.keys.box.secret().reveal()).number(join.keys.life);
    writer.number(static_cast<std::uint8_t>(join.request.code.size()));
    return writer.raw(viewOf(join.request.code)).raw(join.request.bytes).take();
}

Result<KeptJoin> decode(ByteView bytes)
{
    ledger::Reader reader(bytes);
    if (reader.left() <= kKeysSize || reader.left() <= kKeysSize + bytes[kKeysSize])
        return fail(Errc::Damaged, "a stored request to join cannot be read");
    const auto secret
        = [&reader] { return SecretKey::copyOf(reader.raw(SecretKey::kSize).first<SecretKey::kSize>()); };
    SigningKey signing = SigningKey::fromSeed(secret());
    BoxKey box = BoxKey::fromSecret(secret());
    const auto life = reader.number<std::uint64_t>();
    std::string code(textOf(reader.raw(reader.number<std::uint8_t>())));
    return KeptJoin{
        {std::move(signing), std::move(box), life}, {toBytes(reader.raw(reader.left())), std::move(code)}};
}

/// The keys to ask with: one device asks with the same keys on every invitation of one office, so that
/// whichever is approved lets it in.
store::DeviceKeys keysFor(Office::Parts& parts, const WorkspaceId& workspace)
{
    if (parts.store != nullptr && parts.store->membership().workspace() == workspace) {
        const store::DeviceKeys& own = parts.store->keys();
        return {
            SigningKey::fromSeed(own.signing.seed().clone()), BoxKey::fromSecret(own.box.secret().clone()),
            own.life};
    }
    return {
        SigningKey::generate(parts.around.random), BoxKey::generate(parts.around.random),
        randomNumber(parts.around.random)};
}

/// The request on this invitation: the one that was made before, or a new one, which is kept first.
Result<KeptJoin> requestOn(Office::Parts& parts, const segment::Invitation& invitation)
{
    TEREN_TRY(const std::optional<Bytes> kept, parts.settings.get(keyOf(invitation)));
    if (kept)
        return decode(*kept);
    store::DeviceKeys keys = keysFor(parts, invitation.workspace);
    const ledger::DeviceStatement device{
        keys.signing.publicKey(), keys.box.publicKey(), keys.life, parts.around.clock.now()};
    TEREN_TRY(
        segment::JoinRequest request,
        segment::makeJoinRequest(
            invitation, ledger::signDevice(device, keys.signing), {parts.personName, {}},
            parts.around.random));
    KeptJoin join{std::move(keys), std::move(request)};
    TEREN_CHECK(parts.settings.put(keyOf(invitation), encode(join)));
    return join;
}

Result<segment::Invitation> read(const std::string& text)
{
    Result<segment::Invitation> invitation = segment::parseInvitation(text);
    if (!invitation && invitation.error().code == Errc::Malformed)
        return fail(Errc::Invalid, "invitation: " + invitation.error().detail);
    return invitation;
}

/// Whether an office has ever let this device in: then it is that office's for good.
bool wasLetIn(const Office::Parts& parts)
{
    return parts.store != nullptr && parts.store->membership().find(parts.store->device()) != nullptr;
}

Status checkMayJoin(Office& office)
{
    const Office::Parts& parts = office.parts();
    // Somebody may have approved since this device last asked.
    if (parts.store != nullptr && !wasLetIn(parts))
        (void)syncOnce(office);
    if (wasLetIn(parts))
        return fail(
            Errc::Refused, "this profile has a workspace already; make another profile for another office");
    return {};
}

Status submit(const net::Server& server, const segment::Invitation& invitation, ByteView request)
{
    Status taken = net::submitJoin(server, invitation.workspace, invitation.id(), request);
    if (!taken && taken.error().code == Errc::NotFound)
        return fail(
            Errc::Refused,
            "the server knows no open invitation like this; ask the inviter to sync, or for a new one");
    return taken;
}

/// Waits from now on in the office of this request. Where the profile waited before, or began an office of
/// its own that no server took, it was never let in and has nothing to lose.
Status waitIn(
    Office::Parts& parts, KeptJoin join, const ledger::SignedStatement& genesis, const std::string& address)
{
    if (parts.store != nullptr && parts.store->device() == join.device())
        return {};
    TEREN_CHECK(abandonFounding(parts));
    if (parts.store != nullptr) {
        parts.people.reset();
        parts.store.reset();
        TEREN_CHECK(store::WorkspaceStore::discard(parts.storeParts()));
    }
    TEREN_TRY(
        auto store,
        store::WorkspaceStore::createJoined(std::move(join.keys), genesis, address, parts.storeParts()));
    return parts.adopt(std::move(store));
}

}  // namespace

Result<std::string> Enrolment::join(const std::string& text)
{
    Office::Parts& parts = office_.parts();
    TEREN_TRY(const segment::Invitation invitation, read(text));
    TEREN_CHECK(checkMayJoin(office_));
    TEREN_TRY(const net::Address address, net::Address::parse(invitation.address));
    TEREN_TRY(
        const net::FoundGenesis genesis, net::fetchGenesis(address, invitation.workspace, invitation.server));
    TEREN_TRY(KeptJoin join, requestOn(parts, invitation));
    TEREN_CHECK(submit(genesis.server, invitation, join.request.bytes));
    std::string code = join.request.code;
    TEREN_CHECK(waitIn(parts, std::move(join), genesis.statement, invitation.address));
    if (genesis.told)
        TEREN_CHECK(parts.store->tellServer(*genesis.told));
    return code;
}

namespace {

struct WaitingJoin {
    InvitationId invitation;
    segment::JoinRequest request;
};

/// What this device waits on. Of several invitations to this office each lets the device in; those of others
/// count no more.
Result<std::vector<WaitingJoin>> waitingJoins(Office::Parts& parts)
{
    std::vector<WaitingJoin> waiting;
    if (parts.store == nullptr || wasLetIn(parts))
        return waiting;
    TEREN_TRY(const std::vector<std::string> keys, parts.settings.keysWithPrefix(kJoinPrefix));
    for (const std::string& key : keys) {
        TEREN_TRY(const std::optional<Bytes> kept, parts.settings.get(key));
        if (!kept)
            continue;
        TEREN_TRY(KeptJoin join, decode(*kept));
        if (join.device() != parts.store->device())
            continue;
        TEREN_TRY(
            const InvitationId invitation,
            InvitationId::fromHex(std::string_view(key).substr(std::string_view(kJoinPrefix).size())));
        waiting.push_back({invitation, std::move(join.request)});
    }
    return waiting;
}

}  // namespace

Result<std::string> Enrolment::waitingCode()
{
    TEREN_TRY(const std::vector<WaitingJoin> waiting, waitingJoins(office_.parts()));
    return waiting.empty() ? std::string() : waiting.front().request.code;
}

Result<bool> Enrolment::stillInvited()
{
    Office::Parts& parts = office_.parts();
    TEREN_TRY(const std::vector<WaitingJoin> waiting, waitingJoins(parts));
    if (waiting.empty())
        return true;
    const ledger::Membership& membership = parts.store->membership();
    TEREN_TRY(net::Address address, net::Address::parse(parts.store->serverAddress()));
    const net::Server server
        = net::serverWith(std::move(address), engine::serverKeysOf(*parts.store, parts.around.clock.now()));
    for (const WaitingJoin& one : waiting) {
        const Status taken
            = net::submitJoin(server, membership.workspace(), one.invitation, one.request.bytes);
        if (taken || taken.error().code == Errc::LimitExceeded)
            return true;
        if (taken.error().code != Errc::NotFound)
            return std::unexpected(taken.error());
    }
    return false;
}

}  // namespace teren::service
