// SPDX-License-Identifier: EUPL-1.2
#include "sync/carrier/bundle.h"

#include "crypto/base/limits.h"
#include "crypto/sign/hash.h"
#include "sync/ledger/bigendian.h"
#include "sync/wire/frame.h"

#include <algorithm>
#include <functional>

namespace teren::carrier {
namespace {

constexpr std::string_view kMagic = "TERENBDL";
constexpr std::string_view kLabel = "teren.bundle.v1";
constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kHeadSize = kMagic.size() + 2;
constexpr std::size_t kEndSize = wire::kFrameHeaderSize + sizeof(Hash);
/// Statements in one message.
constexpr std::size_t kStatementsBytes = std::size_t{256} << 10;

Hash hashOf(ByteView before)
{
    return Hasher().add(kLabel).add(before).finish();
}

class FileWriter {
public:
    FileWriter(FileKind kind, const SignedTicket& ticket)
    {
        const ByteView magic = viewOf(kMagic);
        bytes_.assign(magic.begin(), magic.end());
        bytes_.push_back(kVersion);
        bytes_.push_back(static_cast<std::uint8_t>(kind));
        // A ticket is far from the limit of a message.
        (void)add(encode(ticket));
    }
    Status add(ByteView message)
    {
        TEREN_TRY(const Bytes framed, wire::frame(message));
        if (bytes_.size() + framed.size() + kEndSize > limits::kBundleMax)
            return fail(Errc::LimitExceeded, "a bundle larger than one can be");
        if (++count_ > limits::kBundleMessagesMax)
            return fail(Errc::LimitExceeded, "a bundle of more messages than one can hold");
        bytes_.insert(bytes_.end(), framed.begin(), framed.end());
        return {};
    }
    Bytes take()
    {
        bytes_.insert(bytes_.end(), wire::kFrameHeaderSize, 0);
        const Hash hash = hashOf(bytes_);
        bytes_.insert(bytes_.end(), hash.begin(), hash.end());
        return std::move(bytes_);
    }

private:
    Bytes bytes_;
    std::size_t count_ = 0;
};

/// Calls `visit` with each message behind the ticket, which it returns. The file has been checked.
Result<SignedTicket> readMessages(
    ByteView file, FileKind kind, const std::function<Status(ByteView message)>& visit)
{
    TEREN_TRY(const FileKind found, checkFile(file));
    if (found != kind)
        return fail(Errc::Malformed, "another kind of file than it should be");
    std::optional<SignedTicket> ticket;
    ByteView rest = file.subspan(kHeadSize, file.size() - kHeadSize - kEndSize);
    for (std::size_t count = 0; !rest.empty(); ++count) {
        if (rest.size() < wire::kFrameHeaderSize || count > limits::kBundleMessagesMax)
            return fail(Errc::Malformed, "a file that does not end where it should");
        TEREN_TRY(const std::uint32_t size, wire::decodeFrameSize(rest.first<wire::kFrameHeaderSize>()));
        rest = rest.subspan(wire::kFrameHeaderSize);
        if (size > rest.size())
            return fail(Errc::Malformed, "a message longer than its file");
        if (!ticket) {
            TEREN_TRY(ticket, decodeSignedTicket(rest.first(size)));
        } else {
            TEREN_CHECK(visit(rest.first(size)));
        }
        rest = rest.subspan(size);
    }
    if (!ticket)
        return fail(Errc::Malformed, "a file without a ticket");
    return *ticket;
}

/// Puts the messages of a bundle together again.
class BundleReader {
public:
    explicit BundleReader(Bundle& bundle) : bundle_(bundle) {}

    Status take(ByteView bytes)
    {
        TEREN_TRY(wire::ToServer message, wire::decodeToServer(bytes));
        if (auto* statements = std::get_if<wire::SubmitStatements>(&message)) {
            std::ranges::move(statements->statements, std::back_inserter(bundle_.statements));
            return {};
        }
        auto* part = std::get_if<wire::PutSegment>(&message);
        return part == nullptr ? fail(Errc::Malformed, "a message that has no place in a bundle")
                               : add(*part);
    }
    Status finish() const
    {
        return open_ ? fail(Errc::Malformed, "a bundle that ends inside a segment") : Status{};
    }

private:
    Status add(const wire::PutSegment& part)
    {
        if (!open_) {
            TEREN_TRY(ledger::SignedSegmentHeader head, ledger::decodeHeader(part.header));
            bundle_.segments.push_back({std::move(head), {}});
        }
        ledger::Segment& segment = bundle_.segments.back();
        const ledger::SegmentHeader& header = segment.head.header;
        if (part.header != segment.head.bytes || part.offset != segment.body.size()
            || part.data.size() > header.bodySize - segment.body.size())
            return fail(Errc::Malformed, "a segment that does not fit together");
        segment.body.insert(segment.body.end(), part.data.begin(), part.data.end());
        open_ = segment.body.size() < header.bodySize;
        return {};
    }

