// SPDX-License-Identifier: EUPL-1.2
// How an office begins: its founder's device opens a workspace on a server.
#include "app/domain/text.h"
#include "app/service/enrolment.h"
#include "app/service/field_codec.h"
#include "app/service/office_parts.h"
#include "app/service/operations.h"
#include "app/service/sync_service.h"
#include "crypto/sign/hash.h"
#include "sync/net/client_calls.h"

namespace teren::service {
namespace {

/// Writes what the membership log must not hold: the office's name and who its first member is.
Status introduceOffice(
    store::WorkspaceStore& store, Office::Parts& parts, const Enrolment::NewWorkspace& wanted,
    const MemberId& member)
{
    const RecordId record = RecordId::random(parts.around.random);
    store::SpaceOps save{
        store.workspaceSpace(),
        {insertOp(record, "workspace", {}), assignOp(record, "name", wanted.name),
         assignOp(record, "model", std::string(identifierOf(wanted.model)))}};
    for (Op& op : People::introduceMember(member, parts.personName, Role::Animator))
        save.ops.push_back(std::move(op));
    const std::string label = People::labelFor(parts.personName, 1);
    for (Op& op : People::introduceDevice(store.device(), member, label))
        save.ops.push_back(std::move(op));
    return store.save({&save, 1});
}

/// An attempt as it is kept. The token is known by its hash: it is a right, and may still be good.
FieldValues attemptOf(const Enrolment::NewWorkspace& wanted)
{
    const Hash right = Hasher()
                           .add("teren.founding.v1")
                           .add(viewOf(wanted.fingerprint))
                           .add(viewOf(wanted.token))
                           .finish();
    return {
        {"right", toHex(right)},
        {"name", wanted.name},
        {"model", std::string(identifierOf(wanted.model))},
        {"server", wanted.serverAddress}};
}

/// The attempt that was begun here and whose end this device has not seen; empty if there is none.
Result<FieldValues> pendingAttempt(Office::Parts& parts)
{
    TEREN_TRY(const std::optional<Bytes> kept, parts.settings.get(kPendingFoundingKey));
    return kept ? decodeFields(*kept) : FieldValues{};
}

/// A token opens one workspace. What may have been opened with it stays as it was asked for.
Status checkSameAttempt(const FieldValues& pending, const FieldValues& attempt)
{
    if (pending.empty() || pending.at("right") != attempt.at("right") || pending == attempt)
        return {};
    return fail(
        Errc::Refused,
        "an earlier attempt may have opened this workspace already, as '" + pending.at("name") + "' ("
            + pending.at("model") + ") at " + pending.at("server")
            + "; repeat it with exactly these, or begin afresh with a new token");
}

/// The workspace of this attempt, in the vault: the one that an earlier try has made, or a new one. Whatever
/// happens from here on, the next try sends the same bytes.
Result<std::unique_ptr<store::WorkspaceStore>> prepared(
    Office::Parts& parts, const Enrolment::NewWorkspace& wanted, const net::KnownServer& server)
{
    const FieldValues attempt = attemptOf(wanted);
    TEREN_TRY(const FieldValues pending, pendingAttempt(parts));
    if (pending == attempt) {
        TEREN_TRY(auto begun, store::WorkspaceStore::open(parts.storeParts()));
        if (begun != nullptr)
            return begun;
    }
    TEREN_CHECK(abandonFounding(parts));
    TEREN_TRY(
        store::WorkspaceStore::Founding founding,
        store::WorkspaceStore::found(server.server.tlsKey, server.receiptKey, parts.storeParts()));
    const MemberId member = founding.member;
    return store::WorkspaceStore::createFounded(
        std::move(founding), wanted.serverAddress, parts.storeParts(),
        [&](store::WorkspaceStore& made) -> Status {
            TEREN_CHECK(introduceOffice(made, parts, wanted, member));
            return parts.settings.put(kPendingFoundingKey, encodeFields(attempt));
        });
}

}  // namespace

Status abandonFounding(Office::Parts& parts)
{
    TEREN_TRY(const FieldValues pending, pendingAttempt(parts));
    if (pending.empty())
        return {};
    // In this order: a workspace that nobody remembers as pending would count as the profile's own.
    TEREN_CHECK(store::WorkspaceStore::discard(parts.storeParts()));
    return parts.settings.drop(kPendingFoundingKey);
}

Result<WorkspaceId> Enrolment::createWorkspace(const NewWorkspace& wanted)
{
    Office::Parts& parts = office_.parts();
    if (parts.store != nullptr)
        return fail(
            Errc::Refused, "this profile has a workspace already; make another profile for another office");
    NewWorkspace tidy = wanted;
    tidy.token = domain::tidyLine(wanted.token);
    tidy.serverAddress = domain::tidyLine(wanted.serverAddress);
    TEREN_TRY(tidy.name, cleanName(wanted.name));
    TEREN_TRY(const net::Address address, net::Address::parse(tidy.serverAddress));
    const auto fingerprint = Id<struct FingerprintTag, 32>::fromHex(domain::tidyLine(wanted.fingerprint));
    if (!fingerprint)
        return fail(
            Errc::Invalid, "fingerprint: not 64 hex digits as `teren-server fingerprint` prints them");
    tidy.fingerprint = fingerprint->hex();
    TEREN_TRY(const FieldValues pending, pendingAttempt(parts));
    TEREN_CHECK(checkSameAttempt(pending, attemptOf(tidy)));
    TEREN_TRY(const net::KnownServer known, net::fetchServerInfo(address, fingerprint->bytes));
    TEREN_TRY(auto store, prepared(parts, tidy, known));
    TEREN_TRY(const std::vector<ledger::SignedStatement> statements, store->statements());
    const Status created = net::createWorkspace(known.server, viewOf(tidy.token), statements);
    if (!created && created.error().code == Errc::Refused) {
        // The one answer after which the server surely holds nothing of it.
        store.reset();
        TEREN_CHECK(abandonFounding(parts));
    }
    if (!created)
        return std::unexpected(created.error());
    TEREN_CHECK(parts.settings.drop(kPendingFoundingKey));
    TEREN_CHECK(parts.adopt(std::move(store)));
    // The workspace stands on both sides; what is left is sent now or with the next sync.
    (void)syncOnce(office_);
    return parts.store->membership().workspace();
}

}  // namespace teren::service
