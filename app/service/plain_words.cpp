// SPDX-License-Identifier: EUPL-1.2
#include "app/service/plain_words.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

namespace teren::service {
namespace {

constexpr std::string_view kHexDigits{"0123456789abcdef"};
constexpr std::size_t kIdSize = 32;
/// The beginning of an identifier, as a notice may have it.
constexpr std::size_t kBriefSize = 8;
/// A life: people have no numbers as long as that.
constexpr std::size_t kLongNumber = 9;

/// What is around the letters of a word: brackets, commas, the end of a sentence.
struct Word {
    std::string_view before;
    std::string_view core;
    std::string_view behind;
};

Word partsOf(std::string_view word)
{
    constexpr std::string_view kMarks{"().,:;"};
    const std::size_t begin = std::min(word.find_first_not_of(kMarks), word.size());
    const std::size_t end = std::max(word.find_last_not_of(kMarks) + 1, begin);
    return {word.substr(0, begin), word.substr(begin, end - begin), word.substr(end)};
}

bool isIdentifier(std::string_view core)
{
    const bool isHex = core.find_first_not_of(kHexDigits) == std::string_view::npos;
    const bool isNumber = core.find_first_not_of("0123456789") == std::string_view::npos;
    return isHex
        && (core.size() == kIdSize || (isNumber && core.size() >= kLongNumber)
            || (core.size() == kBriefSize && core.find_first_of("0123456789") != std::string_view::npos));
}

/// Who or what it is, if the word before says what kind of identifier this is.
std::optional<NoticePart> nameOf(std::string_view kind, std::string_view core, const Naming& naming)
{
    if (core.size() != kIdSize)
        return std::nullopt;
    if (kind == "device" || kind == "Device") {
        const Result<DeviceId> id = DeviceId::fromHex(core);
        return id ? std::optional(naming.device(*id)) : std::nullopt;
    }
    if (kind == "space" || kind == "Space" || kind == "case") {
        const Result<SpaceId> id = SpaceId::fromHex(core);
        return id ? std::optional(naming.space(*id)) : std::nullopt;
    }
    return std::nullopt;
}

std::string inEnglish(const NoticePart& part)
{
    switch (part.what) {
    case NoticePart::What::Device:
        return "device " + part.words;
    case NoticePart::What::NamelessDevice:
        return "a device that has no name here";
    case NoticePart::What::Case:
        return "case " + part.words;
    case NoticePart::What::RemovedCase:
        return "case " + part.words + ", removed from this device";
    case NoticePart::What::UnknownCase:
        return "a case that has not arrived on this device";
    case NoticePart::What::OfficeRecords:
        return "the records of the office";
    case NoticePart::What::Text:
        break;
    }
    return part.words;
}

bool isUpper(std::string_view word)
{
    return !word.empty() && word.front() >= 'A' && word.front() <= 'Z';
}

/// Words joined by blanks; the latest can still be replaced.
class Sentence {
public:
    void add(std::string word) { words_.push_back(std::move(word)); }
    std::string_view latest() const { return words_.empty() ? std::string_view() : words_.back(); }
    /// In place of the latest: "Device" and what follows become "Device AS-1".
    void replaceLatest(std::string words)
    {
        const bool wasUpper = isUpper(latest());
        words_.pop_back();
        if (wasUpper && !words.empty())
            words.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(words.front())));
        words_.push_back(std::move(words));
    }
    /// A comma or full stop of a word that went.
    void close(std::string_view mark)
    {
        if (!words_.empty() && !mark.empty() && !words_.back().ends_with(mark))
            words_.back().append(mark);
    }
    std::string text() const
    {
        std::string all;
        for (const std::string& word : words_)
            all.append(all.empty() ? "" : " ").append(word);
        return all;
    }

private:
    std::vector<std::string> words_;
};

/// Phrases that have no sense without the number that follows them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kPhrases{
    {{", as number ", ""}, {"the new life ", "a new life "}}};

std::string withoutPhrases(std::string_view notice)
{
    std::string text(notice);
    for (const auto& [phrase, instead] : kPhrases) {
        for (std::size_t at = text.find(phrase); at != std::string::npos; at = text.find(phrase, at + 1)) {
            const std::size_t number = at + phrase.size();
            const std::size_t end = std::min(text.find_first_not_of("0123456789", number), text.size());
            if (end > number)
                text.replace(at, end - at, instead.substr(0, instead.find_last_not_of(' ') + 1));
        }
    }
    return text;
}

}  // namespace

std::string inPlainWords(std::string_view notice, const Naming& naming)
{
    const std::string text = withoutPhrases(notice);
    std::string_view rest = text;
    Sentence sentence;
    while (!rest.empty()) {
        const std::string_view word = rest.substr(0, rest.find(' '));
        rest.remove_prefix(std::min(word.size() + 1, rest.size()));
        const auto [before, core, behind] = partsOf(word);
        if (!isIdentifier(core)) {
            sentence.add(std::string(word));
            continue;
        }
        if (const auto name = nameOf(sentence.latest(), core, naming))
            sentence.replaceLatest(inEnglish(*name) + std::string(behind));
        else
            sentence.close(behind.substr(std::min(behind.find_first_not_of(')'), behind.size())));
    }
    return sentence.text();
}

Notice namedNotice(const store::Notice& told, const Naming& naming)
{
    Notice notice{told.id, inPlainWords(told.text, naming), told.at, {}, {}};
    const std::optional<store::NoticeParts> read = store::readNotice(told.text);
    if (!read)
        return notice;
    notice.kind = read->kind;
    std::string_view pattern = store::noticePattern(read->kind);
    for (const std::string& part : read->parts) {
        // "… of device *": the word before a star says what it stands for.
        std::string_view before = pattern.substr(0, pattern.find('*'));
        pattern.remove_prefix(before.size() + 1);
        before = before.substr(0, before.find_last_not_of(' ') + 1);
        const std::string_view word = before.substr(before.find_last_of(' ') + 1);
        notice.parts.push_back(nameOf(word, part, naming).value_or(NoticePart{NoticePart::What::Text, part}));
    }
    return notice;
}

std::string noticeOfFinding(const std::string& finding)
{
    return store::noticeText(NoticeKind::FoundAtOpening, {finding});
}

}  // namespace teren::service
