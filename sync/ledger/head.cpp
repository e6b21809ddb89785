// SPDX-License-Identifier: EUPL-1.2
#include "sync/ledger/head.h"

#include "sync/ledger/bigendian.h"
#include "sync/ledger/head.pb.h"
#include "sync/ledger/proto_field.h"

namespace teren::ledger {
namespace {

constexpr std::string_view kLabel = "teren.head.v1";

/// Everything in a head has a fixed or a small size; more is not a head.
constexpr std::size_t kBodyMax = 256;

Result<pb::Head> read(ByteView body)
{
    pb::Head message;
    if (body.size() > kBodyMax || !message.ParseFromArray(body.data(), static_cast<int>(body.size())))
        return fail(Errc::Malformed, "head");
    return message;
}

}  // namespace

SignedHead signHead(const Head& head, const SigningKey& receiptKey)
{
    pb::Head message;
    message.set_workspace(textFrom(head.workspace.bytes));
    message.set_incarnation(head.incarnation);
    message.set_tree_size(head.tree.size);
    message.set_root(textFrom(head.tree.root));
    message.set_safe(head.safe);
    message.set_time_ms(instantField(head.time));
    SignedHead signedHead;
    signedHead.body = bytesFrom(message.SerializeAsString());
    signedHead.signature = receiptKey.sign(kLabel, signedHead.body);
    return signedHead;
}

Result<Head> openHead(const SignedHead& signedHead, const VerifyKey& receiptKey)
{
    if (!verify(receiptKey, kLabel, signedHead.body, signedHead.signature))
        return fail(Errc::Forged, "head is not signed by the server's receipt key");
    TEREN_TRY(const pb::Head message, read(signedHead.body));
    Head head;
    TEREN_CHECK(readId(message.workspace(), head.workspace));
    TEREN_CHECK(readArray(message.root(), head.tree.root));
    TEREN_CHECK(readInstant(message.time_ms(), head.time));
    head.incarnation = message.incarnation();
    head.tree.size = message.tree_size();
    head.safe = message.safe();
    if (head.safe > head.tree.size)
        return fail(Errc::Malformed, "head that is safe past its end");
    return head;
}

Result<Bytes> shortBody(ByteView body)
{
    TEREN_TRY(pb::Head message, read(body));
    message.clear_workspace();
    message.clear_root();
    return bytesFrom(message.SerializeAsString());
}

bool isShortBody(ByteView body)
{
    const Result<pb::Head> message = read(body);
    return message && message->workspace().empty() && message->root().empty();
}

Result<Bytes> fullBody(ByteView shortBody, const WorkspaceId& workspace, const TreeHead& tree)
{
    TEREN_TRY(pb::Head message, read(shortBody));
    if (message.tree_size() != tree.size)
        return fail(Errc::Malformed, "a head of another size than its receipt's");
    message.set_workspace(textFrom(workspace.bytes));
    message.set_root(textFrom(tree.root));
    return bytesFrom(message.SerializeAsString());
}

Bytes encode(const Leaf& leaf)
{
    Writer out;
    out.number(leaf.number).raw(leaf.space.bytes).raw(leaf.device.bytes).number(leaf.life);
    out.number(leaf.firstSeq).number(leaf.count).raw(leaf.segment);
    return out.take();
}

}  // namespace teren::ledger
