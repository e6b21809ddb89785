// SPDX-License-Identifier: EUPL-1.2
#include "sync/carrier/verify.h"

namespace teren::carrier {

Status verifySegment(const ledger::Segment& segment, const ledger::Membership& membership)
{
    const ledger::SegmentHeader& header = segment.head.header;
    if (header.workspace != membership.workspace())
        return fail(Errc::Forged, "a segment of another workspace");
    const ledger::Membership::Device* author = membership.find(header.device);
    if (author == nullptr)
        return fail(Errc::Forged, "a segment by a device that was never admitted");
    TEREN_CHECK(ledger::verifyHeader(segment.head, author->statement.signKey));
    return ledger::verifyBody(segment.head, segment.body);
}

Result<std::vector<ledger::SignedStatement>> newerStatements(
    std::vector<ledger::SignedStatement> others, ledger::Membership& known)
{
    std::vector<ledger::SignedStatement> newer;
    for (ledger::SignedStatement& signedStatement : others) {
        TEREN_TRY(const ledger::Statement statement, ledger::decodeStatement(signedStatement));
        if (statement.height == 0)
            return fail(Errc::Forged, "a membership statement without a height");
        if (statement.height <= known.height()) {
            if (known.hashAt(statement.height) != signedStatement.hash())
                return fail(
                    Errc::Forged,
                    "it holds another members' log than this device has: where the server was put back to an "
                    "older "
                    "state, that ends once both devices have synced; if it stays, tell the administrator");
            // The hash names body and signer, and not the signature.
            const ledger::Membership::Device* signer = known.find(signedStatement.device);
            if (signer == nullptr)
                return fail(Errc::Forged, "a membership statement by a device that was never admitted");
            TEREN_CHECK(ledger::verifyStatement(signedStatement, signer->statement.signKey));
            continue;
        }
        TEREN_CHECK(known.apply(signedStatement));
        newer.push_back(std::move(signedStatement));
    }
    return newer;
}

Result<Verified> verifyBundle(Bundle bundle, const ledger::Membership& known, Instant now)
{
    Verified verified;
    TEREN_TRY(verified.ticket, decodeTicket(bundle.ticket));
    TEREN_TRY(verified.position, wire::decodePosition(verified.ticket.position));
    if (verified.ticket.workspace != known.workspace())
        return fail(Errc::Refused, "the bundle is of another office than this profile");
    verified.membership = known;
    TEREN_TRY(verified.newer, newerStatements(std::move(bundle.statements), verified.membership));
    const ledger::Membership::Device* maker = verified.membership.find(verified.ticket.device);
    if (maker == nullptr || !maker->isMember())
        return fail(Errc::Refused, "the bundle was made by a device that is not, or no longer, a member");
    TEREN_CHECK(checkTicket(bundle.ticket, maker->statement.signKey, now));
    for (const ledger::Segment& segment : bundle.segments)
        TEREN_CHECK(verifySegment(segment, verified.membership));
    verified.segments = std::move(bundle.segments);
    return verified;
}

}  // namespace teren::carrier
