// SPDX-License-Identifier: EUPL-1.2
#include "app/service/server_keys.h"

#include "app/service/office_parts.h"
#include "app/service/sync_service.h"
#include "crypto/base/hex.h"
#include "sync/net/tls.h"

#include <algorithm>

namespace teren::service {
namespace {

std::string fingerprintOf(const ledger::ServerKeyPair& keys)
{
    return toHex(net::serverFingerprint(keys.tls, keys.receipt));
}

Result<ledger::ServerOffer> offerIn(const std::string& text)
{
    Result<ledger::ServerOffer> offer = ledger::parseServerOffer(text);
    if (!offer && offer.error().code == Errc::Malformed)
        return fail(Errc::Invalid, "server keys: " + offer.error().detail);
    return offer;
}

/// As people type it: groups and capitals do not matter.
std::string plainHex(const std::string& typed)
{
    std::string plain;
    for (const char letter : typed)
        if (letter != ' ' && letter != '-' && letter != ':')
            plain += letter >= 'A' && letter <= 'F' ? static_cast<char>(letter - 'A' + 'a') : letter;
    return plain;
}

bool isConsented(const ledger::Membership& membership, const ledger::ServerOffer& offer)
{
    const ledger::ServerKeyPair& inForce = membership.serverKeys().back().keys;
    return offer.consent
        && verify(
               inForce.receipt, ledger::kConsentLabel,
               ledger::consentMessage(inForce, offer.next, offer.from), *offer.consent);
}

/// Whether this member has said so already: another one has to say it as well then.
bool isProposedBy(
    const ledger::Membership& membership, const DeviceId& self, const ledger::ServerOffer& offer)
{
    const MemberId member = membership.find(self)->member;
    return std::ranges::any_of(membership.proposedServerKeys(), [&](const auto& proposed) {
        return proposed.act.next == offer.next && proposed.act.from == offer.from && proposed.by == member;
    });
}

struct Choice {
    KeyAcceptanceReport::Came came = KeyAcceptanceReport::Came::Told;
    std::optional<ledger::Act> act;
};

Result<Choice> decideOn(
    const store::WorkspaceStore& store, const ledger::ServerOffer& offer, bool oldKeysLost)
{
    using enum KeyAcceptanceReport::Came;
    const ledger::Membership& membership = store.membership();
    if (membership.serverKeys().back().keys == offer.next)
        return Choice{Decided, {}};
    const bool wasUsed = std::ranges::any_of(
        membership.serverKeys(), [&](const auto& period) { return period.keys == offer.next; });
    if (wasUsed)
        return fail(Errc::Refused, "the server has left these keys; nothing was changed");
    const ledger::Membership::Device* self = membership.find(store.device());
    const bool decides = self != nullptr && self->isMember() && (self->rights & ledger::ManageMembers) != 0;
    if (isConsented(membership, offer)) {
        if (!decides)
            return Choice{Told, {}};
        return Choice{Decided, ledger::ServerKeys{offer.next, offer.from, offer.consent}};
    }
    if (!oldKeysLost)
        return fail(
            Errc::Refused,
            "the server's keys of now have not consented to these; nothing was changed; if they are lost, "
            "and "
            "the operator says so in person, accept with --old-keys-lost: then a second administrator has to "
            "accept them too");
    if (!decides)
        return Choice{Told, {}};
    if (isProposedBy(membership, store.device(), offer))
        return Choice{Proposed, {}};
    return Choice{Proposed, ledger::ServerKeys{offer.next, offer.from, {}}};
}

}  // namespace

Result<std::string> fingerprintOf(const std::string& text)
{
    TEREN_TRY(const ledger::ServerOffer offer, offerIn(text));
    return fingerprintOf(offer.next);
}

Result<std::vector<ServerKeysView>> serverKeys(Office& office)
{
    using enum ServerKeysView::Standing;
    Office::Parts& parts = office.parts();
    TEREN_TRY(store::WorkspaceStore * store, parts.workspace());
    const ledger::Membership& membership = store->membership();
    const auto& periods = membership.serverKeys();
    std::vector<ServerKeysView> views;
    if (const auto told = store->toldServer())
        views.push_back({fingerprintOf(*told), Told, {}, {}});
    const auto accepted = ledger::acceptedKeys(periods, parts.around.clock.now());
    for (std::size_t i = 0; i < accepted.size(); ++i) {
        ServerKeysView view{fingerprintOf(accepted[i]), i == 0 ? InForce : Ending, {}, {}};
        if (i > 0)
            view.until = periods[periods.size() - i].from + ledger::kServerKeysKept;
        views.push_back(std::move(view));
    }
    for (const auto& proposed : membership.proposedServerKeys())
        views.push_back({fingerprintOf(proposed.act.next), Proposed, {}, parts.people->nameOf(proposed.by)});
    return views;
}

Result<KeyAcceptanceReport> acceptServerKeys(Office& office, const KeyAcceptance& given)
{
    const Office::Parts& parts = office.parts();
    TEREN_TRY(store::WorkspaceStore * store, parts.workspace());
    TEREN_TRY(const ledger::ServerOffer offer, offerIn(given.text));
    const std::string typed = plainHex(given.fingerprint);
    if (typed.size() != 2 * sizeof(Hash))
        return fail(Errc::Invalid, "fingerprint: has to be the 64 hex digits that the operator reads out");
    if (typed != fingerprintOf(offer.next))
        return fail(
            Errc::Forged,
            "the keys in the text do not have this fingerprint: one of them is not the server's, or was "
            "mistyped; nothing was changed");
    TEREN_TRY(const Choice decision, decideOn(*store, offer, given.oldKeysLost));
    KeyAcceptanceReport report{decision.came, !decision.act};
    const std::size_t before = store->membership().height();
    TEREN_CHECK(store->together([&]() -> Status {
        if (store->membership().serverKeys().back().keys != offer.next)
            TEREN_CHECK(store->tellServer(offer.next));
        return decision.act ? store->queueAct(*decision.act) : Status{};
    }));
    if (!decision.act)
        return report;
    const Result<SyncReport> synced = syncOnce(office);
    const auto& membership = store->membership();
    const bool isProposed = std::ranges::any_of(
        membership.proposedServerKeys(), [&](const auto& one) { return one.act.next == offer.next; });
    report.published
        = membership.height() > before && (membership.serverKeys().back().keys == offer.next || isProposed);
    if (membership.serverKeys().back().keys == offer.next)
        report.came = KeyAcceptanceReport::Came::Decided;
    if (!synced && !report.published && synced.error().code != Errc::Unreachable)
        return std::unexpected(synced.error());
    return report;
}

}  // namespace teren::service
