// SPDX-License-Identifier: EUPL-1.2
#include "sync/merge/state_digest.h"

#include "tests/support/catch.h"
#include "tests/support/vector_file.h"
#include "tests/unit/merge/desk.h"

namespace teren::test {
namespace {

/// The bytes of the digest's description in state_digest.h, written down a second time.
struct Written {
    Bytes bytes;

    Written& ascii(std::string_view value)
    {
        bytes.insert(bytes.end(), value.begin(), value.end());
        return *this;
    }
    Written& raw(ByteView value)
    {
        bytes.insert(bytes.end(), value.begin(), value.end());
        return *this;
    }
    Written& number(std::uint64_t value)
    {
        for (int shift = 56; shift >= 0; shift -= 8)
            bytes.push_back(static_cast<std::uint8_t>(value >> shift));
        return *this;
    }
    Written& dot(const Dot& dot)
    {
        return raw(dot.author.device.bytes).number(dot.author.life).number(dot.seq);
    }
};

/// A visit that Anna inserted, Jan noted, and both dated; Anna deleted a second one.
SpaceState sampleSpace()
{
    const Author anna = authorOf(0x11, 0xFEDC'BA98'7654'3210);
    const Author jan = authorOf(0x22, 7);
    SpaceState state;
    state.apply(
        {{anna, 1},
         {Instant(std::chrono::milliseconds(1'775'122'200'000)), 3},
         {},
         {},
         {insertRow(recordOf(0xA0), "visit", "a0abcdeV"), write(recordOf(0xA0), "date", "2026-04-02")}});
    state.apply(
        {{jan, 1},
         {Instant(std::chrono::milliseconds(-5)), 0},
         {},
         {{anna, 1}},
         {write(recordOf(0xA0), "note", "Łąkowa 3, pies"), addTo(recordOf(0xA0), "risks", "dog")}});
    state.apply({{anna, 2}, stampAt(1), {}, {}, {write(recordOf(0xA0), "date", "2026-04-09")}});
    state.apply({{jan, 2}, stampAt(2), {}, {}, {write(recordOf(0xA0), "date", "")}});
    state.apply({{anna, 3}, stampAt(3), {}, {{jan, 1}}, {deleteRecord(recordOf(0xB0), "twice")}});
    state.voidRange({authorOf(0x33, 1), 1, 4});
    return state;
}

}  // namespace

TEST_CASE("digest: golden files", "[merge]")
{
    const std::vector<VectorFile> files = vectorsIn("digest");
    REQUIRE(files.size() == 1);
    CHECK(toHex(sampleSpace().digest()) == toHex(files.front().bytes));
}

TEST_CASE("digest: is the hash of the bytes that its description says", "[merge]")
{
    const Dot value{authorOf(1), 2};
    const Dot stone{authorOf(3, 4), 5};
    VersionVector seen;
    seen.add(value);
    Written expected;
    expected.ascii("teren.digest.v1");
    expected.ascii("V").raw(recordOf(9).bytes).number(4).ascii("note").dot(value);
    expected.number(6).number(3).number(7).number(8).raw(blake2b({text("pies")}));
    expected.ascii("T").raw(recordOf(8).bytes).dot(stone).number(10).number(11);
    expected.number(1).dot(value).raw(blake2b({text("twice")}));
    expected.ascii("A").number(1).dot(value);

    StateDigest digest;
    digest.add(recordOf(9), "note", {value, 6, OpKind::SetAdd, {stampAt(7).wall, 8}, text("pies")});
    digest.add(recordOf(8), Tombstone{stone, {stampAt(10).wall, 11}, seen, text("twice")});
    CHECK(digest.finish(seen) == blake2b({expected.bytes}));
}

TEST_CASE("digest: every part of a row counts", "[merge]")
{
    const FieldValue value{{authorOf(1), 1}, 0, OpKind::Assign, stampAt(1), text("x")};
    const auto digestOf = [](std::uint8_t record, std::string_view field, const FieldValue& row) {
        StateDigest digest;
        digest.add(recordOf(record), field, row);
        return digest.finish({});
    };
    const auto with = [&](auto spoil) {
        FieldValue other = value;
        spoil(other);
        return digestOf(1, "note", other);
    };
    std::vector<Hash> all{
        digestOf(1, "note", value),
        digestOf(2, "note", value),
        digestOf(1, "date", value),
        with([](FieldValue& v) { v.dot.seq = 2; }),
        with([](FieldValue& v) { v.dot.author.life = 2; }),
        with([](FieldValue& v) { v.index = 1; }),
        with([](FieldValue& v) { v.kind = OpKind::SetAdd; }),
        with([](FieldValue& v) { v.stamp.tick = 1; }),
        with([](FieldValue& v) { v.stamp = stampAt(2); }),
        with([](FieldValue& v) { v.value = text("y"); })};
    std::ranges::sort(all);
    CHECK(std::ranges::adjacent_find(all) == all.end());
}

}  // namespace teren::test
