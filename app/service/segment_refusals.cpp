// SPDX-License-Identifier: EUPL-1.2
#include "app/service/segment_refusals.h"

namespace teren::service {

std::string_view identifierOf(wire::SegmentRefusal code)
{
    switch (code) {
    case wire::SegmentRefusal::Malformed:
        return "malformed";
    case wire::SegmentRefusal::Forked:
        return "forked";
    case wire::SegmentRefusal::Gap:
        return "gap";
    case wire::SegmentRefusal::NotAWriter:
        return "not-a-writer";
    case wire::SegmentRefusal::StaleEpoch:
        return "stale-epoch";
    case wire::SegmentRefusal::UnknownLife:
        return "unknown-life";
    case wire::SegmentRefusal::UnknownHeight:
        return "unknown-height";
    case wire::SegmentRefusal::BadSignature:
        return "bad-signature";
    case wire::SegmentRefusal::NoRoom:
        return "no-room";
    }
    return "unknown";
}

std::uint64_t countOf(const RefusedByServer& refused)
{
    std::uint64_t count = 0;
    for (const auto& [code, segments] : refused)
        count += segments;
    return count;
}

}  // namespace teren::service
