// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/result.h"
#include "crypto/sign/signature.h"
#include "sync/net/asio_fwd.h"

#include <functional>

namespace teren::net {

/// How both sides use TLS: version 1.3 only, an Ed25519 certificate that is nothing but a public key, no
/// tickets, no resumption, no early data, ALPN "teren/1". Certificates have no authority behind them: the
/// client compares the key with the one it expects.

/// The server's side, with a certificate made from `key`.
Result<asio::ssl::context> makeServerContext(const SigningKey& key);
Result<asio::ssl::context> makeClientContext();

/// Decides about the other side's key inside the handshake.
using KeyCheck = std::function<bool(const VerifyKey& key)>;
/// For a stream's verify callback: whatever OpenSSL thinks of the certificate, only its key counts.
std::function<bool(bool, asio::ssl::verify_context&)> verifyKeyBy(KeyCheck check);

/// After the handshake. @return `Forged` unless the certificate holds an Ed25519 key.
Result<VerifyKey> peerKeyOf(SSL* session);
/// Keying material that only the two ends of this connection know: label "EXPORTER-teren-device-proof", no
/// context (RFC 8446 section 7.5).
Result<Hash> exporterOf(SSL* session);
/// Whether TLS 1.3 and "teren/1" were agreed on.
bool isAgreed(SSL* session);

/// What people compare: BLAKE2b-256("teren.server.v1" ‖ TLS key ‖ receipt key).
Hash serverFingerprint(const VerifyKey& tlsKey, const VerifyKey& receiptKey);

}  // namespace teren::net
