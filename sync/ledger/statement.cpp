// SPDX-License-Identifier: EUPL-1.2
#include "sync/ledger/statement.h"

#include "crypto/base/assert.h"
#include "crypto/base/limits.h"
#include "crypto/sign/agreement_key.h"
#include "crypto/sign/hash.h"
#include "sync/ledger/proto_field.h"
#include "sync/ledger/statement.pb.h"

namespace teren::ledger {
namespace {

constexpr std::string_view kStatementLabel = "teren.statement.v1";
constexpr std::string_view kDeviceLabel = "teren.device.v1";

/// A signed device statement has 160 bytes; the rest is room for fields of later versions.
constexpr std::size_t kDeviceMax = 512;
/// A sealed space key has 80 bytes.
constexpr std::size_t kSealedKeyMax = 256;

// ---- to bytes --------------------------------------------------------------------------------------------

/// Fills one `pb::Act`; one overload for each act.
struct ActWriter {
    pb::Act& out;

    void operator()(const Genesis& act) const
    {
        pb::Genesis& message = *out.mutable_genesis();
        message.set_version(act.version);
        message.set_salt(textFrom(act.salt));
        message.set_founder(textFrom(act.founder));
        message.set_member(textFrom(act.member.bytes));
        message.set_recovery_key(textFrom(act.recoveryKey));
        message.set_server_tls_key(textFrom(act.serverTlsKey));
        message.set_server_receipt_key(textFrom(act.serverReceiptKey));
    }
    void operator()(const Invite& act) const
    {
        pb::Invite& message = *out.mutable_invite();
        message.set_invitation(textFrom(act.invitation.bytes));
        message.set_member(textFrom(act.member.bytes));
        message.set_rights(act.rights);
        message.set_expires_ms(instantField(act.expires));
    }
    void operator()(const VoidInvite& act) const
    {
        out.mutable_void_invite()->set_invitation(textFrom(act.invitation.bytes));
    }
    void operator()(const Admit& act) const
    {
        out.mutable_admit()->set_invitation(textFrom(act.invitation.bytes));
        out.mutable_admit()->set_device(textFrom(act.device));
    }
    void operator()(const RemoveDevice& act) const
    {
        out.mutable_remove_device()->set_device(textFrom(act.device.bytes));
    }
    void operator()(const OpenSpace& act) const
    {
        pb::OpenSpace& message = *out.mutable_open_space();
        message.set_space(textFrom(act.space.bytes));
        message.set_kind(static_cast<std::uint32_t>(act.kind));
        message.set_case_space(optionalIdText(act.caseSpace));
    }
    void operator()(const Epoch& act) const
    {
        pb::Epoch& message = *out.mutable_epoch();
        message.set_space(textFrom(act.space.bytes));
        message.set_epoch(act.epoch);
        message.set_key_id(textFrom(act.keyId));
        message.set_reason(act.reason);
    }
    void operator()(const Grant& act) const
    {
        pb::Grant& message = *out.mutable_grant();
        message.set_space(textFrom(act.space.bytes));
        message.set_epoch(act.epoch);
        message.set_key_id(textFrom(act.keyId));
        message.set_recipient(optionalIdText(act.recipient));
        message.set_recipient_key(textFrom(act.recipientKey));
        message.set_sealed_key(textFrom(act.sealedKey));
    }
    void operator()(const NewLife& act) const
    {
        out.mutable_new_life()->set_life(act.life);
        out.mutable_new_life()->set_previous(act.previous);
    }
    void operator()(const AskKey& act) const { out.mutable_ask_key()->set_space(textFrom(act.space.bytes)); }
    void operator()(const LostHead& act) const
    {
        pb::LostHead& message = *out.mutable_lost_head();
        message.set_tree_size(act.head.size);
        message.set_root(textFrom(act.head.root));
        message.set_common(act.common);
        message.set_height(act.height);
    }
    void operator()(const LostStatements& act) const
    {
        pb::LostStatements& message = *out.mutable_lost_statements();
        message.set_common(act.common);
        message.set_height(act.height);
        message.set_hash(textFrom(act.hash));
    }
    void operator()(const Void& act) const
    {
        pb::Void& message = *out.mutable_void_();
        message.set_space(textFrom(act.space.bytes));
        message.set_device(textFrom(act.device.bytes));
        message.set_life(act.life);
        message.set_from(act.from);
        message.set_to(act.to);
        message.set_reason(static_cast<std::uint32_t>(act.reason));
    }
    void operator()(const ServerKeys& act) const
    {
        pb::ServerKeys& message = *out.mutable_server_keys();
        message.set_tls_key(textFrom(act.next.tls));
        message.set_receipt_key(textFrom(act.next.receipt));
        message.set_from_ms(instantField(act.from));
        if (act.consent)
            message.set_consent(textFrom(*act.consent));
    }
    void operator()(const UnknownAct&) const
    {
        constexpr bool kIsWrittenByThisBuild = false;
        TEREN_ASSERT(kIsWrittenByThisBuild);
    }
};

// ---- from bytes ------------------------------------------------------------------------------------------

Status checkSize(std::string_view field, std::size_t max)
{
    if (field.size() > max)
        return fail(Errc::LimitExceeded, "field of " + std::to_string(field.size()) + " bytes in an act");
    return {};
}

Result<Act> read(const pb::Genesis& message)
{
    Genesis act;
    act.version = message.version();
    TEREN_CHECK(readArray(message.salt(), act.salt));
    TEREN_CHECK(checkSize(message.founder(), kDeviceMax));
    act.founder = bytesFrom(message.founder());
    TEREN_CHECK(readId(message.member(), act.member));
    TEREN_CHECK(readArray(message.recovery_key(), act.recoveryKey));
    TEREN_CHECK(readArray(message.server_tls_key(), act.serverTlsKey));
    TEREN_CHECK(readArray(message.server_receipt_key(), act.serverReceiptKey));
    return act;
}

Result<Act> read(const pb::Invite& message)
{
    Invite act;
    TEREN_CHECK(readId(message.invitation(), act.invitation));
    TEREN_CHECK(readId(message.member(), act.member));
    act.rights = message.rights();
    TEREN_CHECK(readInstant(message.expires_ms(), act.expires));
    return act;
}

Result<Act> read(const pb::VoidInvite& message)
{
    VoidInvite act;
    TEREN_CHECK(readId(message.invitation(), act.invitation));
    return act;
}

Result<Act> read(const pb::Admit& message)
{
    Admit act;
    TEREN_CHECK(readId(message.invitation(), act.invitation));
    TEREN_CHECK(checkSize(message.device(), kDeviceMax));
    act.device = bytesFrom(message.device());
    return act;
}

Result<Act> read(const pb::RemoveDevice& message)
{
    RemoveDevice act;
    TEREN_CHECK(readId(message.device(), act.device));
    return act;
}

Result<Act> read(const pb::OpenSpace& message)
{
    OpenSpace act;
    TEREN_CHECK(readId(message.space(), act.space));
    if (message.kind() < static_cast<std::uint32_t>(SpaceKind::Workspace)
        || message.kind() > static_cast<std::uint32_t>(SpaceKind::Audit))
        return fail(Errc::Malformed, "space of an unknown kind");
    act.kind = static_cast<SpaceKind>(message.kind());
    TEREN_CHECK(readOptionalId(message.case_space(), act.caseSpace));
    return act;
}

Result<Act> read(const pb::Epoch& message)
{
    Epoch act;
    TEREN_CHECK(readId(message.space(), act.space));
    act.epoch = message.epoch();
    TEREN_CHECK(readArray(message.key_id(), act.keyId));
    act.reason = message.reason();
    return act;
}

Result<Act> read(const pb::Grant& message)
{
    Grant act;
    TEREN_CHECK(readId(message.space(), act.space));
    act.epoch = message.epoch();
    TEREN_CHECK(readArray(message.key_id(), act.keyId));
    TEREN_CHECK(readOptionalId(message.recipient(), act.recipient));
    TEREN_CHECK(readArray(message.recipient_key(), act.recipientKey));
    TEREN_CHECK(checkSize(message.sealed_key(), kSealedKeyMax));
    act.sealedKey = bytesFrom(message.sealed_key());
    return act;
}

Result<Act> read(const pb::NewLife& message)
{
    return NewLife{message.life(), message.previous()};
}

Result<Act> read(const pb::AskKey& message)
{
    AskKey act;
    TEREN_CHECK(readId(message.space(), act.space));
    return act;
}

Result<Act> read(const pb::LostHead& message)
{
    LostHead act;
    act.head.size = message.tree_size();
    TEREN_CHECK(readArray(message.root(), act.head.root));
    act.common = message.common();
    act.height = message.height();
    if (act.common >= act.head.size || act.head.size > limits::kSeqMax)
        return fail(Errc::Malformed, "a head lost that reaches no further than what was kept");
    return act;
}

Result<Act> read(const pb::LostStatements& message)
{
    LostStatements act;
    act.common = message.common();
    act.height = message.height();
    TEREN_CHECK(readArray(message.hash(), act.hash));
    if (act.common == 0 || act.common >= act.height || act.height > limits::kSeqMax)
        return fail(Errc::Malformed, "statements lost that reach no further than what was kept");
    return act;
}

Result<Act> read(const pb::ServerKeys& message)
{
    ServerKeys act;
    TEREN_CHECK(readArray(message.tls_key(), act.next.tls));
    TEREN_CHECK(readArray(message.receipt_key(), act.next.receipt));
    TEREN_CHECK(readInstant(message.from_ms(), act.from));
    if (!message.consent().empty())
        TEREN_CHECK(readArray(message.consent(), act.consent.emplace()));
    return act;
}

Result<Act> read(const pb::Void& message)
{
    Void act;
    TEREN_CHECK(readId(message.space(), act.space));
    TEREN_CHECK(readId(message.device(), act.device));
    act.life = message.life();
    act.from = message.from();
    act.to = message.to();
    if (act.from == 0 || act.from > act.to || act.to > limits::kSeqMax)
        return fail(Errc::Malformed, "void of an impossible range");
    if (message.reason() < static_cast<std::uint32_t>(VoidReason::Refused)
        || message.reason() > static_cast<std::uint32_t>(VoidReason::Erased))
        return fail(Errc::Malformed, "void for an unknown reason");
    act.reason = static_cast<VoidReason>(message.reason());
    return act;
}

Result<Act> readAct(const pb::Act& message)
{
    switch (message.act_case()) {
    case pb::Act::kGenesis:
        return read(message.genesis());
    case pb::Act::kInvite:
        return read(message.invite());
    case pb::Act::kVoidInvite:
        return read(message.void_invite());
    case pb::Act::kAdmit:
        return read(message.admit());
    case pb::Act::kRemoveDevice:
        return read(message.remove_device());
    case pb::Act::kOpenSpace:
        return read(message.open_space());
    case pb::Act::kEpoch:
        return read(message.epoch());
    case pb::Act::kGrant:
        return read(message.grant());
    case pb::Act::kNewLife:
        return read(message.new_life());
    case pb::Act::kVoid:
        return read(message.void_());
    case pb::Act::kAskKey:
        return read(message.ask_key());
    case pb::Act::kLostHead:
        return read(message.lost_head());
    case pb::Act::kServerKeys:
        return read(message.server_keys());
    case pb::Act::kLostStatements:
        return read(message.lost_statements());
    case pb::Act::ACT_NOT_SET:
        break;
    }
    // What is left then are fields that this build does not know.
    if (message.ByteSizeLong() == 0)
        return fail(Errc::Malformed, "statement with an empty act");
    return UnknownAct{};
}

/// Before the parser allocates an object for each.
Status checkActCount(ByteView body)
{
    std::size_t acts = 0;
    return walkFields(body, [&](std::uint32_t number, ByteView) -> Status {
        if (number == pb::Statement::kActsFieldNumber && ++acts > limits::kActsPerStatementMax)
            return fail(Errc::LimitExceeded, "statement of too many acts");
        return {};
    });
}

}  // namespace

DeviceId DeviceStatement::id() const
{
    const Hash hash = blake2b({viewOf(kDeviceLabel), signKey, boxKey});
    DeviceId id;
    std::copy_n(hash.begin(), DeviceId::kSize, id.bytes.begin());
    return id;
}

Bytes signDevice(const DeviceStatement& statement, const SigningKey& key)
{
    pb::DeviceStatement message;
    message.set_sign_key(textFrom(statement.signKey));
    message.set_box_key(textFrom(statement.boxKey));
    message.set_life(statement.life);
    message.set_time_ms(instantField(statement.time));
    pb::SignedDeviceStatement signedMessage;
    signedMessage.set_body(message.SerializeAsString());
    signedMessage.set_signature(textFrom(key.sign(kDeviceLabel, viewOf(signedMessage.body()))));
    return bytesFrom(signedMessage.SerializeAsString());
}

Result<DeviceStatement> openDevice(ByteView bytes)
{
    pb::SignedDeviceStatement signedMessage;
    pb::DeviceStatement message;
    if (bytes.size() > kDeviceMax
        || !signedMessage.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))
        || !message.ParseFromString(signedMessage.body()))
        return fail(Errc::Malformed, "device statement");
    DeviceStatement statement;
    Signature signature{};
    TEREN_CHECK(readArray(signedMessage.signature(), signature));
    TEREN_CHECK(readArray(message.sign_key(), statement.signKey));
    TEREN_CHECK(readArray(message.box_key(), statement.boxKey));
    statement.life = message.life();
    TEREN_CHECK(readInstant(message.time_ms(), statement.time));
    if (!verify(statement.signKey, kDeviceLabel, viewOf(signedMessage.body()), signature))
        return fail(Errc::Forged, "device statement is not signed by its own key");
    // Else whoever grants a key to this device would find that nothing can be sealed to it.
    if (!isUsableAgreementKey(statement.boxKey))
        return fail(Errc::Malformed, "device statement with a key that nothing can be sealed to");
    return statement;
}

