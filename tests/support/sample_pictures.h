// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/picture/jpeg.h"
#include "app/picture/png.h"
#include "crypto/base/assert.h"

#include <algorithm>
#include <string>
#include <vector>

// Pictures as phones and programs write them, made here: no file of anybody's.
namespace teren::test {

/// Different in each corner, smooth between, so that JPEG keeps it and a turn shows.
inline picture::Pixels samplePixels(std::uint32_t width, std::uint32_t height, std::uint32_t channels = 3)
{
    picture::Pixels pixels{width, height, channels, {}};
    pixels.bytes.resize(std::size_t{width} * height * channels);
    for (std::uint32_t y = 0; y < height; ++y)
        for (std::uint32_t x = 0; x < width; ++x)
            for (std::uint32_t channel = 0; channel < channels; ++channel)
                pixels.at(x, y)[channel] = static_cast<std::uint8_t>(
                    channel == 3 ? 200 : (channel == 1 ? 255 * y / height : 255 * x / width));
    return pixels;
}

inline Bytes operator+(Bytes left, ByteView right)
{
    left.insert(left.end(), right.begin(), right.end());
    return left;
}

inline Bytes bigEndianBytes(std::uint32_t number, std::size_t size)
{
    Bytes bytes;
    for (std::size_t i = size; i-- > 0;)
        bytes.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
    return bytes;
}

/// A marker segment of a JPEG.
inline Bytes segmentOf(std::uint8_t marker, ByteView content)
{
    return Bytes{0xff, marker} + bigEndianBytes(static_cast<std::uint32_t>(content.size() + 2), 2) + content;
}

inline std::uint32_t crcOf(ByteView bytes)
{
    std::uint32_t crc = 0xffffffff;
    for (const std::uint8_t byte : bytes) {
        crc ^= byte;
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xedb88320U : 0U);
    }
    return ~crc;
}

/// A chunk of a PNG.
inline Bytes chunkOf(std::string_view type, ByteView content)
{
    const Bytes named = toBytes(viewOf(type)) + content;
    return bigEndianBytes(static_cast<std::uint32_t>(content.size()), 4) + named
        + bigEndianBytes(crcOf(named), 4);
}

/// EXIF with an orientation, a maker, a GPS directory, and a small picture: all but the first `planted`.
inline Bytes exifOf(unsigned orientation, std::string_view planted, bool bigEndian)
{
    const auto number = [&](std::uint32_t value, std::size_t size) {
        Bytes bytes = bigEndianBytes(value, size);
        if (!bigEndian)
            std::ranges::reverse(bytes);
        return bytes;
    };
    const auto entry = [&](std::uint32_t tag, std::uint32_t type, std::uint32_t count, Bytes value) {
        value.resize(4, 0);
        return number(tag, 2) + number(type, 2) + number(count, 4) + value;
    };
    const auto size = static_cast<std::uint32_t>(planted.size());
    constexpr std::uint32_t kFirst = 8;
    constexpr std::uint32_t kGps = kFirst + 2 + 3 * 12 + 4;
    constexpr std::uint32_t kText = kGps + 2 + 1 * 12 + 4;
    Bytes exif = toBytes(viewOf(bigEndian ? std::string_view("MM\0*", 4) : std::string_view("II*\0", 4)));
    exif = exif + number(kFirst, 4) + number(3, 2);
    exif = exif + entry(0x010f, 2, size, number(kText, 4));
    exif = exif + entry(0x0112, 3, 1, number(orientation, 2));
    exif = exif + entry(0x8825, 4, 1, number(kGps, 4)) + number(0, 4);
    exif = exif + number(1, 2) + entry(0x001d, 2, size, number(kText, 4)) + number(0, 4);
    return exif + viewOf(planted);
}

/// A phone's JPEG: its picture, and `planted` in every place where such files say something.
inline Bytes phoneJpeg(
    const picture::Pixels& pixels, unsigned orientation, std::string_view planted, bool bigEndian = true)
{
    const auto bare = picture::encodeJpeg(pixels);
    TEREN_ASSERT(bare.has_value());
    const auto labelled
        = [&](std::string_view label, ByteView rest) { return toBytes(viewOf(label)) + rest; };
    const ByteView text = viewOf(planted);
    Bytes file(bare->begin(), bare->begin() + 2);
    file = file + segmentOf(0xe1, labelled({"Exif\0\0", 6}, exifOf(orientation, planted, bigEndian)));
    file = file + segmentOf(0xe1, labelled({"http://ns.adobe.com/xap/1.0/\0", 29}, text));
    file = file + segmentOf(0xe2, labelled({"ICC_PROFILE\0\1\1", 14}, text));
    file = file + segmentOf(0xe2, labelled({"MPF\0", 4}, text));
    file = file + segmentOf(0xed, labelled({"Photoshop 3.0\0008BIM\4\4", 20}, text));
    file = file + segmentOf(0xe5, text) + segmentOf(0xfe, text);
    file.insert(file.end(), bare->begin() + 2, bare->end());
    // A second picture and a maker's trailer behind the end.
    return file + *bare + text;
}

/// A grey JPEG of six blocks with a restart marker behind each, `restarts` of them, and `hidden` in front of
/// each marker. Two codes of one bit are all it needs: no difference, end of block.
inline Bytes greyWithRestarts(std::string_view hidden, std::size_t restarts)
{
    const Bytes oneCode = Bytes{1} + Bytes(15, 0) + Bytes{0};
    Bytes file{0xff, 0xd8};
    file = file + segmentOf(0xdb, Bytes{0} + Bytes(64, 1));
    file = file + segmentOf(0xc0, Bytes{8, 0, 8, 0, 48, 1, 1, 0x11, 0});
    file = file + segmentOf(0xc4, Bytes{0x00} + oneCode) + segmentOf(0xc4, Bytes{0x10} + oneCode);
    file = file + segmentOf(0xdd, Bytes{0, 1}) + segmentOf(0xda, Bytes{1, 1, 0, 0, 63, 0});
    for (std::size_t i = 0; i <= restarts; ++i) {
        file.push_back(0x3f);
        if (i < restarts)
            file = file + viewOf(hidden) + Bytes{0xff, static_cast<std::uint8_t>(0xd0 + i)};
    }
    return file + Bytes{0xff, 0xd9};
}

/// A PNG with `planted` in every place where such files say something.
inline Bytes talkingPng(const picture::Pixels& pixels, unsigned orientation, std::string_view planted)
{
    const auto bare = picture::encodePng(pixels);
    TEREN_ASSERT(bare.has_value());
    const ByteView text = viewOf(planted);
    const auto labelled = [&](std::string_view label) { return toBytes(viewOf(label)) + text; };
    constexpr std::size_t kBehindHeader = 8 + 25;
    Bytes file(bare->begin(), bare->begin() + kBehindHeader);
    file = file + chunkOf("eXIf", exifOf(orientation, planted, true));
    file = file + chunkOf("tEXt", labelled({"Author\0", 7}));
    file = file + chunkOf("iTXt", labelled({"XML:com.adobe.xmp\0\0\0\0\0", 22}));
    file = file + chunkOf("tIME", Bytes{7, 234, 11, 22, 1, 2, 3});
    file = file + chunkOf("prVt", text);
    file.insert(file.end(), bare->begin() + kBehindHeader, bare->end());
    return file + text;
}

}  // namespace teren::test
