// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"

namespace teren::ledger {

/// Appends integers and byte strings to a fixed binary layout, most significant byte first.
class Writer {
public:
    template <typename T>
    Writer& number(T value)
    {
        for (std::size_t shift = sizeof(T) * 8; shift > 0; shift -= 8)
            bytes_.push_back(static_cast<std::uint8_t>(value >> (shift - 8)));
        return *this;
    }
    Writer& raw(ByteView bytes)
    {
        bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
        return *this;
    }
    Bytes take() { return std::move(bytes_); }

private:
    Bytes bytes_;
};

/// Reads such a layout. The caller has checked that there are enough bytes.
class Reader {
public:
    explicit Reader(ByteView bytes) : rest_(bytes) {}
    template <typename T>
    T number()
    {
        T value = 0;
        for (const std::uint8_t byte : raw(sizeof(T)))
            value = static_cast<T>((value << 8) | byte);
        return value;
    }
    ByteView raw(std::size_t size)
    {
        const ByteView taken = rest_.first(size);
        rest_ = rest_.subspan(size);
        return taken;
    }
    std::size_t left() const { return rest_.size(); }

private:
    ByteView rest_;
};

}  // namespace teren::ledger
