// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/apply_parts.h"

#include "crypto/aead.h"
#include "crypto/sign/system_random.h"
#include "sync/ledger/bigendian.h"
#include "sync/merge/space_state.h"
#include "sync/segment/compression.h"
#include "sync/segment/segment_content.h"
#include "sync/segment/segment_seal.h"
#include "tests/bench/office_parts.h"

namespace teren::bench {
namespace {

constexpr int kSpaces = 100;

Change saveOf(const Dot& dot, const RecordId& record, int number)
{
    Change change;
    change.dot = dot;
    change.stamp.wall = Instant(std::chrono::milliseconds(1'790'000'000'000 + number));
    change.ops.push_back({OpKind::Insert, record, "expectation_card", toBytes(viewOf("a"))});
    for (int field = 0; field < kFieldsPerRecord; ++field) {
        const std::string name = "field_" + std::to_string(field);
        const std::string text
            = "Zapis " + std::to_string(number) + " w polu " + name + ": kilka słów o tym, co jest ważne.";
        change.ops.push_back({OpKind::Assign, record, name, toBytes(viewOf(text))});
    }
    return change;
}

struct Sealed {
    std::vector<ledger::Segment> segments;
    segment::SpaceKey key;
    VerifyKey author{};
};

/// Each case's Saves in one segment, as a device seals what it wrote since the last contact.
Sealed sealedCases(int records)
{
    SystemRandom random;
    Sealed sealed{{}, {1, {}, SecretKey::generate(random)}, {}};
    segment::Place place;
    place.membershipHeight = 1;
    const SigningKey device = SigningKey::generate(random);
    sealed.author = device.publicKey();
    const Author author{DeviceId::random(random), 1};
    for (int first = 0; first < records; first += kRecordsPerCase) {
        place.space = SpaceId::random(random);
        sealed.key.keyId = segment::keyIdOf(place.workspace, place.space, 1, sealed.key.key);
        segment::Content content;
        for (int i = 0; i < std::min(kRecordsPerCase, records - first); ++i)
            content.changes.push_back(
                saveOf({author, static_cast<std::uint64_t>(i) + 1}, RecordId::random(random), first + i));
        sealed.segments.push_back(must(segment::sealSegment(content, place, sealed.key, device, random)));
    }
    return sealed;
}

}  // namespace

Json partsOfApplying(int records, double whole)
{
    const Sealed sealed = sealedCases(records);
    std::vector<Bytes> opened;
    std::vector<Bytes> plain;
    std::vector<segment::Content> contents;
    const double verify = timed([&] {
        for (const ledger::Segment& segment : sealed.segments) {
            const ledger::SignedSegmentHeader head = must(ledger::decodeHeader(segment.head.bytes));
            must(ledger::verifyHeader(head, sealed.author));
            must(ledger::verifyBody(head, segment.body));
        }
    });
    const double open = timed([&] {
        for (const ledger::Segment& segment : sealed.segments)
            opened.push_back(must(
                teren::open(sealed.key.key, ledger::encodeAssociated(segment.head.header), segment.body)));
    });
    const double decompress = timed([&] {
        for (std::size_t i = 0; i < opened.size(); ++i) {
            ledger::Reader in(opened[i]);
            const auto size = in.number<std::uint32_t>();
            plain.push_back(must(segment::decompress(
                ByteView(opened[i]).subspan(sizeof size, size),
                sealed.segments[i].head.header.plainSizeBound)));
        }
    });
    const double decode = timed([&] {
        for (std::size_t i = 0; i < plain.size(); ++i) {
            const ledger::SegmentHeader& header = sealed.segments[i].head.header;
            contents.push_back(
                must(segment::decode(plain[i], {header.device, header.life}, header.firstSeq, header.count)));
        }
    });
    std::vector<SpaceState> spaces(contents.size());
    const double merge = timed([&] {
        for (std::size_t i = 0; i < contents.size(); ++i)
            for (Change& change : contents[i].changes)
                (void)spaces[i].apply(std::move(change));
    });
    const double changes = static_cast<double>(records) * kFieldsPerRecord;
    return {
        {"fieldChanges", changes},
        {"verifySeconds", verify},
        {"openSeconds", open},
        {"decompressSeconds", decompress},
        {"decodeSeconds", decode},
        {"mergeSeconds", merge},
        {"writeAndNetworkSeconds", std::max(0.0, whole - verify - open - decompress - decode - merge)},
        {"wholeSeconds", whole},
        {"mergedFieldChangesPerSecond", changes / merge}};
}

double mergedPerSecond(int count)
{
    SystemRandom random;
    const Author author{DeviceId::random(random), 1};
    std::vector<std::vector<Change>> received(kSpaces);
    for (int i = 0; i < count; ++i) {
        std::vector<Change>& space = received[static_cast<std::size_t>(i % kSpaces)];
        Change change;
        change.dot = {author, space.size() + 1};
        change.stamp.wall = Instant(std::chrono::milliseconds(1'790'000'000'000 + i));
        const bool isNew = space.size() % 10 == 0;
        const RecordId record = isNew ? RecordId::random(random) : space.back().ops.front().record;
        if (isNew)
            change.ops.push_back({OpKind::Insert, record, "note", toBytes(viewOf("a"))});
        change.ops.push_back(
            {OpKind::Assign, record, "text", toBytes(viewOf("Opis wizyty, " + std::to_string(i)))});
        space.push_back(std::move(change));
    }
    std::vector<SpaceState> spaces(kSpaces);
    const double seconds = timed([&] {
        for (std::size_t i = 0; i < received.size(); ++i)
            for (Change& change : received[i])
                (void)spaces[i].apply(std::move(change));
    });
    return count / seconds;
}

}  // namespace teren::bench
