// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/bytes.h"

#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <string>

namespace teren::test {

/// Which fields of which message of a .proto file hold messages, read from the file itself: what is added to
/// it one day is tested without a word here.
class MessageFields {
public:
    /// @param proto  From the top of the tree: "sync/wire/messages.proto".
    explicit MessageFields(const std::string& proto)
    {
        const auto root = std::filesystem::path(TEREN_VECTOR_DIR).parent_path().parent_path();
        std::ifstream file(root / proto);
        std::map<std::string, std::map<std::uint32_t, std::string>> all;
        std::string current;
        for (std::string line; std::getline(file, line);) {
            std::istringstream words(line.substr(0, line.find("//")));
            std::string word;
            while (words >> word) {
                if (word == "message" && words >> current) {
                    all[current];
                    continue;
                }
                std::string name;
                std::string equals;
                std::uint32_t number = 0;
                if (word != "repeated" && word != "{" && word != "}" && word != "oneof" && !current.empty()
                    && words >> name >> equals >> number && equals == "=")
                    all[current][number] = word;
            }
        }
        for (const auto& [message, fields] : all)
            for (const auto& [number, type] : fields)
                if (all.contains(type))
                    nested_[message][number] = type;
        known_ = all.size();
    }
    std::size_t messages() const { return known_; }

    /// The same message with fields at its end, and at the end of each message in it, that only a later build
    /// knows: a number, a text, four and eight bytes.
    Bytes withLater(ByteView bytes, const std::string& message) const
    {
        Bytes out;
        std::size_t at = 0;
        while (at < bytes.size()) {
            const std::size_t begin = at;
            const std::uint64_t tag = number(bytes, at);
            if ((tag & 7U) != 2) {
                skip(bytes, at, tag & 7U);
                out.insert(out.end(), bytes.begin() + offset(begin), bytes.begin() + offset(at));
                continue;
            }
            const std::size_t size = number(bytes, at);
            const ByteView payload = bytes.subspan(at, size);
            at += size;
            const auto type = nestedIn(message, static_cast<std::uint32_t>(tag >> 3U));
            append(out, tag);
            const Bytes inner = type ? withLater(payload, *type) : Bytes(payload.begin(), payload.end());
            append(out, inner.size());
            out.insert(out.end(), inner.begin(), inner.end());
        }
        for (const std::uint64_t wireType : {0U, 2U, 5U, 1U}) {
            append(out, (std::uint64_t{3000} + wireType) << 3U | wireType);
            const std::size_t size = wireType == 0 ? 1 : wireType == 1 ? 8 : wireType == 5 ? 4 : 3;
            if (wireType == 2)
                append(out, size);
            out.insert(out.end(), size, 0x41);
        }
        return out;
    }

private:
    static std::ptrdiff_t offset(std::size_t at) { return static_cast<std::ptrdiff_t>(at); }
    static std::uint64_t number(ByteView bytes, std::size_t& at)
    {
        std::uint64_t value = 0;
        for (unsigned shift = 0;; shift += 7) {
            const std::uint8_t byte = bytes[at++];
            value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
            if (byte < 0x80)
                return value;
        }
    }
    static void skip(ByteView bytes, std::size_t& at, std::uint64_t wireType)
    {
        if (wireType == 0)
            number(bytes, at);
        else
            at += wireType == 1 ? 8 : 4;
    }
    static void append(Bytes& out, std::uint64_t value)
    {
        for (; value >= 0x80; value >>= 7U)
            out.push_back(static_cast<std::uint8_t>(value | 0x80U));
        out.push_back(static_cast<std::uint8_t>(value));
    }
    std::optional<std::string> nestedIn(const std::string& message, std::uint32_t field) const
    {
        const auto found = nested_.find(message);
        if (found == nested_.end())
            return std::nullopt;
        const auto type = found->second.find(field);
        return type == found->second.end() ? std::nullopt : std::optional(type->second);
    }

    std::map<std::string, std::map<std::uint32_t, std::string>> nested_;
    std::size_t known_ = 0;
};

}  // namespace teren::test
