// SPDX-License-Identifier: EUPL-1.2
//
// Goal: of a stranger's picture nothing is kept but what it shows and which side is up; whatever the bytes.
//
// Methodology: pictures with a planted word in every place where cameras and programs write something; then
// files that are cut, changed at random, and larger than they look.
#include "app/picture/jpeg_copy.h"
#include "app/picture/orientation.h"
#include "app/picture/picture.h"
#include "crypto/base/limits.h"
#include "tests/support/catch.h"
#include "tests/support/sample_pictures.h"
#include "tests/support/seeded.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <functional>

namespace teren::test {
namespace {

using picture::Format;
using picture::Pixels;

constexpr std::string_view kPlanted = "52.4064N 16.9252E Kowalska Nokia";

bool holds(ByteView bytes, std::string_view word)
{
    return textOf(bytes).find(word) != std::string_view::npos;
}

Pixels jpegPixels(ByteView file)
{
    auto pixels = picture::decodeJpeg(file, 100'000);
    REQUIRE(pixels);
    return *std::move(pixels);
}

/// Which corner of the picture the sample's pixel (0, 0) is in: 0 to 3, clockwise from the upper left.
int darkCorner(const Pixels& pixels)
{
    const std::uint32_t right = pixels.width - 1;
    const std::uint32_t below = pixels.height - 1;
    const auto sum
        = [&](std::uint32_t x, std::uint32_t y) { return pixels.at(x, y)[0] + pixels.at(x, y)[1]; };
    const std::array<int, 4> sums{sum(0, 0), sum(right, 0), sum(right, below), sum(0, below)};
    return static_cast<int>(std::ranges::min_element(sums) - sums.begin());
}

}  // namespace

TEST_CASE("picture: a JPEG keeps its picture, which side is up, and nothing else", "[picture]")
{
    const Pixels pixels = samplePixels(200, 120);
    for (unsigned orientation = 1; orientation <= 8; ++orientation)
        for (const bool bigEndian : {true, false}) {
            INFO(orientation);
            const Bytes file = phoneJpeg(pixels, orientation, kPlanted, bigEndian);
            REQUIRE(holds(file, kPlanted));
            REQUIRE(picture::orientationOfJpeg(file) == orientation);
            const auto freed = picture::withoutMetadata(Format::Jpeg, file);
            REQUIRE(freed);
            CHECK_FALSE(holds(*freed, kPlanted));
            CHECK_FALSE(holds(*freed, "Nokia"));
            CHECK(picture::saysNothing(*freed));
            CHECK_FALSE(picture::saysNothing(file));
            CHECK(picture::orientationOfJpeg(*freed) == orientation);
            CHECK(holds(*freed, "Exif") == (orientation != 1));
            for (const std::string_view label : {"http", "ICC_PROFILE", "MPF", "Photoshop", "8BIM"})
                CHECK_FALSE(holds(*freed, label));
            // Not one pixel differs.
            CHECK((jpegPixels(*freed).bytes == jpegPixels(file).bytes));
            // One picture: what stood behind the end is gone.
            CHECK(textOf(*freed).rfind("\xff\xd8") == 0);
            CHECK(textOf(*freed).ends_with("\xff\xd9"));
            const auto again = picture::withoutMetadata(Format::Jpeg, *freed);
            REQUIRE(again);
            CHECK((*again == *freed));
        }
}

TEST_CASE("picture: a PNG keeps its picture, turned upright, and nothing else", "[picture]")
{
    for (std::uint32_t channels = 1; channels <= 4; ++channels) {
        const Pixels pixels = samplePixels(60, 40, channels);
        for (const unsigned orientation : {1U, 3U, 6U, 8U}) {
            INFO(channels << " channels, orientation " << orientation);
            const Bytes file = talkingPng(pixels, orientation, kPlanted);
            REQUIRE(picture::orientationOfPng(file) == orientation);
            const auto freed = picture::withoutMetadata(Format::Png, file);
            REQUIRE(freed);
            CHECK_FALSE(holds(*freed, kPlanted));
            for (const std::string_view label : {"eXIf", "tEXt", "iTXt", "tIME", "prVt", "zTXt", "iCCP"})
                CHECK_FALSE(holds(*freed, label));
            const auto read = picture::decodePng(*freed);
            REQUIRE(read);
            CHECK((read->bytes == picture::upright(pixels, orientation).bytes));
            CHECK(textOf(*freed).ends_with(std::string_view("IEND\xae\x42\x60\x82", 8)));
        }
    }
}

TEST_CASE("picture: each orientation is turned as EXIF says", "[picture]")
{
    // The corner that is up and left when shown, by the orientation of a picture whose dark corner is stored
    // up and left: EXIF 2.32, section 4.6.4, tag 0x0112.
    const std::array<int, 9> corner{0, 0, 1, 2, 3, 0, 1, 2, 3};
    const Pixels pixels = samplePixels(160, 90);
    for (unsigned orientation = 1; orientation <= 8; ++orientation) {
        INFO(orientation);
        const Pixels turned = picture::upright(pixels, orientation);
        CHECK(turned.width == (orientation < 5 ? 160 : 90));
        CHECK(darkCorner(turned) == corner[orientation]);
        const auto small = picture::thumbnail(Format::Jpeg, phoneJpeg(pixels, orientation, kPlanted));
        REQUIRE(small);
        const Pixels shown = jpegPixels(*small);
        CHECK(shown.width == turned.width);
        CHECK(darkCorner(shown) == corner[orientation]);
    }
}

TEST_CASE("picture: a small picture fits, shows the same, and says nothing", "[picture]")
{
    for (const auto& [width, height] : std::vector<std::pair<std::uint32_t, std::uint32_t>>{
             {1, 1}, {320, 320}, {321, 10}, {4'000, 3'000}, {3'000, 4'001}, {5'000, 1}, {1, 900}}) {
        INFO(width << " by " << height);
        const Pixels pixels = samplePixels(width, height);
        const std::vector<std::pair<Format, Bytes>> files{
            {Format::Jpeg, phoneJpeg(pixels, 1, kPlanted)}, {Format::Png, talkingPng(pixels, 1, kPlanted)}};
        for (const auto& [format, file] : files) {
            const auto small = picture::thumbnail(format, file);
            REQUIRE(small);
            CHECK_FALSE(holds(*small, kPlanted));
            CHECK(picture::saysNothing(*small));
            const Pixels shown = jpegPixels(*small);
            CHECK(
                std::max(shown.width, shown.height) == std::min(std::max(width, height), std::uint32_t{320}));
            if (width > 100 && height > 100)
                CHECK(darkCorner(shown) == 0);
        }
    }
}

TEST_CASE("picture: the scan of a JPEG stays as it is, to the bit", "[picture]")
{
    const Bytes bare = *picture::encodeJpeg(samplePixels(200, 120));
    const Bytes file = phoneJpeg(samplePixels(200, 120), 6, kPlanted);
    const auto freed = picture::withoutMetadata(Format::Jpeg, file);
    REQUIRE(freed);
    const std::string_view scan = textOf(bare).substr(textOf(bare).find("\xff\xda"));
    CHECK(textOf(*freed).ends_with(scan));
    // Tables and frame as well: all that is new is which side is up.
    CHECK(freed->size() == bare.size() + 36);
}

TEST_CASE("picture: nothing hides within what belongs to the picture", "[picture]")
{
    const Bytes bare = *picture::encodeJpeg(samplePixels(64, 48));
    const ByteView text = viewOf(kPlanted);
    const auto withIn = [&](std::string_view marker, const std::function<Bytes(const Bytes&)>& change) {
        const std::size_t at = textOf(bare).find(marker);
        REQUIRE(at != std::string_view::npos);
        const std::size_t length = (std::size_t{bare[at + 2]} << 8U) | bare[at + 3];
        const Bytes content(
            bare.begin() + static_cast<std::ptrdiff_t>(at) + 4,
            bare.begin() + static_cast<std::ptrdiff_t>(at + 2 + length));
        return Bytes(bare.begin(), bare.begin() + static_cast<std::ptrdiff_t>(at))
            + segmentOf(bare[at + 1], change(content)) + ByteView(bare).subspan(at + 2 + length);
    };
    const auto longer = [&](const Bytes& content) { return content + text; };
    const auto before = [&](std::string_view marker, const Bytes& added) {
        const std::size_t at = textOf(bare).find(marker);
        return Bytes(bare.begin(), bare.begin() + static_cast<std::ptrdiff_t>(at)) + added
            + ByteView(bare).subspan(at);
    };
    const Bytes hiding[] = {
        // Behind tables, frame, scan's header; in a second table, a table that nothing uses.
        withIn("\xff\xdb", longer),
        withIn("\xff\xc0", longer),
        withIn("\xff\xc4", longer),
        withIn("\xff\xda", longer),
        before("\xff\xc0", segmentOf(0xdb, Bytes{3} + text + Bytes(64 - text.size(), 1))),
        before("\xff\xc0", segmentOf(0xdb, text)),
        before("\xff\xda", segmentOf(0xc4, text)),
        before("\xff\xda", segmentOf(0xdd, text)),
        before("\xff\xda", segmentOf(0xdc, text)),
        // Small pictures of JFIF, more of Adobe, each twice, and comments in every place.
        withIn("\xff\xe0", longer),
        before("\xff\xdb", segmentOf(0xe0, toBytes(viewOf({"JFXX\0", 5})) + text)),
        before("\xff\xdb", segmentOf(0xee, toBytes(viewOf({"Adobe\0\x64\0\0\0\0\1", 12})) + text)),
        before("\xff\xdb", segmentOf(0xe0, toBytes(viewOf({"JFIF\0\1\1\0\0\1\0\1\0\0", 14})) + text)),
        before("\xff\xda", segmentOf(0xfe, text)),
        before("\xff\xda", segmentOf(0xe1, toBytes(viewOf({"Exif\0\0", 6})) + text)),
        before("\xff\xd9", segmentOf(0xfe, text)),
        // In the scan behind the picture, with and without an end, and behind the end.
        before("\xff\xd9", toBytes(text)),
        before("\xff\xd9", Bytes{0xff, 0} + text + Bytes{0xff, 0xd0} + text),
        Bytes(bare.begin(), bare.end() - 2) + text,
        Bytes(bare.begin(), bare.end() - 2) + text + bare,
        before("\xff\xd9", segmentOf(0xda, Bytes{3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0}) + text),
        bare + text,
    };
    int read = 0;
    for (const Bytes& file : hiding) {
        INFO(&file - std::begin(hiding));
        REQUIRE(holds(file, kPlanted));
        const auto freed = picture::withoutMetadata(Format::Jpeg, file);
        if (!freed)
            continue;
        ++read;
        CHECK_FALSE(holds(*freed, kPlanted));
        CHECK_FALSE(holds(*freed, kPlanted.substr(0, 9)));
        CHECK(picture::saysNothing(*freed));
        CHECK(picture::withoutMetadata(Format::Jpeg, *freed));
    }
    CHECK(read >= 12);
}

TEST_CASE("picture: not a byte hides behind the picture in its scan, nor in its fill bits", "[picture]")
{
    for (const std::uint32_t width : {64U, 57U, 8U, 201U}) {
        const Bytes bare = *picture::encodeJpeg(samplePixels(width, 48));
        const Bytes body(bare.begin(), bare.end() - 2);
        REQUIRE(picture::copyOfPicture(bare) == bare);
        for (std::size_t size = 1; size <= 12; ++size) {
            for (const std::uint8_t fill : {std::uint8_t{0}, std::uint8_t{0x55}, std::uint8_t{0xfe}}) {
                INFO(width << " wide, " << size << " bytes of " << int(fill));
                const Bytes file = body + Bytes(size, fill) + Bytes{0xff, 0xd9};
                CHECK_FALSE(picture::copyOfPicture(file));
                const auto freed = picture::withoutMetadata(Format::Jpeg, file);
                REQUIRE(freed);
                CHECK(picture::copyOfPicture(*freed) == *freed);
            }
        }
        for (const Bytes& added : {Bytes{0xff, 0}, Bytes{0xff, 0xd0}, Bytes{0xff, 0xd0, 0x55}})
            CHECK_FALSE(picture::copyOfPicture(body + added + Bytes{0xff, 0xd9}));
        // The last byte is not all of the last code, or the fill bits say something.
        CHECK_FALSE(picture::copyOfPicture(Bytes(bare.begin(), bare.end() - 3) + Bytes{0xff, 0xd9}));
    }
}

TEST_CASE("picture: restart markers stay, and nothing hides before them", "[picture]")
{
    // A grey picture without detail: each block is the code "no difference" and "end of block".
    const Bytes restarted = greyWithRestarts(std::string_view(), 5);
    REQUIRE(picture::decodeJpeg(restarted, 64).has_value());
    CHECK(picture::copyOfPicture(restarted) == restarted);
    for (const std::string_view hidden : {"x", "eight  8"}) {
        const Bytes file = greyWithRestarts(hidden, 5);
        REQUIRE(picture::decodeJpeg(file, 64).has_value());
        CHECK_FALSE(picture::copyOfPicture(file));
        const auto freed = picture::withoutMetadata(Format::Jpeg, file);
        REQUIRE(freed);
        CHECK(picture::copyOfPicture(*freed) == *freed);
    }
    // One that is not its turn, and one too many.
    CHECK_FALSE(picture::copyOfPicture(greyWithRestarts({}, 6)));
    CHECK_FALSE(picture::copyOfPicture(greyWithRestarts({}, 4)));
}

#if !defined(__SANITIZE_ADDRESS__) && !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer)
TEST_CASE("picture: a large photo is freed row by row, in the memory of its file", "[picture]")
{
    // 30 million pixels: 90 MB of them, and as much of coefficients.
    const Bytes file = phoneJpeg(samplePixels(6'000, 5'000), 6, kPlanted);
    CHECK(file.size() < std::size_t{8} << 20U);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        std::size_t pages = 0;
        std::ifstream("/proc/self/statm") >> pages;
        const rlim_t most = pages * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE)) + (rlim_t{48} << 20U);
        const rlimit limit{most, most};
        ::setrlimit(RLIMIT_AS, &limit);
        const auto freed = picture::withoutMetadata(Format::Jpeg, file);
        const bool isWhole = freed && picture::thumbnail(Format::Jpeg, *freed).has_value();
        ::_exit(isWhole ? 0 : 1);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
}
#endif

TEST_CASE("picture: what cannot be gone through row by row takes no more than its share", "[picture]")
{
    // A progressive one is read whole before any of it is seen.
    Bytes progressive = *picture::encodeJpeg(samplePixels(64, 48));
    const std::size_t frame = textOf(progressive).find("\xff\xc0");
    REQUIRE(frame != std::string_view::npos);
    progressive[frame + 1] = 0xc2;
    for (const auto& [side, isTooLarge] :
         std::vector<std::pair<std::uint32_t, bool>>{{6'700, true}, {64, false}}) {
        const Bytes sides = bigEndianBytes(side, 2) + bigEndianBytes(side, 2);
        std::ranges::copy(sides, progressive.begin() + static_cast<std::ptrdiff_t>(frame) + 5);
        const auto freed = picture::withoutMetadata(Format::Jpeg, progressive);
        CHECK((!freed && freed.error().code == Errc::LimitExceeded) == isTooLarge);
        const auto small = picture::thumbnail(Format::Jpeg, progressive);
        CHECK((!small && small.error().code == Errc::LimitExceeded) == isTooLarge);
    }
    for (const auto& [side, isTooLarge] :
         std::vector<std::pair<std::uint32_t, bool>>{{6'000, true}, {5'700, false}}) {
        const Bytes small = *picture::encodePng(samplePixels(8, 8, 4));
        Bytes header(small.begin() + 16, small.begin() + 29);
        const Bytes sides = bigEndianBytes(side, 4) + bigEndianBytes(side, 4);
        std::ranges::copy(sides, header.begin());
        const Bytes file
            = Bytes(small.begin(), small.begin() + 8) + chunkOf("IHDR", header) + ByteView(small).subspan(33);
        CHECK(
            picture::withoutMetadata(Format::Png, file).error().code
            == (isTooLarge ? Errc::LimitExceeded : Errc::Refused));
    }
}

TEST_CASE("picture: bombs are refused before they are decoded", "[picture]")
{
    // A few hundred bytes that ask for gigabytes.
    const Bytes small = *picture::encodePng(samplePixels(8, 8, 1));
    for (const auto& [width, height] : std::vector<std::pair<std::uint32_t, std::uint32_t>>{
             {60'000, 60'000}, {30'001, 1}, {1, 30'001}, {9'000, 9'000}}) {
        Bytes header(small.begin() + 16, small.begin() + 29);
        const Bytes sides = bigEndianBytes(width, 4) + bigEndianBytes(height, 4);
        std::ranges::copy(sides, header.begin());
        const Bytes file
            = Bytes(small.begin(), small.begin() + 8) + chunkOf("IHDR", header) + ByteView(small).subspan(33);
        CHECK(picture::withoutMetadata(Format::Png, file).error().code == Errc::LimitExceeded);
        CHECK(picture::thumbnail(Format::Png, file).error().code == Errc::LimitExceeded);

        Bytes jpeg = *picture::encodeJpeg(samplePixels(8, 8));
        const std::size_t frame = textOf(jpeg).find("\xff\xc0");
        REQUIRE(frame != std::string_view::npos);
        const Bytes jpegSides = bigEndianBytes(height, 2) + bigEndianBytes(width, 2);
        std::ranges::copy(jpegSides, jpeg.begin() + static_cast<std::ptrdiff_t>(frame) + 5);
        CHECK(picture::withoutMetadata(Format::Jpeg, jpeg).error().code == Errc::LimitExceeded);
        CHECK(picture::thumbnail(Format::Jpeg, jpeg).error().code == Errc::LimitExceeded);
    }
}

TEST_CASE("picture: a chunk that says to be long takes no memory", "[picture]")
{
    const Bytes sound = *picture::encodePng(samplePixels(8, 8, 1));
    for (const std::string_view type : {"zTXt", "iTXt", "iCCP", "sPLT", "eXIf", "IDAT", "PLTE", "prVt"}) {
        Bytes file(sound.begin(), sound.begin() + 33);
        file = file + bigEndianBytes(0x7fff'fff0, 4) + viewOf(type) + ByteView(sound).subspan(33);
        INFO(type);
        // Found by a fuzzer: the library took two gigabytes for it.
        CHECK(picture::withoutMetadata(Format::Png, file).error().code == Errc::Refused);
        CHECK(picture::thumbnail(Format::Png, file).error().code == Errc::Refused);
    }
}

TEST_CASE("picture: what is no picture is refused, and says so", "[picture]")
{
    const Bytes jpeg = phoneJpeg(samplePixels(64, 48), 6, kPlanted);
    const Bytes png = talkingPng(samplePixels(64, 48), 6, kPlanted);
    for (const Format format : {Format::Jpeg, Format::Png}) {
        CHECK(picture::withoutMetadata(format, {}).error().code == Errc::Refused);
        CHECK(picture::withoutMetadata(format, viewOf("no picture")).error().code == Errc::Refused);
        const ByteView other = format == Format::Jpeg ? png : jpeg;
        CHECK(picture::withoutMetadata(format, other).error().code == Errc::Refused);
        CHECK(picture::thumbnail(format, other).error().code == Errc::Refused);
    }
}

TEST_CASE("picture: cut and changed files never get out what they say, and stop nothing", "[picture]")
{
    SeededRandom random(20'261'122);
    const Bytes jpeg = phoneJpeg(samplePixels(64, 48), 6, kPlanted);
    const Bytes png = talkingPng(samplePixels(64, 48, 4), 6, kPlanted);
    int read = 0;
    for (const Format format : {Format::Jpeg, Format::Png}) {
        const Bytes& sound = format == Format::Jpeg ? jpeg : png;
        std::vector<Bytes> files;
        for (std::size_t size = 0; size < sound.size(); size += 1 + size / 40)
            files.emplace_back(sound.begin(), sound.begin() + static_cast<std::ptrdiff_t>(size));
        for (int i = 0; i < 1'500; ++i) {
            files.push_back(sound);
            for (std::uint64_t left = 1 + random.below(6); left > 0; --left)
                files.back()[random.below(sound.size())] = static_cast<std::uint8_t>(random.below(256));
        }
        for (const Bytes& file : files) {
            const auto freed = picture::withoutMetadata(format, file);
            (void)picture::thumbnail(format, file);
            if (!freed)
                continue;
            ++read;
            REQUIRE_FALSE(holds(*freed, "Kowalska"));
            REQUIRE((format == Format::Png || picture::saysNothing(*freed)));
        }
    }
    CHECK(read > 300);
}

TEST_CASE("picture: an orientation is read from sound EXIF only", "[picture]")
{
    const Bytes sound = exifOf(6, "x", true);
    CHECK(picture::orientationOfExif(sound) == 6);
    CHECK(picture::orientationOfExif(exifOf(8, "x", false)) == 8);
    CHECK(picture::orientationOfExif(exifOf(0, "x", true)) == 1);
    CHECK(picture::orientationOfExif(exifOf(9, "x", true)) == 1);
    for (std::size_t size = 0; size < 8 + 2 + 12 + 10; ++size)
        CHECK(picture::orientationOfExif(ByteView(sound).first(size)) == 1);
    Bytes far = sound;
    std::fill_n(far.begin() + 4, 4, std::uint8_t{0xff});
    CHECK(picture::orientationOfExif(far) == 1);
}

}  // namespace teren::test
