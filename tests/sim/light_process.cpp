// SPDX-License-Identifier: EUPL-1.2
// What a simulated office does not need of a process: secrets behind guard pages, four system calls a key;
// memory that goes back to the system whenever a world ends; what SQLite counts of its own memory; new
// working memory for every body that is compressed; and signatures by which a stranger could tell who signed.
// What guards secrets, signs and verifies is tested in crypto.
#include "crypto/sign/hash.h"

#include <dlfcn.h>
#include <malloc.h>
#include <sodium.h>
#include <sqlite3.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <vector>

namespace {

/// Runs before the tests do.
[[maybe_unused]] const bool keepsMemory = [] {
    constexpr int kNever = 1 << 30;
    return mallopt(M_MMAP_THRESHOLD, kNever) == 1 && mallopt(M_TRIM_THRESHOLD, kNever) == 1;
}();

[[maybe_unused]] const bool countsNothing = sqlite3_config(SQLITE_CONFIG_SINGLETHREAD) == SQLITE_OK
    && sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK
    && sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 1'024, 400) == SQLITE_OK;

/// As good as a signature where nobody forges any: it holds for these bytes under this key and no others.
void standIn(
    unsigned char* signature, const unsigned char* message, unsigned long long size, const unsigned char* key)
{
    crypto_generichash(signature, crypto_sign_BYTES, message, size, key, crypto_sign_PUBLICKEYBYTES);
}

template <typename Function>
Function theirs(const char* name)
{
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));  // NOLINT
}

struct FreeContext {
    void operator()(ZSTD_DCtx* context) const { theirs<size_t (*)(ZSTD_DCtx*)>("ZSTD_freeDCtx")(context); }
};

std::vector<std::unique_ptr<ZSTD_DCtx, FreeContext>>& idleContexts()
{
    static std::vector<std::unique_ptr<ZSTD_DCtx, FreeContext>> idle;
    return idle;
}

}  // namespace

// In a program, its own functions go before those of libraries.
extern "C" {

void* sodium_malloc(const size_t size)
{
    return std::malloc(size);  // NOLINT(cppcoreguidelines-no-malloc): what sodium_free gets.
}

void sodium_free(void* const memory)
{
    std::free(memory);  // NOLINT(cppcoreguidelines-no-malloc)
}

int crypto_sign_detached(
    unsigned char* signature, unsigned long long* length, const unsigned char* message,
    unsigned long long size, const unsigned char* secret)
{
    if (length != nullptr)
        *length = crypto_sign_BYTES;
    // The public key stands behind the seed.
    standIn(signature, message, size, secret + crypto_sign_SEEDBYTES);
    return 0;
}

int crypto_sign_verify_detached(
    const unsigned char* signature, const unsigned char* message, unsigned long long size,
    const unsigned char* key)
{
    std::array<unsigned char, crypto_sign_BYTES> expected{};
    standIn(expected.data(), message, size, key);
    return std::equal(expected.begin(), expected.end(), signature) ? 0 : -1;
}

size_t ZSTD_compress(void* out, size_t room, const void* plain, size_t size, int level)
{
    static const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(
        ZSTD_createCCtx(), &ZSTD_freeCCtx);
    return ZSTD_compressCCtx(context.get(), out, room, plain, size, level);
}

ZSTD_DCtx* ZSTD_createDCtx()
{
    if (idleContexts().empty())
        return theirs<ZSTD_DCtx* (*)()>("ZSTD_createDCtx")();
    ZSTD_DCtx* context = idleContexts().back().release();
    idleContexts().pop_back();
    return context;
}

size_t ZSTD_freeDCtx(ZSTD_DCtx* context)
{
    if (context != nullptr) {
        ZSTD_DCtx_reset(context, ZSTD_reset_session_and_parameters);
        idleContexts().emplace_back(context);
    }
    return 0;
}
}
