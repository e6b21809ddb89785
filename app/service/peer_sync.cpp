// SPDX-License-Identifier: EUPL-1.2
#include "app/service/peer_sync.h"

#include "app/platform/network_addresses.h"
#include "app/service/carrying.h"
#include "app/service/office_parts.h"
#include "crypto/base/base32.h"
#include "sync/net/peer_line.h"

#include <algorithm>

namespace teren::service {
namespace {

constexpr std::size_t kCodeBytes = 5;
/// Long enough for two clocks that differ; nobody can present it (see `bundleFor`).
constexpr std::chrono::hours kPeerTicketLife{24};

std::string shown(ByteView code)
{
    const std::string text = toBase32(code);
    return text.substr(0, text.size() / 2) + "-" + text.substr(text.size() / 2);
}

/// Where a colleague can call. "All addresses" is none that anybody could type.
std::string callable(const net::Address& bound)
{
    if (bound.host != "0.0.0.0" && bound.host != "::")
        return bound.text();
    std::string text;
    for (const std::string& host : platform::networkAddresses()) {
        const bool isHeard = bound.host == "::" || host.find(':') == std::string::npos;
        if (isHeard)
            text += (text.empty() ? "" : " or ") + net::Address{host, bound.port}.text();
    }
    return text.empty() ? bound.text() : text;
}

/// One side of an exchange, made when it begins.
class Exchange {
public:
    static Result<Exchange> begin(Office& office, Bytes code)
    {
        TEREN_TRY(store::WorkspaceStore * store, office.parts().workspace());
        if (!store->isMember())
            return fail(Errc::Refused, "this device is not a member of the office yet");
        Exchange exchange(office, *store, std::move(code));
        const Instant now = office.parts().around.clock.now();
        TEREN_TRY(*exchange.all_, bundleOf(*store, now, kPeerTicketLife, true));
        return exchange;
    }

    net::PeerParty party()
    {
        net::PeerParty party;
        party.workspace = store_->membership().workspace();
        party.device = store_->device();
        party.code = code_;
        party.sign
            = [this](ByteView message) { return store_->keys().signing.sign("teren.peer.v1", message); };
        party.memberKey = [this](const DeviceId& device) -> std::optional<VerifyKey> {
            const ledger::Membership::Device* member = store_->membership().find(device);
            if (member == nullptr || !member->isMember())
                return std::nullopt;
            return member->statement.signKey;
        };
        party.haveFor = [this](const DeviceId& peer) { return offerTo(peer, *all_, store_->membership()); };
        party.bundleFor
            = [this](const DeviceId& peer, const std::set<Hash>& has) { return fileFor(peer, has); };
        return party;
    }

    Result<PeerReport> conclude(const Result<net::PeerBundle>& met)
    {
        if (!met)
            return std::unexpected(met.error());
        Office::Parts& of = office_->parts();
        TEREN_TRY(carrier::Bundle bundle, carrier::decodeBundle(met->file));
        TEREN_TRY(
            carrier::Verified verified,
            carrier::verifyBundle(std::move(bundle), store_->membership(), of.around.clock.now()));
        if (verified.ticket.device != met->peer)
            return fail(Errc::Forged, "the colleague's device sent another one's ticket");
        PeerReport report;
        report.delivered = met->delivered;
        report.sent = report.delivered ? *sent_ : 0;
        TEREN_CHECK(applyVerified(*store_, std::move(verified), report.taken));
        TEREN_CHECK(of.received());
        TEREN_TRY(const auto conflicts, store_->conflictCounts());
        for (const auto& [space, count] : conflicts)
            report.taken.conflicts += count;
        return report;
    }

private:
    Exchange(Office& office, store::WorkspaceStore& store, Bytes code)
        : office_(&office),
          store_(&store),
          code_(std::move(code)),
          all_(std::make_shared<carrier::Bundle>()),
          sent_(std::make_shared<std::uint64_t>(0))
    {
    }

    Result<Bytes> fileFor(const DeviceId& peer, const std::set<Hash>& has)
    {
        TEREN_TRY(
            const carrier::Bundle bundle,
            bundleFor(peer, has, *all_, *store_, office_->parts().around.random));
        *sent_ = bundle.segments.size();
        return carrier::encode(bundle);
    }

