// SPDX-License-Identifier: EUPL-1.2
#include "sync/segment/segment_content.h"

#include "crypto/base/limits.h"
#include "sync/ledger/proto_field.h"
#include "sync/segment/content.pb.h"

#include <unordered_map>

namespace teren::segment {
namespace {

using ledger::bytesFrom;
using ledger::readArray;
using ledger::readId;
using ledger::readInstant;
using ledger::textFrom;

// ---- to bytes --------------------------------------------------------------------------------------------

struct AuthorHash {
    std::size_t operator()(const Author& author) const noexcept
    {
        return std::hash<DeviceId>{}(author.device) ^ std::hash<std::uint64_t>{}(author.life);
    }
};

/// Numbers values in the order in which they first occur.
template <typename T, typename HashOf = std::hash<T>>
class Table {
public:
    /// @param added  Called with a value that is new here.
    template <typename Added>
    std::uint32_t indexOf(const T& value, const Added& added)
    {
        const auto [entry, isNew] = indexes_.try_emplace(value, static_cast<std::uint32_t>(indexes_.size()));
        if (isNew)
            added(value);
        return entry->second;
    }

private:
    std::unordered_map<T, std::uint32_t, HashOf> indexes_;
};

class Encoder {
public:
    Bytes encode(const Content& content)
    {
        out_.set_tree_size(content.seen.size);
        out_.set_root(textFrom(content.seen.root));
        out_.set_membership_hash(textFrom(content.membershipHash));
        for (const Change& change : content.changes)
            add(change);
        return bytesFrom(out_.SerializeAsString());
    }

private:
    void add(const Change& change)
    {
        const std::uint64_t wall = ledger::instantField(change.stamp.wall);
        const bool isFirst = out_.changes().empty();
        pb::Change& out = *out_.add_changes();
        if (isFirst)
            out.set_wall_ms(wall);
        else
            out.set_wall_delta_ms(static_cast<std::int64_t>(wall - lastWall_));
        lastWall_ = wall;
        out.set_tick(change.stamp.tick);
        if (change.group)
            out.set_group(textFrom(change.group->bytes));
        for (const Dot& dot : change.context) {
            out.add_context_author(indexOf(dot.author));
            out.add_context_seq(dot.seq);
        }
        for (const Op& op : change.ops)
            add(op, out);
    }

    void add(const Op& op, pb::Change& out)
    {
        out.add_op_kind(static_cast<std::uint32_t>(op.kind));
        out.add_op_record(records_.indexOf(
            op.record, [&](const RecordId& record) { out_.add_records(textFrom(record.bytes)); }));
        out.add_op_field(fields_.indexOf(op.field, [&](const std::string& name) { out_.add_fields(name); }));
        out.add_op_value(textFrom(op.value));
    }

    std::uint32_t indexOf(const Author& author)
    {
        return authors_.indexOf(author, [&](const Author& added) {
            out_.add_devices(textFrom(added.device.bytes));
            out_.add_lives(added.life);
        });
    }

    pb::SegmentContent out_;
    Table<Author, AuthorHash> authors_;
    Table<RecordId> records_;
    Table<std::string> fields_;
    std::uint64_t lastWall_ = 0;
};

// ---- from bytes ------------------------------------------------------------------------------------------

/// Counts what the parser would allocate an object for: changes, table entries, and in each change the
/// values.
Status checkCounts(ByteView bytes)
{
    constexpr std::size_t kTablesMax = 3 * limits::kOpsPerSegmentMax + limits::kChangesPerSegmentMax;
    std::size_t fields = 0;
    std::size_t ops = 0;
    const auto countOps = [&](std::uint32_t number, ByteView) -> Status {
        if (number == pb::Change::kOpValueFieldNumber && ++ops > limits::kOpsPerSegmentMax)
            return fail(Errc::LimitExceeded, "segment of too many operations");
        return {};
    };
    return ledger::walkFields(bytes, [&](std::uint32_t number, ByteView payload) -> Status {
        if (++fields > kTablesMax)
            return fail(Errc::LimitExceeded, "segment content of too many fields");
        if (number != pb::SegmentContent::kChangesFieldNumber)
            return {};
        return ledger::walkFields(payload, countOps);
    });
}

class Decoder {
public:
    explicit Decoder(const pb::SegmentContent& in) : in_(in) {}

