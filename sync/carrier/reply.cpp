// SPDX-License-Identifier: EUPL-1.2
#include "sync/carrier/reply.h"

#include "crypto/sign/hash.h"
#include "sync/wire/frame.h"

#include <algorithm>

namespace teren::carrier {

Result<std::vector<wire::ToClient>> openReply(const Reply& reply, std::span<const ledger::ServerKeyPair> keys)
{
    std::vector<wire::ToClient> messages;
    Hasher sent;
    for (const Bytes& bytes : reply.messages) {
        TEREN_TRY(wire::ToClient message, wire::decodeToClient(bytes));
        const auto* seal = std::get_if<wire::ReplySeal>(&message);
        if (seal == nullptr) {
            TEREN_TRY(const Bytes framed, wire::frame(bytes));
            sent.add(framed);
            messages.push_back(std::move(message));
            continue;
        }
        if (&bytes != &reply.messages.back())
            return fail(Errc::Malformed, "a reply that goes on behind its seal");
        Bytes text = toBytes(reply.ticket.id());
        const Hash hash = sent.finish();
        text.insert(text.end(), hash.begin(), hash.end());
        const bool isSealed = std::ranges::any_of(keys, [&](const ledger::ServerKeyPair& pair) {
            return verify(pair.receipt, "teren.reply.v1", text, seal->signature);
        });
        if (!isSealed)
            return fail(Errc::Forged, "the reply is not what the server gave to the one who carried it");
        return messages;
    }
    return fail(Errc::Forged, "a reply that the server has not sealed");
}

}  // namespace teren::carrier
