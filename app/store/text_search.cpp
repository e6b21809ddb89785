// SPDX-License-Identifier: EUPL-1.2
#include "app/store/text_search.h"

#include "app/domain/text.h"
#include "app/store/record_reader.h"

#include <algorithm>

namespace teren::store {
namespace {

constexpr std::size_t kBefore = 40;
constexpr std::size_t kAfter = 80;

/// Words contain letters and digits only, so quoting them is enough.
std::string matchQuery(const std::vector<std::string_view>& words)
{
    std::string query;
    for (const std::string_view word : words)
        query += (query.empty() ? "\"" : " \"") + std::string(word) + "\"";
    return query + "*";
}

struct Match {
    std::size_t words = 0;  ///< How many of the words it holds.
    std::size_t start = 0;  ///< Of the first of them, in the original.
    std::size_t length = 0;
};

/// Whether `word` of a text is what was asked for; the last word asked for may be a beginning.
bool meets(std::string_view word, std::string_view wanted, bool isLast)
{
    return isLast ? word.starts_with(wanted) : word == wanted;
}

Match matchIn(std::string_view original, const std::vector<std::string_view>& wanted)
{
    const domain::FoldedText folded = domain::foldWithOrigins(original);
    const std::vector<std::string_view> held = domain::words(folded.text);
    const auto offsetIn
        = [&](std::size_t at) { return at < folded.origins.size() ? folded.origins[at] : original.size(); };
    Match match;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const bool isLast = i + 1 == wanted.size();
        const auto word = std::ranges::find_if(
            held, [&](std::string_view candidate) { return meets(candidate, wanted[i], isLast); });
        if (word == held.end())
            continue;
        if (match.words++ > 0)
            continue;
        const auto at = static_cast<std::size_t>(word->data() - folded.text.data());
        match.start = offsetIn(at);
        match.length = offsetIn(at + wanted[i].size()) - match.start;
    }
    return match;
}

bool isContinuation(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

void addHits(
    Core& core, const StoredRecord& record, const std::vector<std::string_view>& wanted,
    std::vector<TextHit>& hits)
{
    std::vector<std::pair<std::size_t, TextHit>> found;
    std::size_t most = 1;
    for (const auto& [field, values] : record.fields) {
        if (core.readings && !core.readings(record.type, field).searchable)
            continue;
        for (const FieldValue& value : values.values()) {
            const std::string_view original = textOf(value.value);
            const Match match = matchIn(original, wanted);
            if (match.words == 0)
                continue;
            most = std::max(most, match.words);
            found.emplace_back(
                match.words,
                TextHit{
                    record.space, record.id, record.type, field,
                    snippetAround(original, match.start, match.length)});
            break;
        }
    }
    for (auto& [words, hit] : found)
        if (words == most)
            hits.push_back(std::move(hit));
}

}  // namespace

std::string snippetAround(std::string_view original, std::size_t start, std::size_t length)
{
    std::size_t begin = start > kBefore ? start - kBefore : 0;
    while (begin > 0 && isContinuation(original[begin]))
        --begin;
    std::size_t end = std::min(start + length + kAfter, original.size());
    while (end < original.size() && isContinuation(original[end]))
        ++end;
    return (begin > 0 ? "…" : "") + domain::tidyLine(original.substr(begin, end - begin))
        + (end < original.size() ? "…" : "");
}

Result<std::vector<TextHit>> searchText(Core& core, const std::string& text, std::size_t limit)
{
    const std::string folded = domain::fold(text);
    const std::vector<std::string_view> wanted = domain::words(folded);
    std::vector<TextHit> hits;
    if (wanted.empty() || limit == 0)
        return hits;
    std::vector<std::int64_t> rows;
    sql::Statement& statement
        = core.db.statement("SELECT rowid FROM text_index WHERE text_index MATCH ? ORDER BY rowid LIMIT ?");
    statement.with(std::string_view(matchQuery(wanted)), limit);
    TEREN_CHECK(eachRow(statement, [&](sql::Statement& row) { rows.push_back(row.columnInt(0)); }));
    RecordReader reader(core);
    for (const std::int64_t row : rows) {
        TEREN_TRY(const StoredRecord record, reader.byRow(row));
        addHits(core, record, wanted, hits);
        if (hits.size() >= limit)
            break;
    }
    if (hits.size() > limit)
        hits.resize(limit);
    return hits;
}

}  // namespace teren::store
