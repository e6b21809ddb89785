// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/result.h"
#include "crypto/sign/signature.h"
#include "sync/net/asio_fwd.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace teren::net {

/// How both sides use TLS: version 1.3 only, an Ed25519 certificate that is nothing but a public key, no
/// tickets, no resumption, no early data, ALPN "teren/1". Certificates have no authority behind them: the
/// client compares the key with the one it expects.

/// The server's side, with a certificate made from `key`.
Result<asio::ssl::context> makeServerContext(const SigningKey& key);
/// A second key of a server, shown to a client that asks for it.
struct OtherKey {
    std::string name;  ///< By `nameOfKey`.
    SSL_CTX* context = nullptr;
};
/// @param other  With its context it outlives `context`.
void showOtherKey(asio::ssl::context& context, OtherKey& other);
Result<asio::ssl::context> makeClientContext();
/// Before the handshake of a client.
Status askForKey(SSL* session, const VerifyKey& key);

/// The keys of which the other side must have one. Without any, any key will do.
class KeyPin {
public:
    KeyPin() = default;
    // NOLINTBEGIN(google-explicit-constructor): a pin is the keys that it pins.
    KeyPin(std::nullopt_t) {}
    KeyPin(const VerifyKey& key) : keys_{key} {}
    KeyPin(const std::optional<VerifyKey>& key)
    {
        if (key)
            keys_.push_back(*key);
    }
    /// @param keys  The one that is looked for first; at least one.
    KeyPin(std::vector<VerifyKey> keys) : keys_(std::move(keys)) {}
    // NOLINTEND(google-explicit-constructor)

    bool takes(const VerifyKey& key) const
    {
        return keys_.empty() || std::ranges::find(keys_, key) != keys_.end();
    }
    const std::vector<VerifyKey>& keys() const { return keys_; }

private:
    std::vector<VerifyKey> keys_;
};

/// The server name that a client asks for (RFC 6066) to be shown this key: a server that changes its keys has
/// two.
std::string nameOfKey(const VerifyKey& key);

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