    Bundle& bundle_;
    bool open_ = false;
};

Status addStatements(FileWriter& file, const std::vector<ledger::SignedStatement>& statements)
{
    wire::SubmitStatements message;
    std::size_t bytes = 0;
    for (const ledger::SignedStatement& statement : statements) {
        const bool isFull = message.statements.size() == limits::kStatementsPerSubmitMax
            || bytes + statement.body.size() > kStatementsBytes;
        if (isFull && !message.statements.empty()) {
            TEREN_CHECK(file.add(wire::encode(wire::ToServer(std::exchange(message, {})))));
            bytes = 0;
        }
        bytes += statement.body.size();
        message.statements.push_back(statement);
    }
    return message.statements.empty() ? Status{} : file.add(wire::encode(wire::ToServer(std::move(message))));
}

}  // namespace

std::size_t sizeInFile(const ledger::Segment& segment)
{
    constexpr std::size_t kAround = 32;
    const std::size_t parts = segment.body.size() / limits::kChunkMax + 1;
    return parts * (ledger::SignedSegmentHeader::kSize + kAround) + segment.body.size();
}

std::vector<wire::PutSegment> asMessages(const ledger::Segment& segment)
{
    std::vector<wire::PutSegment> messages;
    std::size_t offset = 0;
    do {
        const std::size_t size = std::min(limits::kChunkMax, segment.body.size() - offset);
        messages.push_back(
            {segment.head.bytes, static_cast<std::uint32_t>(offset),
             toBytes(ByteView(segment.body).subspan(offset, size))});
        offset += size;
    } while (offset < segment.body.size());
    return messages;
}

Result<Bytes> encode(const Bundle& bundle)
{
    FileWriter file(FileKind::Bundle, bundle.ticket);
    TEREN_CHECK(addStatements(file, bundle.statements));
    for (const ledger::Segment& segment : bundle.segments)
        for (wire::PutSegment& part : asMessages(segment))
            TEREN_CHECK(file.add(wire::encode(wire::ToServer(std::move(part)))));
    return file.take();
}

Result<Bytes> encode(const Reply& reply)
{
    FileWriter file(FileKind::Reply, reply.ticket);
    for (const Bytes& message : reply.messages)
        TEREN_CHECK(file.add(message));
    return file.take();
}

Result<FileKind> checkFile(ByteView file)
{
    if (file.size() > limits::kBundleMax)
        return fail(Errc::LimitExceeded, "a file larger than a bundle can be");
    if (file.size() < kHeadSize || textOf(file.first(kMagic.size())) != kMagic)
        return fail(Errc::Malformed, "this file is not a bundle");
    if (file[kMagic.size()] > kVersion)
        return fail(Errc::TooNew, "a bundle of a later version");
    const Errc damaged = Errc::Damaged;
    if (file.size() < kHeadSize + kEndSize)
        return fail(damaged, "the bundle was cut off; copy it again");
    const std::size_t end = file.size() - sizeof(Hash);
    const Hash hash = hashOf(file.first(end));
    if (!std::ranges::equal(file.subspan(end), hash))
        return fail(damaged, "the bundle was cut off or altered on its way; copy it again");
    const ByteView last = file.subspan(end - wire::kFrameHeaderSize, wire::kFrameHeaderSize);
    const std::uint8_t kind = file[kMagic.size() + 1];
    if (std::ranges::any_of(last, [](std::uint8_t byte) { return byte != 0; }) || file[kMagic.size()] == 0
        || (kind != 1 && kind != 2))
        return fail(Errc::Malformed, "this file is not a bundle as this version makes it");
    return static_cast<FileKind>(kind);
}

Result<Bundle> decodeBundle(ByteView file)
{
    Bundle bundle;
    BundleReader reader(bundle);
    TEREN_TRY(bundle.ticket, readMessages(file, FileKind::Bundle, [&](ByteView message) {
                  return reader.take(message);
              }));
    TEREN_CHECK(reader.finish());
    return bundle;
}

Result<Reply> decodeReply(ByteView file)
{
    Reply reply;
    TEREN_TRY(reply.ticket, readMessages(file, FileKind::Reply, [&](ByteView bytes) -> Status {
                  TEREN_CHECK(wire::decodeToClient(bytes));
                  reply.messages.push_back(toBytes(bytes));
                  return {};
              }));
    return reply;
}

std::unexpected<Error> wrongFile(const Error& error)
{
    if (error.code != Errc::Malformed && error.code != Errc::Forged && error.code != Errc::LimitExceeded)
        return std::unexpected(error);
    return fail(
        error.code == Errc::LimitExceeded ? Errc::Malformed : error.code,
        "this file is not what it claims to be, or was damaged or altered on its way: nothing of it was "
        "taken in. Copy it again, or have a new one made ("
            + error.detail + ")");
}

}  // namespace teren::carrier
