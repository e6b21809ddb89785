// SPDX-License-Identifier: EUPL-1.2
#include "sync/ledger/server_keys.h"

#include "crypto/base/base32.h"
#include "crypto/sign/hash.h"
#include "sync/ledger/bigendian.h"
#include "sync/ledger/proto_field.h"

#include <algorithm>

namespace teren::ledger {
namespace {

constexpr std::string_view kPrefix = "TERENS1";
constexpr std::uint8_t kOfferVersion = 1;
constexpr std::size_t kGroupSize = 5;
constexpr std::size_t kChecksumSize = 4;
constexpr std::size_t kUnsignedSize = 1 + 32 + 32 + 8;
constexpr std::size_t kSignatureSize = std::tuple_size_v<Signature>;

}  // namespace

Bytes consentMessage(const ServerKeyPair& inForce, const ServerKeyPair& next, Instant from)
{
    Writer out;
    out.raw(inForce.tls).raw(inForce.receipt).raw(next.tls).raw(next.receipt);
    return out.number(instantField(from)).take();
}

std::string toText(const ServerOffer& offer)
{
    Writer out;
    out.number(kOfferVersion).raw(offer.next.tls).raw(offer.next.receipt).number(instantField(offer.from));
    if (offer.consent)
        out.raw(*offer.consent);
    Bytes bytes = out.take();
    const Hash hash = blake2b({bytes});
    bytes.insert(bytes.end(), hash.begin(), hash.begin() + kChecksumSize);

    std::string text(kPrefix);
    const std::string characters = toBase32(bytes);
    for (std::size_t i = 0; i < characters.size(); i += kGroupSize)
        text += "-" + characters.substr(i, kGroupSize);
    return text;
}

Result<ServerOffer> parseServerOffer(std::string_view text)
{
    const std::string normal = normalizeBase32(text);
    const std::string prefix = normalizeBase32(kPrefix);
    if (!normal.starts_with(prefix))
        return fail(Errc::Malformed, "a server's keys begin with TERENS1");
    TEREN_TRY(const Bytes bytes, fromBase32(std::string_view(normal).substr(prefix.size())));
    const bool isWhole = bytes.size() == kUnsignedSize + kChecksumSize
        || bytes.size() == kUnsignedSize + kSignatureSize + kChecksumSize;
    if (!isWhole)
        return fail(Errc::Malformed, "the server's keys are incomplete or too long: was all of it copied?");
    const ByteView body = ByteView(bytes).first(bytes.size() - kChecksumSize);
    const Hash hash = blake2b({body});
    if (!std::ranges::equal(ByteView(hash).first(kChecksumSize), ByteView(bytes).last(kChecksumSize)))
        return fail(Errc::Malformed, "the server's keys have a typing error");
    Reader in(body);
    if (in.number<std::uint8_t>() != kOfferVersion)
        return fail(Errc::TooNew, "the server's keys were written by a later version");
    ServerOffer offer;
    std::ranges::copy(in.raw(offer.next.tls.size()), offer.next.tls.begin());
    std::ranges::copy(in.raw(offer.next.receipt.size()), offer.next.receipt.begin());
    TEREN_CHECK(readInstant(in.number<std::uint64_t>(), offer.from));
    if (in.left() > 0)
        std::ranges::copy(in.raw(kSignatureSize), offer.consent.emplace().begin());
    return offer;
}

std::vector<ServerKeyPair> acceptedKeys(std::span<const ServerKeyPeriod> periods, Instant now)
{
    std::vector<ServerKeyPair> keys;
    for (std::size_t i = periods.size(); i > 0; --i) {
        if (i < periods.size() && now >= periods[i].from + kServerKeysKept)
            break;  // What came before these ended earlier still.
        keys.push_back(periods[i - 1].keys);
    }
    return keys;
}

Result<Head> openHead(const SignedHead& signedHead, std::span<const ServerKeyPair> keys)
{
    for (const ServerKeyPair& pair : keys) {
        Result<Head> head = openHead(signedHead, pair.receipt);
        if (head || head.error().code != Errc::Forged)
            return head;
    }
    return fail(Errc::Forged, "head is not signed by a receipt key of the server that counts");
}

Result<Head> openKeptHead(const SignedHead& signedHead, std::span<const ServerKeyPeriod> periods)
{
    for (std::size_t i = periods.size(); i > 0; --i) {
        Result<Head> head = openHead(signedHead, periods[i - 1].keys.receipt);
        if (!head && head.error().code == Errc::Forged)
            continue;
        if (head && i < periods.size() && head->time >= periods[i].from + kServerKeysKept)
            break;
        return head;
    }
    return fail(Errc::Forged, "head is not signed by a receipt key that counted at its time");
}

}  // namespace teren::ledger
