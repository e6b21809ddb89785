// SPDX-License-Identifier: EUPL-1.2
#include "app/store/wrong_tries.h"

#include "crypto/base/big_endian.h"
#include "crypto/sign/hash.h"
#include "tests/support/catch.h"
#include "tests/support/files.h"
#include "tests/support/seeded.h"
#include "tests/support/temp_folder.h"

#include <limits>

namespace teren::store {
namespace {

using std::chrono::seconds;

struct SampleTries {
    test::TempFolder folder;
    std::filesystem::path file = folder.path() / "vault.tries";
    WrongTries tries{file};
    test::ManualClock clock;

    void fail(int times) const
    {
        for (int i = 0; i < times; ++i)
            REQUIRE(tries.add(clock.now()));
    }
    /// What one who knows the format writes.
    void plant(std::uint32_t count, std::uint64_t last) const
    {
        Bytes bytes = toBytes(viewOf(std::string_view("teren tries\0\0\0\0\0", 16)));
        bytes.resize(32);
        putBigEndian(std::span(bytes).subspan<16, 4>(), std::uint32_t{1});
        putBigEndian(std::span(bytes).subspan<20, 4>(), count);
        putBigEndian(std::span(bytes).subspan<24, 8>(), last);
        const Hash sum = blake2b({bytes});
        bytes.insert(bytes.end(), sum.begin(), sum.end());
        test::writeFile(file, bytes);
    }
};

}  // namespace

TEST_CASE("wrong tries: three are free, then the wait doubles up to five minutes", "[vault]")
{
    CHECK(waitAfter(0) == seconds(0));
    CHECK(waitAfter(3) == seconds(0));
    CHECK(waitAfter(4) == seconds(5));
    CHECK(waitAfter(5) == seconds(10));
    CHECK(waitAfter(9) == seconds(160));
    CHECK(waitAfter(10) == seconds(300));
    CHECK(waitAfter(std::numeric_limits<std::uint32_t>::max()) == seconds(300));
}

TEST_CASE("wrong tries: the wait runs down with the clock, and the right one ends it", "[vault]")
{
    SampleTries sample;
    CHECK(sample.tries.wait(sample.clock.now()) == seconds(0));
    sample.fail(3);
    CHECK(sample.tries.check(sample.clock.now()));
    sample.fail(1);
    CHECK(sample.tries.wait(sample.clock.now()) == seconds(5));
    sample.clock.advance(std::chrono::milliseconds(4'001));
    CHECK(sample.tries.wait(sample.clock.now()) == seconds(1));
    const Status early = sample.tries.check(sample.clock.now());
    REQUIRE_FALSE(early);
    CHECK(early.error().code == Errc::Locked);
    CHECK(early.error().detail.find("wait 1 second") != std::string::npos);
    sample.clock.advance(std::chrono::milliseconds(999));
    CHECK(sample.tries.check(sample.clock.now()));
    sample.fail(1);
    // Another program reads the same.
    CHECK(WrongTries(sample.file).wait(sample.clock.now()) == seconds(10));
    REQUIRE(sample.tries.clear());
    CHECK_FALSE(std::filesystem::exists(sample.file));
    CHECK(sample.tries.wait(sample.clock.now()) == seconds(0));
    CHECK(sample.tries.clear());
}

TEST_CASE("wrong tries: a clock that was set back makes wait once, not for ever", "[vault]")
{
    SampleTries sample;
    sample.fail(20);
    sample.clock.advance(-std::chrono::hours(24 * 365));
    CHECK(sample.tries.wait(sample.clock.now()) == seconds(300));
    sample.clock.advance(seconds(299));
    CHECK(sample.tries.wait(sample.clock.now()) == seconds(1));
    sample.clock.advance(seconds(1));
    CHECK(sample.tries.wait(sample.clock.now()) == seconds(0));
}

TEST_CASE("wrong tries: whatever stands in the file, nobody waits longer than five minutes", "[vault]")
{
    SampleTries sample;
    constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
    for (const std::uint64_t last : {std::uint64_t{0}, kMost, kMost / 2, kMost / 2 + 1, kMost - 300'000}) {
        for (const std::uint32_t count : {0U, 4U, 10U, 0x7fffffffU, 0xffffffffU}) {
            INFO(count << " at " << last);
            sample.plant(count, last);
            const seconds wait = sample.tries.wait(sample.clock.now());
            REQUIRE(wait >= seconds(0));
            REQUIRE(wait <= seconds(300));
            sample.clock.advance(wait);
            REQUIRE(sample.tries.wait(sample.clock.now()) == seconds(0));
        }
    }
    sample.plant(0xffffffffU, 0);
    CHECK(sample.tries.add(sample.clock.now()));
    CHECK(sample.tries.wait(sample.clock.now()) == seconds(300));
}

TEST_CASE("wrong tries: a file that is not what this program writes makes wait longest, once", "[vault]")
{
    SampleTries sample;
    sample.fail(12);
    const Bytes good = test::readFile(sample.file);
    REQUIRE(good.size() == 64);
    for (std::size_t at = 0; at < good.size(); ++at) {
        Bytes bent = good;
        bent[at] ^= 1;
        test::writeFile(sample.file, bent);
        REQUIRE(sample.tries.wait(sample.clock.now()) == seconds(300));
        REQUIRE(sample.tries.wasForeign());
        sample.clock.advance(seconds(300));
        REQUIRE(sample.tries.wait(sample.clock.now()) == seconds(0));
        REQUIRE(sample.tries.check(sample.clock.now()).has_value());
        REQUIRE(sample.tries.wasForeign());
    }
    for (const std::size_t size : {0UL, 63UL}) {
        test::writeFile(sample.file, ByteView(good).first(size));
        CHECK(sample.tries.check(sample.clock.now()).error().code == Errc::Locked);
    }
    test::writeFile(sample.file, Bytes(1'000'000));
    CHECK(sample.tries.wait(sample.clock.now()) == seconds(300));
    CHECK(sample.tries.clear());
    CHECK_FALSE(sample.tries.wasForeign());
}

TEST_CASE("wrong tries: where none can be counted, none is let through", "[vault]")
{
    SampleTries sample;
    std::filesystem::path fresh = sample.file;
    fresh += ".new";
    for (const auto& place : {sample.file, fresh}) {
        std::filesystem::create_directory(place);
        const Status checked = sample.tries.check(sample.clock.now());
        REQUIRE_FALSE(checked.has_value());
        CHECK(checked.error().code == Errc::Damaged);
        CHECK(checked.error().detail.starts_with(place.filename().string()));
        CHECK_FALSE(sample.tries.add(sample.clock.now()));
        std::filesystem::remove(place);
        CHECK(sample.tries.check(sample.clock.now()));
    }
}

}  // namespace teren::store
