// SPDX-License-Identifier: EUPL-1.2
#include "app/service/version_content.h"

#include "crypto/base/utf8.h"
#include "crypto/sign/hash.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace teren::service {
namespace {

// Its objects are sorted by the bytes of their keys, which for ASCII is the order of RFC 8785; its shortest
// form escapes what the RFC escapes and nothing else. There are no numbers here but one small integer.
using Json = nlohmann::json;

constexpr int kFormat = 1;
constexpr std::string_view kLabel = "teren.version.v1";

bool isAscii(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
}

Result<Json> textOf(const std::string& text)
{
    if (!isUtf8(viewOf(text)))
        return fail(Errc::Invalid, "a text that is not UTF-8 cannot be frozen");
    return Json(text);
}

Result<Json> jsonOf(FrozenValue& value)
{
    if (const auto* text = std::get_if<std::string>(&value))
        return textOf(*text);
    auto& elements = std::get<std::vector<std::string>>(value);
    std::ranges::sort(elements);
    Json list = Json::array();
    for (const std::string& element : elements) {
        TEREN_TRY(Json one, textOf(element));
        list.push_back(std::move(one));
    }
    return list;
}

Result<Json> jsonOf(FrozenRecord& record)
{
    Json fields = Json::object();
    for (auto& [field, value] : record.fields) {
        if (!isAscii(field))
            return fail(Errc::Invalid, "a field whose name is not ASCII cannot be frozen");
        TEREN_TRY(fields[field], jsonOf(value));
    }
    TEREN_TRY(Json type, textOf(record.type));
    return Json{{"type", std::move(type)}, {"fields", std::move(fields)}};
}

}  // namespace

Result<std::string> canonicalJson(FrozenState state)
{
    Json records = Json::object();
    for (auto& [id, record] : state.records) {
        TEREN_TRY(records[id.hex()], jsonOf(record));
    }
    const Json json{
        {"format", kFormat},
        {"case", state.caseId.hex()},
        {"document", state.document.hex()},
        {"records", std::move(records)}};
    return json.dump();
}

Hash versionHash(std::string_view content)
{
    return blake2b({viewOf(kLabel), viewOf(content)});
}

RecordId versionId(std::string_view content)
{
    const Hash hash = versionHash(content);
    RecordId id;
    std::copy_n(hash.begin(), id.bytes.size(), id.bytes.begin());
    return id;
}

Result<VersionSubject> subjectOf(std::string_view content)
{
    const Json json = Json::parse(content, nullptr, false);
    const auto textAt = [&](const char* key) {
        const auto found = json.is_object() ? json.find(key) : json.end();
        return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    const Result<SpaceId> caseId = SpaceId::fromHex(textAt("case"));
    const Result<RecordId> document = RecordId::fromHex(textAt("document"));
    if (!caseId || !document)
        return fail(Errc::Invalid, "is not the content of a version");
    return VersionSubject{*caseId, *document};
}

}  // namespace teren::service
