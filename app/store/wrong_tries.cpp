// SPDX-License-Identifier: EUPL-1.2
#include "app/store/wrong_tries.h"

#include "app/platform/durable_file.h"
#include "crypto/base/big_endian.h"
#include "crypto/sign/hash.h"

#include <algorithm>
#include <limits>

namespace teren::store {
namespace {

constexpr std::string_view kMagic{"teren tries\0\0\0\0\0", 16};
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kChecked = 32;
constexpr std::size_t kFileSize = kChecked + sizeof(Hash);

constexpr std::uint32_t kFreeTries = 3;
/// Only ever written for a file that this program did not write.
constexpr std::uint32_t kForeign = std::numeric_limits<std::uint32_t>::max();
constexpr std::chrono::seconds kFirstWait{5};
constexpr std::chrono::seconds kLongestWait{300};

}  // namespace

std::chrono::seconds waitAfter(std::uint32_t count)
{
    std::chrono::seconds wait{0};
    for (std::uint32_t i = kFreeTries; i < count && wait < kLongestWait; ++i)
        wait = i == kFreeTries ? kFirstWait : wait * 2;
    return std::min(wait, kLongestWait);
}

/// magic 16 | version 4 | count 4 | last try 8 | BLAKE2b-256 of all that 32.
Bytes WrongTries::encode(const Tries& tries)
{
    Bytes file(kChecked);
    const std::span all(file);
    std::ranges::copy(viewOf(kMagic), file.begin());
    putBigEndian(all.subspan<16, 4>(), kVersion);
    putBigEndian(all.subspan<20, 4>(), tries.count);
    putBigEndian(all.subspan<24, 8>(), static_cast<std::uint64_t>(tries.last.time_since_epoch().count()));
    const Hash checksum = blake2b({file});
    file.insert(file.end(), checksum.begin(), checksum.end());
    return file;
}

Result<WrongTries::Tries> WrongTries::decode(ByteView file)
{
    if (file.size() != kFileSize
        || !std::ranges::equal(blake2b({file.first(kChecked)}), file.subspan(kChecked)))
        return fail(Errc::Malformed);
    Tries tries;
    tries.count = getBigEndian<std::uint32_t>(file.subspan<20, 4>());
    tries.last = Instant(std::chrono::milliseconds(
        static_cast<std::int64_t>(getBigEndian<std::uint64_t>(file.subspan<24, 8>()))));
    if (encode(tries) != toBytes(file))
        return fail(Errc::Malformed);
    return tries;
}

Result<WrongTries::Tries> WrongTries::read(Instant now) const
{
    const Result<Bytes> file = platform::readWhole(file_, kFileSize);
    if (!file && file.error().code == Errc::NotFound)
        return Tries{};
    if (!file && file.error().code != Errc::LimitExceeded)
        return std::unexpected(file.error());
    if (file) {
        if (const Result<Tries> tries = decode(*file))
            return *tries;
    }
    const Tries most{kForeign, now};
    TEREN_CHECK(platform::writeDurably(file_, encode(most)));
    return most;
}

bool WrongTries::wasForeign() const
{
    const Result<Bytes> file = platform::readWhole(file_, kFileSize);
    const Result<Tries> tries = file ? decode(*file) : Result<Tries>(Tries{});
    return tries && tries->count == kForeign;
}

std::chrono::seconds WrongTries::wait(Instant now) const
{
    return left(now).value_or(std::chrono::seconds(0));
}

Result<std::chrono::seconds> WrongTries::left(Instant now) const
{
    TEREN_TRY(Tries tries, read(now));
    const std::chrono::seconds whole = waitAfter(tries.count);
    if (whole.count() == 0)
        return whole;
    if (tries.last > now) {
        // Not written, it would be in the future at every try: better none to wait for.
        tries.last = now;
        if (!platform::writeDurably(file_, encode(tries)))
            return std::chrono::seconds(0);
    }
    // Compared before it is subtracted: the file may hold any moment there is.
    if (tries.last <= now - whole)
        return std::chrono::seconds(0);
    return std::chrono::ceil<std::chrono::seconds>(tries.last + whole - now);
}

Status WrongTries::check(Instant now) const
{
    std::filesystem::path fresh = file_;
    fresh += ".new";
    // Where the next wrong try could not be counted, there would be no wait.
    const Result<Bytes> next = platform::readWhole(fresh, kFileSize);
    if (!next && next.error().code == Errc::Damaged)
        return std::unexpected(next.error());
    TEREN_TRY(const std::chrono::seconds wait, left(now));
    if (wait.count() == 0)
        return {};
    return fail(
        Errc::Locked,
        "the passphrase or recovery code was wrong several times; wait " + std::to_string(wait.count())
            + (wait.count() == 1 ? " second" : " seconds"));
}

Status WrongTries::add(Instant now) const
{
    TEREN_TRY(Tries tries, read(now));
    if (tries.count < kForeign - 1)
        ++tries.count;
    tries.last = now;
    return platform::writeDurably(file_, encode(tries));
}

Status WrongTries::clear() const
{
    return platform::removeDurably(file_);
}

}  // namespace teren::store
