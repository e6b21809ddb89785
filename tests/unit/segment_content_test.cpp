// SPDX-License-Identifier: EUPL-1.2
#include "sync/segment/segment_content.h"

#include "crypto/base/limits.h"
#include "sync/segment/content.pb.h"
#include "tests/support/catch.h"
#include "tests/support/later_fields.h"
#include "tests/support/sample_content.h"

namespace teren::segment {
namespace {

Content sample(std::uint64_t seed, std::size_t count = 3, std::size_t opsMax = 4)
{
    test::SeededRandom random(seed);
    return test::sampleContent(random, count, opsMax);
}

Result<Content> decodeAs(ByteView bytes, const Content& content)
{
    const Dot& first = content.changes.front().dot;
    return decode(bytes, first.author, first.seq, static_cast<std::uint32_t>(content.changes.size()));
}

/// The error of a content that `change` has made wrong, in the generated message.
template <typename F>
Errc errorAfter(const F& change)
{
    const Content content = sample(4);
    const Bytes bytes = encode(content);
    pb::SegmentContent message;
    REQUIRE(message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())));
    change(message);
    const std::string changed = message.SerializeAsString();
    const auto decoded = decodeAs(viewOf(changed), content);
    REQUIRE_FALSE(decoded.has_value());
    return decoded.error().code;
}

}  // namespace

TEST_CASE("segment content: read back as written")
{
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        const Content content = sample(seed, 1 + seed, 6);
        const auto decoded = decodeAs(encode(content), content);
        REQUIRE(decoded.has_value());
        REQUIRE((*decoded == content));
    }
}

TEST_CASE("segment content: fields of a later build in it and in its changes are skipped")
{
    const test::MessageFields fields("sync/segment/content.proto");
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        const Content content = sample(seed, 1 + seed, 6);
        const auto decoded = decodeAs(fields.withLater(encode(content), "SegmentContent"), content);
        REQUIRE(decoded.has_value());
        CHECK((*decoded == content));
    }
}

TEST_CASE("segment content: an operation of an unknown kind survives")
{
    Content content = sample(2);
    content.changes[1].ops.push_back({static_cast<OpKind>(200), RecordId{{7}}, "later", Bytes{1, 0xff, 0}});
    content.changes[1].ops.push_back({static_cast<OpKind>(255), RecordId{{8}}, "", {}});
    const auto decoded = decodeAs(encode(content), content);
    REQUIRE(decoded.has_value());
    CHECK((*decoded == content));
}

TEST_CASE("segment content: a clock that runs backwards survives")
{
    Content content = sample(3);
    content.changes[1].stamp.wall = Instant(std::chrono::milliseconds(5));
    content.changes[2].stamp = {Instant(std::chrono::milliseconds(253'402'300'799'999)), 0xffff};
    const auto decoded = decodeAs(encode(content), content);
    REQUIRE(decoded.has_value());
    CHECK((*decoded == content));
}

TEST_CASE("segment content: it agrees with the signed header")
{
    const Content content = sample(5);
    const Bytes bytes = encode(content);
    const Dot& first = content.changes.front().dot;
    CHECK(decode(bytes, first.author, first.seq, 2).error().code == Errc::Malformed);
    CHECK(decode(bytes, first.author, first.seq, 4).error().code == Errc::Malformed);
    CHECK(decode(bytes, first.author, first.seq, 0).error().code == Errc::Malformed);
    CHECK(decode({}, first.author, first.seq, 0).error().code == Errc::Malformed);
    const auto elsewhere = decode(bytes, {first.author.device, 1}, 70, 3);
    REQUIRE(elsewhere.has_value());
    CHECK(elsewhere->changes.back().dot == Dot{{first.author.device, 1}, 72});
}

