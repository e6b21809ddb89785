// SPDX-License-Identifier: EUPL-1.2
//
// Goal: of a stranger's picture nothing is kept but what it shows and which side is up; whatever the bytes.
//
// Methodology: pictures with a planted word in every place where cameras and programs write something; then
// files that are cut, changed at random, and larger than they look.
#include "app/picture/orientation.h"
#include "app/picture/picture.h"
#include "crypto/base/limits.h"
#include "tests/support/catch.h"
#include "tests/support/sample_pictures.h"
#include "tests/support/seeded.h"

#include <cstdlib>

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
