// SPDX-License-Identifier: EUPL-1.2
// What a simulated office does not need of a process: secrets behind guard pages, four system calls a key;
// memory that goes back to the system whenever a world ends; and the same signature verified by every device.
// What guards secrets is tested in crypto.
#include "crypto/sign/hash.h"

#include <dlfcn.h>
#include <malloc.h>
#include <sodium.h>

#include <cstdlib>
#include <set>

namespace {

/// Runs before the tests do.
[[maybe_unused]] const bool keepsMemory = [] {
    constexpr int kNever = 1 << 30;
    return mallopt(M_MMAP_THRESHOLD, kNever) == 1 && mallopt(M_TRIM_THRESHOLD, kNever) == 1;
}();

using Verify = int (*)(const unsigned char*, const unsigned char*, unsigned long long, const unsigned char*);

/// Of signatures that hold, whoever asked: they hold for everybody.
std::set<teren::Hash>& verified()
{
    static std::set<teren::Hash> known;
    return known;
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

int crypto_sign_verify_detached(
    const unsigned char* signature, const unsigned char* message, unsigned long long size,
    const unsigned char* key)
{
    constexpr std::size_t kRemembered = 100'000;
    static const auto verify
        = reinterpret_cast<Verify>(dlsym(RTLD_NEXT, "crypto_sign_verify_detached"));  // NOLINT
    const teren::Hash id = teren::blake2b(
        {teren::ByteView(signature, crypto_sign_BYTES), teren::ByteView(key, crypto_sign_PUBLICKEYBYTES),
         teren::ByteView(message, size)});
    if (verified().contains(id))
        return 0;
    const int code = verify(signature, message, size, key);
    if (verified().size() == kRemembered)
        verified().clear();
    if (code == 0)
        verified().insert(id);
    return code;
}
}