TEST_CASE("segment content: indexes past their table, uneven columns and impossible values are refused")
{
    CHECK(errorAfter([](auto& m) { m.mutable_changes(0)->set_op_record(0, 1'000); }) == Errc::Malformed);
    CHECK(errorAfter([](auto& m) { m.mutable_changes(0)->set_op_field(0, 1'000); }) == Errc::Malformed);
    CHECK(errorAfter([](auto& m) { m.mutable_changes(0)->set_op_kind(0, 0); }) == Errc::Malformed);
    CHECK(errorAfter([](auto& m) { m.mutable_changes(0)->set_op_kind(0, 256); }) == Errc::Malformed);
    CHECK(errorAfter([](auto& m) { m.mutable_changes(0)->add_op_kind(1); }) == Errc::Malformed);
    CHECK(errorAfter([](auto& m) { m.mutable_changes(0)->add_op_record(0); }) == Errc::Malformed);
    CHECK(errorAfter([](auto& m) { m.mutable_changes(0)->add_op_field(0); }) == Errc::Malformed);
    CHECK(errorAfter([](auto& m) { m.mutable_changes(0)->add_op_value(""); }) == Errc::Malformed);
    CHECK(errorAfter([](auto& m) { m.mutable_changes(0)->add_context_author(0); }) == Errc::Malformed);
    CHECK(errorAfter([](auto& m) { m.mutable_changes(0)->add_context_seq(1); }) == Errc::Malformed);
    const auto cite = [](auto& m, std::uint32_t author, std::uint64_t seq) {
        m.mutable_changes(0)->add_context_author(author);
        m.mutable_changes(0)->add_context_seq(seq);
    };
    CHECK(errorAfter([&](auto& m) { cite(m, 1'000, 1); }) == Errc::Malformed);
    const auto citeNew = [&](auto& m, std::uint64_t seq) {
        m.add_devices(std::string(16, 'd'));
        m.add_lives(1);
        cite(m, static_cast<std::uint32_t>(m.devices_size()) - 1, seq);
    };
    CHECK(errorAfter([&](auto& m) { citeNew(m, 0); }) == Errc::Malformed);
    CHECK(errorAfter([&](auto& m) { citeNew(m, limits::kSeqMax + 1); }) == Errc::Malformed);
    CHECK(errorAfter([](auto& m) { m.add_lives(1); }) == Errc::Malformed);
    CHECK(errorAfter([](auto& m) { m.add_devices(std::string(16, 'd')); }) == Errc::Malformed);
    CHECK(errorAfter([](auto& m) { m.add_records("short"); }) == Errc::Malformed);
    CHECK(errorAfter([](auto& m) { m.mutable_changes(0)->set_group("short"); }) == Errc::Malformed);
    CHECK(errorAfter([](auto& m) { m.mutable_changes(0)->set_tick(0x10000); }) == Errc::Malformed);
    CHECK(errorAfter([](auto& m) { m.mutable_changes(0)->set_wall_ms(~0ULL); }) == Errc::Malformed);
    CHECK(
        errorAfter([](auto& m) { m.mutable_changes(1)->set_wall_delta_ms(-(1LL << 62)); })
        == Errc::Malformed);
    CHECK(errorAfter([](auto& m) { m.set_root("short"); }) == Errc::Malformed);
    CHECK(errorAfter([](auto& m) { m.set_membership_hash(""); }) == Errc::Malformed);
}

TEST_CASE("segment content: limits hold to the last value")
{
    const auto code = [](const Content& content) {
        const auto decoded = decodeAs(encode(content), content);
        return decoded ? std::optional<Errc>() : decoded.error().code;
    };
    Content content = sample(6, 1, 1);
    content.changes[0].ops[0].value.resize(limits::kValueMax);
    CHECK_FALSE(code(content));
    content.changes[0].ops[0].value.resize(limits::kValueMax + 1);
    CHECK(code(content) == Errc::LimitExceeded);

    content = sample(6, 1, 1);
    content.changes[0].ops[0].field = std::string(limits::kNameMax, 'f');
    CHECK_FALSE(code(content));
    content.changes[0].ops[0].field += 'f';
    CHECK(code(content) == Errc::LimitExceeded);

    content = sample(6, 1, 1);
    const Dot dot{{DeviceId{{9}}, 1}, limits::kSeqMax};
    content.changes[0].context.assign(limits::kContextMax, dot);
    CHECK_FALSE(code(content));
    content.changes[0].context.push_back(dot);
    CHECK(code(content) == Errc::LimitExceeded);

    content = sample(6, 1, 1);
    const Op op = content.changes[0].ops[0];
    content.changes[0].ops.assign(limits::kOpsPerChangeMax, op);
    CHECK_FALSE(code(content));
    content.changes[0].ops.push_back(op);
    CHECK(code(content) == Errc::LimitExceeded);
}

TEST_CASE("segment content: too much for a segment is refused before it is built")
{
    Content content = sample(7, 1, 1);
    content.changes[0].ops.assign(limits::kOpsPerChangeMax, content.changes[0].ops[0]);
    while (content.changes.size() * limits::kOpsPerChangeMax <= limits::kOpsPerSegmentMax) {
        content.changes.push_back(content.changes.back());
        content.changes.back().dot.seq++;
    }
    CHECK(decodeAs(encode(content), content).error().code == Errc::LimitExceeded);

    content = sample(7, 1, 1);
    Bytes flood;
    for (std::size_t i = 0; i <= 3 * limits::kOpsPerSegmentMax + limits::kChangesPerSegmentMax; ++i) {
        flood.push_back(8 << 3 | 2);
        flood.push_back(0);
    }
    CHECK(decodeAs(flood, content).error().code == Errc::LimitExceeded);
    CHECK(decode(Bytes(limits::kSegmentPlainMax + 1), {}, 1, 1).error().code == Errc::LimitExceeded);
    CHECK(decode({}, {}, 1, limits::kChangesPerSegmentMax + 1).error().code == Errc::LimitExceeded);
}

}  // namespace teren::segment