Hash SignedStatement::hash() const
{
    return blake2b({viewOf(kStatementLabel), device.bytes, body});
}

SignedStatement signStatement(const Statement& statement, const DeviceId& device, const SigningKey& key)
{
    pb::Statement message;
    message.set_workspace(optionalIdText(statement.workspace));
    message.set_height(statement.height);
    if (statement.height > 1)
        message.set_previous(textFrom(statement.previous));
    message.set_time_ms(instantField(statement.time));
    message.set_tree_size(statement.seen.size);
    message.set_root(textFrom(statement.seen.root));
    for (const Act& act : statement.acts)
        std::visit(ActWriter{*message.add_acts()}, act);

    SignedStatement signedStatement;
    signedStatement.body = bytesFrom(message.SerializeAsString());
    signedStatement.device = device;
    signedStatement.signature = key.sign(kStatementLabel, signedStatement.body);
    return signedStatement;
}

Status verifyStatement(const SignedStatement& signedStatement, const VerifyKey& key)
{
    if (!verify(key, kStatementLabel, signedStatement.body, signedStatement.signature))
        return fail(Errc::Forged, "statement is not signed by its device");
    return {};
}

Result<Statement> decodeStatement(const SignedStatement& signedStatement)
{
    const Bytes& body = signedStatement.body;
    if (body.size() > limits::kStatementMax)
        return fail(Errc::LimitExceeded, "statement of " + std::to_string(body.size()) + " bytes");
    TEREN_CHECK(checkActCount(body));
    pb::Statement message;
    if (!message.ParseFromArray(body.data(), static_cast<int>(body.size())))
        return fail(Errc::Malformed, "statement");

    Statement statement;
    TEREN_CHECK(readOptionalId(message.workspace(), statement.workspace));
    statement.height = message.height();
    if (!message.previous().empty())
        TEREN_CHECK(readArray(message.previous(), statement.previous));
    TEREN_CHECK(readInstant(message.time_ms(), statement.time));
    statement.seen.size = message.tree_size();
    TEREN_CHECK(readArray(message.root(), statement.seen.root));
    statement.acts.reserve(static_cast<std::size_t>(message.acts_size()));
    for (const pb::Act& act : message.acts()) {
        TEREN_TRY(statement.acts.emplace_back(), readAct(act));
    }
    return statement;
}

}  // namespace teren::ledger