    Result<Content> decode(const Author& author, std::uint64_t firstSeq)
    {
        TEREN_CHECK(readTables());
        Content content;
        content.seen.size = in_.tree_size();
        TEREN_CHECK(readArray(in_.root(), content.seen.root));
        TEREN_CHECK(readArray(in_.membership_hash(), content.membershipHash));
        content.changes.reserve(static_cast<std::size_t>(in_.changes_size()));
        for (const pb::Change& change : in_.changes()) {
            const std::size_t index = content.changes.size();
            Change& out = content.changes.emplace_back();
            out.dot = {author, firstSeq + index};
            // Wraps around for a negative difference; what is no time then is refused by its size.
            wall_
                = index == 0 ? change.wall_ms() : wall_ + static_cast<std::uint64_t>(change.wall_delta_ms());
            TEREN_CHECK(read(change, out));
        }
        return content;
    }

private:
    Status readTables()
    {
        if (in_.devices_size() != in_.lives_size())
            return fail(Errc::Malformed, "authors without a life");
        for (int i = 0; i < in_.devices_size(); ++i) {
            Author& author = authors_.emplace_back();
            TEREN_CHECK(readId(in_.devices(i), author.device));
            author.life = in_.lives(i);
        }
        for (const std::string& record : in_.records())
            TEREN_CHECK(readId(record, records_.emplace_back()));
        for (const std::string& field : in_.fields())
            if (field.size() > limits::kNameMax)
                return fail(Errc::LimitExceeded, "a name of " + std::to_string(field.size()) + " bytes");
        return {};
    }

    Status read(const pb::Change& in, Change& out) const
    {
        TEREN_CHECK(readStamp(in, out));
        if (!in.group().empty())
            TEREN_CHECK(readId(in.group(), out.group.emplace()));
        TEREN_CHECK(readContext(in, out));
        return readOps(in, out);
    }

    Status readStamp(const pb::Change& in, Change& out) const
    {
        TEREN_CHECK(readInstant(wall_, out.stamp.wall));
        if (in.tick() > 0xffff)
            return fail(Errc::Malformed, "a tick that no clock has");
        out.stamp.tick = static_cast<std::uint16_t>(in.tick());
        return {};
    }

    Status readContext(const pb::Change& in, Change& out) const
    {
        if (in.context_author_size() != in.context_seq_size())
            return fail(Errc::Malformed, "context with unequal columns");
        if (static_cast<std::size_t>(in.context_author_size()) > limits::kContextMax)
            return fail(Errc::LimitExceeded, "context of too many dots");
        out.context.reserve(static_cast<std::size_t>(in.context_author_size()));
        for (int i = 0; i < in.context_author_size(); ++i) {
            const std::uint64_t seq = in.context_seq(i);
            if (in.context_author(i) >= authors_.size() || seq == 0 || seq > limits::kSeqMax)
                return fail(Errc::Malformed, "context with an impossible dot");
            out.context.push_back({authors_[in.context_author(i)], seq});
        }
        return {};
    }

    Status readOps(const pb::Change& in, Change& out) const
    {
        const int count = in.op_kind_size();
        if (in.op_record_size() != count || in.op_field_size() != count || in.op_value_size() != count)
            return fail(Errc::Malformed, "operations with unequal columns");
        if (static_cast<std::size_t>(count) > limits::kOpsPerChangeMax)
            return fail(Errc::LimitExceeded, "change of too many operations");
        out.ops.reserve(static_cast<std::size_t>(count));
        for (int i = 0; i < count; ++i) {
            const std::uint32_t kind = in.op_kind(i);
            if (kind == 0 || kind > 0xff || in.op_record(i) >= records_.size()
                || in.op_field(i) >= static_cast<std::uint32_t>(in_.fields_size()))
                return fail(Errc::Malformed, "an impossible operation");
            if (in.op_value(i).size() > limits::kValueMax)
                return fail(Errc::LimitExceeded, "a value of too many bytes");
            out.ops.push_back(
                {static_cast<OpKind>(kind), records_[in.op_record(i)],
                 in_.fields(static_cast<int>(in.op_field(i))), bytesFrom(in.op_value(i))});
        }
        return {};
    }

    const pb::SegmentContent& in_;
    std::vector<Author> authors_;
    std::vector<RecordId> records_;
    std::uint64_t wall_ = 0;
};

}  // namespace

Bytes encode(const Content& content)
{
    return Encoder().encode(content);
}

Result<Content> decode(ByteView bytes, const Author& author, std::uint64_t firstSeq, std::uint32_t count)
{
    if (bytes.size() > limits::kSegmentPlainMax || count > limits::kChangesPerSegmentMax)
        return fail(Errc::LimitExceeded, "segment content of " + std::to_string(bytes.size()) + " bytes");
    TEREN_CHECK(checkCounts(bytes));
    pb::SegmentContent message;
    if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
        return fail(Errc::Malformed, "segment content");
    if (count == 0 || static_cast<std::size_t>(message.changes_size()) != count)
        return fail(Errc::Malformed, "segment content of another number of changes than its header says");
    return Decoder(message).decode(author, firstSeq);
}

}  // namespace teren::segment
