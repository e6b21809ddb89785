// SPDX-License-Identifier: EUPL-1.2
#include "sync/segment/applied_seal.h"

#include "crypto/base/limits.h"
#include "sync/ledger/bigendian.h"
#include "sync/ledger/proto_field.h"
#include "sync/segment/applied.pb.h"

#include <algorithm>

namespace teren::segment {
namespace {

/// The length of the content stands before it: what follows is padding, as in a segment.
constexpr std::size_t kLengthSize = 4;

std::string encoded(const Applied& applied)
{
    pb::AppliedContent out;
    out.set_life(applied.life);
    out.set_counter(applied.counter);
    out.set_stated_ms(ledger::instantField(applied.stated));
    for (const VersionVector::Entry& entry : applied.seen.entries()) {
        out.add_devices(ledger::textFrom(entry.author.device.bytes));
        out.add_lives(entry.author.life);
        out.add_seqs(entry.seq);
    }
    return out.SerializeAsString();
}

Result<Applied> decoded(ByteView content)
{
    pb::AppliedContent in;
    if (!in.ParseFromArray(content.data(), static_cast<int>(content.size())))
        return fail(Errc::Malformed, "a word about applied changes");
    if (in.lives_size() != in.devices_size() || in.seqs_size() != in.devices_size())
        return fail(Errc::Malformed, "columns of different lengths");
    Applied applied;
    applied.life = in.life();
    applied.counter = in.counter();
    if (applied.counter > limits::kSeqMax)
        return fail(Errc::Malformed, "a word of an impossible number");
    TEREN_CHECK(ledger::readInstant(in.stated_ms(), applied.stated));
    for (int i = 0; i < in.devices_size(); ++i) {
        Dot dot;
        TEREN_CHECK(ledger::readId(in.devices(i), dot.author.device));
        dot.author.life = in.lives(i);
        dot.seq = in.seqs(i);
        if (dot.seq == 0 || dot.seq > limits::kSeqMax || applied.seen.of(dot.author) != 0)
            return fail(Errc::Malformed, "an author twice, or without a change");
        applied.seen.add(dot);
    }
    return applied;
}

}  // namespace

Result<ledger::AppliedWord> sealApplied(
    const Applied& applied, const WorkspaceId& workspace, const SpaceId& space, const DeviceId& device,
    const SpaceKey& key, const SigningKey& signing, RandomSource& random)
{
    const std::string content = encoded(applied);
    ledger::Writer out;
    out.number(static_cast<std::uint32_t>(content.size())).raw(viewOf(content));
    Bytes plaintext = out.take();
    plaintext.resize(paddedSize(plaintext.size() + kSealOverhead) - kSealOverhead, 0);
    if (plaintext.size() + kSealOverhead > limits::kAppliedBoxMax)
        return fail(Errc::LimitExceeded, "too many authors for one word about what is applied");
    ledger::AppliedWord word{space, device, key.epoch, {}, {}};
    word.box = seal(key.key, ledger::appliedAssociated(word, workspace, key.keyId), plaintext, random);
    ledger::signApplied(word, workspace, signing);
    return word;
}

Result<Applied> openApplied(
    const ledger::AppliedWord& word, const WorkspaceId& workspace, const SpaceKey& key)
{
    if (word.box.size() > limits::kAppliedBoxMax)
        return fail(Errc::LimitExceeded, "a word about applied changes of too many bytes");
    TEREN_TRY(
        const Bytes plaintext,
        open(key.key, ledger::appliedAssociated(word, workspace, key.keyId), word.box));
    if (plaintext.size() < kLengthSize)
        return fail(Errc::Malformed, "a word without content");
    ledger::Reader in(plaintext);
    const auto size = in.number<std::uint32_t>();
    if (size > in.left())
        return fail(Errc::Malformed, "a word with a content longer than itself");
    const ByteView content = in.raw(size);
    if (!std::ranges::all_of(in.raw(in.left()), [](std::uint8_t byte) { return byte == 0; }))
        return fail(Errc::Malformed, "a word with something behind its content");
    return decoded(content);
}

}  // namespace teren::segment