    Office* office_;
    store::WorkspaceStore* store_;
    Bytes code_;
    std::shared_ptr<carrier::Bundle> all_;
    std::shared_ptr<std::uint64_t> sent_;
};

}  // namespace

Result<PeerReport> listenForColleague(
    Office& office, const std::string& address,
    const std::function<void(const std::string& address, const std::string& code)>& told,
    const std::function<bool()>& stop)
{
    TEREN_TRY(const net::Address at, net::Address::parse(address));
    Bytes code(kCodeBytes);
    RandomSource& random = office.parts().around.random;
    random.fill(code);
    TEREN_TRY(Exchange exchange, Exchange::begin(office, code));
    const net::PeerParty party = exchange.party();
    return exchange.conclude(net::listenForPeer(
        at, party, random, [&](const net::Address& bound) { told(callable(bound), shown(code)); }, stop));
}

namespace {

Result<Bytes> codeFrom(const std::string& typed)
{
    const Result<Bytes> code = fromBase32(typed);
    if (!code || code->size() != kCodeBytes)
        return fail(Errc::Invalid, "code: eight letters and digits, as the other device shows them");
    return *code;
}

}  // namespace

Result<PeerReport> syncWithColleague(Office& office, const std::string& address, const std::string& code)
{
    TEREN_TRY(const net::Address at, net::Address::parse(address));
    TEREN_TRY(Bytes typed, codeFrom(code));
    TEREN_TRY(Exchange exchange, Exchange::begin(office, std::move(typed)));
    const net::PeerParty party = exchange.party();
    return exchange.conclude(net::callPeer(at, party));
}

struct PeerMeeting::Parts {
    Exchange exchange;
    RandomSource& random;
    net::PeerParty own{};  ///< Its functions are for where the profile is.
    Result<net::PeerBundle> met = fail(Errc::Unreachable, "nobody was met");

    /// For any other thread.
    net::PeerParty elsewhere(const AtProfile& at) const
    {
        net::PeerParty party = own;
        party.sign = [this, at](ByteView message) {
            Signature signature{};
            (void)at([&] { signature = own.sign(message); });
            return signature;
        };
        party.memberKey = [this, at](const DeviceId& device) {
            std::optional<VerifyKey> key;
            (void)at([&] { key = own.memberKey(device); });
            return key;
        };
        party.haveFor = [this, at](const DeviceId& peer) {
            std::vector<Hash> have;
            (void)at([&] { have = own.haveFor(peer); });
            return have;
        };
        party.bundleFor = [this, at](const DeviceId& peer, const std::set<Hash>& has) {
            Result<Bytes> bundle = fail(Errc::Unreachable, "it was ended");
            (void)at([&] { bundle = own.bundleFor(peer, has); });
            return bundle;
        };
        return party;
    }
};

PeerMeeting::PeerMeeting(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

PeerMeeting::~PeerMeeting() = default;

Result<std::unique_ptr<PeerMeeting>> PeerMeeting::begin(Office& office, const std::string& code)
{
    RandomSource& random = office.parts().around.random;
    Bytes agreed(kCodeBytes);
    if (code.empty()) {
        random.fill(agreed);
    } else {
        TEREN_TRY(agreed, codeFrom(code));
    }
    TEREN_TRY(Exchange exchange, Exchange::begin(office, std::move(agreed)));
    auto parts = std::make_unique<Parts>(std::move(exchange), random);
    parts->own = parts->exchange.party();
    return std::unique_ptr<PeerMeeting>(new PeerMeeting(std::move(parts)));
}

void PeerMeeting::listen(
    const std::string& address,
    const std::function<void(const std::string& address, const std::string& code)>& told,
    const std::function<bool()>& stop, const AtProfile& at)
{
    const Result<net::Address> here = net::Address::parse(address);
    if (!here) {
        parts_->met = std::unexpected(here.error());
        return;
    }
    const std::string code = shown(parts_->own.code);
    parts_->met = net::listenForPeer(
        *here, parts_->elsewhere(at), parts_->random,
        [&](const net::Address& bound) { told(callable(bound), code); }, stop);
}

void PeerMeeting::call(const std::string& address, const AtProfile& at)
{
    const Result<net::Address> there = net::Address::parse(address);
    if (there)
        parts_->met = net::callPeer(*there, parts_->elsewhere(at));
    else
        parts_->met = std::unexpected(there.error());
}

Result<PeerReport> PeerMeeting::conclude()
{
    return parts_->exchange.conclude(parts_->met);
}

}  // namespace teren::service
