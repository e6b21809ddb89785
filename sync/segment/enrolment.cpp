// SPDX-License-Identifier: EUPL-1.2
#include "sync/segment/enrolment.h"

#include "crypto/aead.h"
#include "crypto/base/base32.h"
#include "crypto/base/limits.h"
#include "crypto/base/utf8.h"
#include "crypto/sign/hash.h"
#include "sync/ledger/bigendian.h"
#include "sync/segment/segment_seal.h"

#include <algorithm>

namespace teren::segment {
namespace {

using ledger::Reader;
using ledger::Writer;

constexpr std::string_view kPrefix = "TEREN1";
constexpr std::uint8_t kInvitationVersion = 1;
constexpr std::uint8_t kInvitationWithServer = 2;
constexpr std::uint8_t kRequestVersion = 1;
constexpr std::size_t kChecksumSize = 4;
constexpr std::size_t kGroupSize = 5;
constexpr std::size_t kCodeSize = 10;
constexpr std::size_t kMacSize = 32;
constexpr std::size_t kFixedSize
    = 1 + WorkspaceId::kSize + std::tuple_size_v<InvitationSecret> + kChecksumSize;

ByteView checksumOf(const Hash& hash)
{
    return ByteView(hash).first(kChecksumSize);
}

/// A key for one purpose of the invitation's secret.
SecretKey deriveKey(const InvitationSecret& secret, std::string_view label)
{
    return SecretKey::copyOf(blake2bKeyed(secret, {viewOf(label)}));
}

Hash macOf(const WorkspaceId& workspace, const InvitationSecret& secret, ByteView request)
{
    const SecretKey key = deriveKey(secret, "teren.invitation.mac.v1");
    return blake2bKeyed(key.reveal(), {workspace.bytes, invitationIdOf(secret).bytes, request});
}

/// What the sealed names belong to.
Bytes namesContext(const WorkspaceId& workspace, const InvitationId& invitation)
{
    Writer out;
    out.raw(viewOf("teren.invitation.names.v1")).raw(workspace.bytes).raw(invitation.bytes);
    return out.take();
}

std::string codeOf(
    const WorkspaceId& workspace, const InvitationId& invitation, const ledger::DeviceStatement& device,
    ByteView mac)
{
    const Hash hash = blake2b(
        {viewOf("teren.code.v1"), workspace.bytes, invitation.bytes, device.signKey, device.boxKey, mac});
    return toBase32(hash).substr(0, kCodeSize);
}

void writeSized(ByteView bytes, Writer& out)
{
    out.number(static_cast<std::uint16_t>(bytes.size())).raw(bytes);
}

Result<ByteView> readSized(Reader& in)
{
    if (in.left() < 2)
        return fail(Errc::Malformed, "join request breaks off");
    const auto size = in.number<std::uint16_t>();
    if (size > in.left())
        return fail(Errc::Malformed, "join request breaks off");
    return in.raw(size);
}

/// Padded, so that the server does not see how long a name is.
Bytes encodeNames(const JoinNames& names)
{
    Writer out;
    writeSized(viewOf(names.person), out);
    writeSized(viewOf(names.device), out);
    Bytes bytes = out.take();
    bytes.resize(paddedSize(bytes.size() + kSealOverhead) - kSealOverhead, 0);
    return bytes;
}

Result<JoinNames> decodeNames(ByteView bytes)
{
    Reader in(bytes);
    TEREN_TRY(const ByteView person, readSized(in));
    TEREN_TRY(const ByteView device, readSized(in));
    if (std::max(person.size(), device.size()) > limits::kPersonNameMax || !isUtf8(person) || !isUtf8(device))
        return fail(Errc::Malformed, "names in a join request");
    return JoinNames{std::string(textOf(person)), std::string(textOf(device))};
}

/// The parts of a request whose MAC is right.
struct Parts {
    ByteView signedDevice;
    ByteView sealedNames;
};

Result<Parts> split(ByteView body)
{
    Reader in(body.subspan(1));
    Parts parts;
    TEREN_TRY(parts.signedDevice, readSized(in));
    TEREN_TRY(parts.sealedNames, readSized(in));
    if (in.left() != 0)
        return fail(Errc::Malformed, "join request with something behind it");
    return parts;
}

}  // namespace

InvitationId invitationIdOf(const InvitationSecret& secret)
{
    const Hash hash = blake2b({viewOf("teren.invitation.v1"), secret});
    InvitationId id;
    std::copy_n(hash.begin(), InvitationId::kSize, id.bytes.begin());
    return id;
}

std::string toText(const Invitation& invitation)
{
    Writer out;
    out.number(invitation.server ? kInvitationWithServer : kInvitationVersion);
    out.raw(invitation.workspace.bytes).raw(invitation.secret);
    if (invitation.server)
        out.raw(*invitation.server);
    Bytes bytes = out.raw(viewOf(invitation.address)).take();
    const Hash hash = blake2b({bytes});
    const ByteView checksum = checksumOf(hash);
    bytes.insert(bytes.end(), checksum.begin(), checksum.end());

    std::string text(kPrefix);
    const std::string characters = toBase32(bytes);
    for (std::size_t i = 0; i < characters.size(); i += kGroupSize)
        text += "-" + characters.substr(i, kGroupSize);
    return text;
}

Result<Invitation> parseInvitation(std::string_view text)
{
    const std::string normal = normalizeBase32(text);
    if (!normal.starts_with(kPrefix))
        return fail(Errc::Malformed, "an invitation begins with TEREN1");
    TEREN_TRY(const Bytes bytes, fromBase32(std::string_view(normal).substr(kPrefix.size())));
    if (bytes.size() <= kFixedSize || bytes.size() > kFixedSize + sizeof(Hash) + limits::kAddressMax)
        return fail(Errc::Malformed, "the invitation is incomplete or too long: was all of it copied?");
    const ByteView body = ByteView(bytes).first(bytes.size() - kChecksumSize);
    if (!std::ranges::equal(checksumOf(blake2b({body})), ByteView(bytes).last(kChecksumSize)))
        return fail(Errc::Malformed, "the invitation has a typing error");

    Reader in(body);
    const auto version = in.number<std::uint8_t>();
    if (version != kInvitationVersion && version != kInvitationWithServer)
        return fail(Errc::TooNew, "the invitation was written by a later version");
    Invitation invitation;
    std::ranges::copy(in.raw(WorkspaceId::kSize), invitation.workspace.bytes.begin());
    std::ranges::copy(in.raw(invitation.secret.size()), invitation.secret.begin());
    if (version == kInvitationWithServer && in.left() <= sizeof(Hash))
        return fail(Errc::Malformed, "the invitation is incomplete: was all of it copied?");
    if (version == kInvitationWithServer)
        std::ranges::copy(in.raw(sizeof(Hash)), invitation.server.emplace().begin());
    const ByteView address = in.raw(in.left());
    if (address.size() > limits::kAddressMax)
        return fail(Errc::Malformed, "the invitation is too long: was more than it copied?");
    if (!isUtf8(address))
        return fail(Errc::Malformed, "the invitation's address is not a text");
    invitation.address = textOf(address);
    return invitation;
}

Result<JoinRequest> makeJoinRequest(
    const Invitation& invitation, ByteView signedDevice, const JoinNames& names, RandomSource& random)
{
    if (std::max(names.person.size(), names.device.size()) > limits::kPersonNameMax)
        return fail(Errc::LimitExceeded, "a name over the limit");
    TEREN_TRY(const ledger::DeviceStatement device, ledger::openDevice(signedDevice));
    const SecretKey key = deriveKey(invitation.secret, "teren.invitation.seal.v1");
    const Bytes sealedNames
        = seal(key, namesContext(invitation.workspace, invitation.id()), encodeNames(names), random);

    Writer out;
    out.number(kRequestVersion);
    writeSized(signedDevice, out);
    writeSized(sealedNames, out);
    JoinRequest request{out.take(), {}};
    const Hash mac = macOf(invitation.workspace, invitation.secret, request.bytes);
    request.bytes.insert(request.bytes.end(), mac.begin(), mac.end());
    request.code = codeOf(invitation.workspace, invitation.id(), device, mac);
    return request;
}

Result<OpenedJoinRequest> openJoinRequest(
    const WorkspaceId& workspace, const InvitationSecret& secret, ByteView bytes)
{
    if (bytes.size() <= kMacSize || bytes.size() > limits::kJoinRequestMax || bytes.front() == 0)
        return fail(Errc::Malformed, "join request of " + std::to_string(bytes.size()) + " bytes");
    if (bytes.front() > kRequestVersion)
        return fail(Errc::TooNew, "join request of a later version");
    const ByteView body = bytes.first(bytes.size() - kMacSize);
    const ByteView mac = bytes.last(kMacSize);
    if (!equalInConstantTime(macOf(workspace, secret, body), mac))
        return fail(Errc::Forged, "join request was not made with this invitation");

    TEREN_TRY(const Parts parts, split(body));
    OpenedJoinRequest opened;
    opened.signedDevice = toBytes(parts.signedDevice);
    TEREN_TRY(opened.device, ledger::openDevice(parts.signedDevice));
    const InvitationId invitation = invitationIdOf(secret);
    const SecretKey key = deriveKey(secret, "teren.invitation.seal.v1");
    TEREN_TRY(const Bytes names, open(key, namesContext(workspace, invitation), parts.sealedNames));
    TEREN_TRY(opened.names, decodeNames(names));
    opened.code = codeOf(workspace, invitation, opened.device, mac);
    return opened;
}

}  // namespace teren::segment
