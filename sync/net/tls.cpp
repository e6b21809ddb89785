// SPDX-License-Identifier: EUPL-1.2
#include "sync/net/tls.h"

#include "crypto/base/hex.h"
#include "crypto/sign/hash.h"

#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <array>
#include <memory>

namespace teren::net {
namespace {

// Length-prefixed, as ALPN wants it (RFC 7301).
constexpr std::array<unsigned char, 8> kAlpn{7, 't', 'e', 'r', 'e', 'n', '/', '1'};
constexpr std::string_view kExporterLabel = "EXPORTER-teren-device-proof";

template <auto Free>
struct Freed {
    template <typename T>
    void operator()(T* pointer) const noexcept
    {
        Free(pointer);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;

Result<VerifyKey> keyIn(const X509* certificate)
{
    EVP_PKEY* key = certificate == nullptr ? nullptr : X509_get0_pubkey(certificate);
    VerifyKey raw{};
    std::size_t size = raw.size();
    if (key == nullptr || EVP_PKEY_get_id(key) != EVP_PKEY_ED25519
        || EVP_PKEY_get_raw_public_key(key, raw.data(), &size) != 1 || size != raw.size())
        return fail(Errc::Forged, "the other side's certificate holds no Ed25519 key");
    return raw;
}

/// A certificate that says nothing but the key, signed by itself; it does not expire, because the pin
/// decides.
Certificate certify(EVP_PKEY* key)
{
    Certificate certificate(X509_new());
    X509* raw = certificate.get();
    if (raw == nullptr || X509_set_version(raw, X509_VERSION_3) != 1
        || ASN1_INTEGER_set(X509_get_serialNumber(raw), 1) != 1
        || ASN1_TIME_set_string(X509_getm_notBefore(raw), "20200101000000Z") != 1
        || ASN1_TIME_set_string(X509_getm_notAfter(raw), "99991231235959Z") != 1
        || X509_NAME_add_entry_by_txt(
               X509_get_subject_name(raw), "CN", MBSTRING_ASC,
               reinterpret_cast<const unsigned char*>("teren"), -1, -1, 0)
            != 1
        || X509_set_issuer_name(raw, X509_get_subject_name(raw)) != 1 || X509_set_pubkey(raw, key) != 1
        || X509_sign(raw, key, nullptr) == 0)
        return nullptr;
    return certificate;
}

bool takeKey(SSL_CTX* context, const SigningKey& signingKey)
{
    const auto seed = signingKey.seed().reveal();
    const Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()));
    if (!key)
        return false;
    const Certificate certificate = certify(key.get());
    return certificate && SSL_CTX_use_certificate(context, certificate.get()) == 1
        && SSL_CTX_use_PrivateKey(context, key.get()) == 1;
}

bool harden(SSL_CTX* context)
{
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    return SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) == 1
        && SSL_CTX_set_max_proto_version(context, TLS1_3_VERSION) == 1
        && SSL_CTX_set_num_tickets(context, 0) == 1 && SSL_CTX_set_max_early_data(context, 0) == 1;
}

int chooseAlpn(
    SSL*, const unsigned char** out, unsigned char* outSize, const unsigned char* offered,
    unsigned offeredSize, void*)
{
    unsigned char* chosen = nullptr;
    if (SSL_select_next_proto(&chosen, outSize, kAlpn.data(), kAlpn.size(), offered, offeredSize)
        != OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

Result<asio::ssl::context> makeContext(asio::ssl::context::method method)
{
    try {
        asio::ssl::context context(method);
        if (!harden(context.native_handle()))
            return fail(Errc::Invalid, "OpenSSL does not offer TLS 1.3");
        return context;
    } catch (const asio::system_error& error) {
        return fail(Errc::Invalid, std::string("OpenSSL: ") + error.what());
    }
}

}  // namespace

Result<asio::ssl::context> makeServerContext(const SigningKey& key)
{
    TEREN_TRY(asio::ssl::context context, makeContext(asio::ssl::context::tls_server));
    SSL_CTX_set_alpn_select_cb(context.native_handle(), chooseAlpn, nullptr);
    if (!takeKey(context.native_handle(), key))
        return fail(Errc::Invalid, "OpenSSL cannot use the server's key");
    return context;
}

namespace {

int chooseKey(SSL* session, int*, void* argument)
{
    const char* name = SSL_get_servername(session, TLSEXT_NAMETYPE_host_name);
    const auto* other = static_cast<const OtherKey*>(argument);
    if (name != nullptr && other->name == name)
        SSL_set_SSL_CTX(session, other->context);
    return SSL_TLSEXT_ERR_OK;
}

}  // namespace

void showOtherKey(asio::ssl::context& context, OtherKey& other)
{
    SSL_CTX_set_tlsext_servername_callback(context.native_handle(), chooseKey);
    SSL_CTX_set_tlsext_servername_arg(context.native_handle(), &other);
}

std::string nameOfKey(const VerifyKey& key)
{
    constexpr std::size_t kShown = 32;
    return "k" + toHex(key).substr(0, kShown) + ".teren";
}

Status askForKey(SSL* session, const VerifyKey& key)
{
    if (SSL_set_tlsext_host_name(session, nameOfKey(key).c_str()) != 1)
        return fail(Errc::Invalid, "OpenSSL cannot ask for a key");
    return {};
}

Result<asio::ssl::context> makeClientContext()
{
    TEREN_TRY(asio::ssl::context context, makeContext(asio::ssl::context::tls_client));
    SSL_CTX_set_verify(context.native_handle(), SSL_VERIFY_PEER, nullptr);
    // 0 is success here, unlike everywhere else in OpenSSL.
    if (SSL_CTX_set_alpn_protos(context.native_handle(), kAlpn.data(), kAlpn.size()) != 0)
        return fail(Errc::Invalid, "OpenSSL cannot offer the protocol");
    return context;
}

std::function<bool(bool, asio::ssl::verify_context&)> verifyKeyBy(KeyCheck check)
{
    return [check = std::move(check)](bool, asio::ssl::verify_context& context) {
        const Result<VerifyKey> key = keyIn(X509_STORE_CTX_get0_cert(context.native_handle()));
        return key && check(*key);
    };
}

Result<VerifyKey> peerKeyOf(SSL* session)
{
    return keyIn(SSL_get0_peer_certificate(session));
}

Result<Hash> exporterOf(SSL* session)
{
    Hash material{};
    if (SSL_export_keying_material(
            session, material.data(), material.size(), kExporterLabel.data(), kExporterLabel.size(), nullptr,
            0, 0)
        != 1)
        return fail(Errc::Forged, "TLS gives no keying material");
    return material;
}

bool isAgreed(SSL* session)
{
    const unsigned char* protocol = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(session, &protocol, &size);
    const ByteView wanted = ByteView(kAlpn).subspan(1);
    return SSL_version(session) == TLS1_3_VERSION && size == wanted.size()
        && std::equal(wanted.begin(), wanted.end(), protocol);
}

Hash serverFingerprint(const VerifyKey& tlsKey, const VerifyKey& receiptKey)
{
    return blake2b({viewOf("teren.server.v1"), tlsKey, receiptKey});
}

}  // namespace teren::net
