// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/sign/hash.h"
#include "sync/segment/segment_seal.h"
#include "tests/support/seeded.h"

namespace teren::test {

/// What an office might write in a case: notes, scale marks, a card, told with invented people.
inline std::string sampleSentence(SeededRandom& random)
{
    static constexpr std::array kWords{"rodzina", "mieszka",   "w",        "Zalesiu",   "od",       "wiosny",
                                       "matka",   "pracuje",   "dorywczo", "dzieci",    "chodzą",   "do",
                                       "szkoły",  "potrzebne", "wsparcie", "asystenta", "umówiono", "kolejną",
                                       "wizytę",  "na",        "czwartek"};
    std::string text;
    for (std::uint64_t words = 1 + random.below(6); words > 0; --words)
        text += (text.empty() ? "" : " ") + std::string(kWords[random.below(kWords.size())]);
    return text;
}

/// `count` changes of one author, each of up to `opsMax` operations on a few records.
inline segment::Content sampleContent(SeededRandom& random, std::size_t count, std::size_t opsMax)
{
    static constexpr std::array kFields{
        "note.text", "contact.summary", "scale_mark.value", "expectation_card.situation", "goal.title"};
    segment::Content content;
    content.seen = {random.below(100'000), {}};
    random.fill(content.seen.root);
    random.fill(content.membershipHash);
    const Author author{DeviceId::random(random), random.below(1ULL << 60)};
    const Author other{DeviceId::random(random), random.below(1ULL << 60)};
    const std::uint64_t firstSeq = 1 + random.below(1'000);
    Instant wall = ManualClock().now();
    for (std::size_t i = 0; i < count; ++i) {
        Change change;
        change.dot = {author, firstSeq + i};
        wall += std::chrono::milliseconds(random.below(60'000));
        change.stamp
            = {wall - std::chrono::seconds(random.below(5)), static_cast<std::uint16_t>(random.below(4))};
        if (random.chance(20))
            change.group = GroupId::random(random);
        if (random.chance(30))
            change.context.push_back({other, 1 + random.below(50)});
        const RecordId record = RecordId::random(random);
        for (std::uint64_t ops = 1 + random.below(opsMax); ops > 0; --ops)
            change.ops.push_back(
                {static_cast<OpKind>(1 + random.below(5)), record, kFields[random.below(kFields.size())],
                 toBytes(viewOf(sampleSentence(random)))});
        content.changes.push_back(std::move(change));
    }
    return content;
}

/// A space's key and the place of a segment under it, from one seed.
struct SampleSpace {
    segment::Place place;
    segment::SpaceKey key;
    SigningKey device;

    static SampleSpace make(SeededRandom& random)
    {
        segment::Place place;
        place.workspace = WorkspaceId::random(random);
        place.space = SpaceId::random(random);
        place.membershipHeight = 17;
        random.fill(place.previous);
        SecretKey secret = SecretKey::generate(random);
        const Hash keyId = segment::keyIdOf(place.workspace, place.space, 2, secret);
        return {place, {2, keyId, std::move(secret)}, SigningKey::generate(random)};
    }
    Result<ledger::Segment> seal(const segment::Content& content, RandomSource& random) const
    {
        return sealSegment(content, place, key, device, random);
    }
};

}  // namespace teren::test
