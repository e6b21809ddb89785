// SPDX-License-Identifier: EUPL-1.2
#include "app/service/passphrase_strength.h"

#include "app/domain/text.h"
#include "app/service/common_words.h"
#include "crypto/base/utf8.h"
#include "crypto/password.h"
#include "crypto/sign/wipe.h"

#include <zxcvbn.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <set>

namespace teren::service {
namespace {

/// Shorter parts of names ("Jan", "de") would be found in everything.
constexpr std::size_t kKnownWordMin = 3;
/// zxcvbn looks at no more; what stands behind can only make it better.
constexpr std::size_t kJudgedBytesMax = 200;
constexpr std::array kScoreBits{15.0, 25.0, kPassphraseBitsMin, 50.0};
/// For knowing which of a few characters stands between the words.
constexpr double kSeparatorBits = 2;

/// Text that is wiped.
struct WipedText {
    explicit WipedText(std::string from) : text(std::move(from)) {}
    WipedText(const WipedText&) = delete;
    WipedText& operator=(const WipedText&) = delete;
    ~WipedText() { wipe(text); }

    std::string text;
};

bool isAscii(std::string_view text)
{
    return std::ranges::all_of(text, [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
}

bool isSeparator(char byte)
{
    return std::string_view(" -_.,;:/+").find(byte) != std::string_view::npos;
}

/// The words that are known of a person, then the common ones, as zxcvbn takes them: lower case, without
/// diacritics, the likeliest first.
class Dictionary {
public:
    explicit Dictionary(const std::vector<std::string>& knownWords)
    {
        std::set<std::string> seen;
        for (const std::string& text : knownWords) {
            const std::string folded = domain::fold(text);
            for (const std::string_view word : domain::words(folded))
                if (word.size() >= kKnownWordMin && isAscii(word) && seen.emplace(word).second)
                    known_.emplace_back(word);
        }
        for (const std::string_view word : kWordsOfThisWork)
            known_.emplace_back(word);
        for (const std::string& word : known_)
            pointers_.push_back(word.c_str());
        for (const char* word : kCommonWords)
            pointers_.push_back(word);
        pointers_.push_back(nullptr);
    }

    const char** words() { return pointers_.data(); }
    bool holdsKnown(std::string_view part) const
    {
        return std::ranges::any_of(
            known_, [part](const std::string& word) { return part.find(word) != std::string_view::npos; });
    }

private:
    std::vector<std::string> known_;
    std::vector<const char*> pointers_;
};

struct FreeMatches {
    void operator()(ZxcMatch_t* matches) const { ZxcvbnFreeInfo(matches); }
};

std::optional<PassphraseHelp> helpFor(int type)
{
    if ((type & MULTIPLE_MATCH) != 0)
        return PassphraseHelp::Repeat;
    switch (type) {
    case DICTIONARY_MATCH:
    case DICT_LEET_MATCH:
    case USER_MATCH:
    case USER_LEET_MATCH:
        return PassphraseHelp::CommonWord;
    case REPEATS_MATCH:
        return PassphraseHelp::Repeat;
    case SEQUENCE_MATCH:
        return PassphraseHelp::Sequence;
    case SPATIAL_MATCH:
        return PassphraseHelp::Keyboard;
    case DATE_MATCH:
    case YEAR_MATCH:
        return PassphraseHelp::DateOrYear;
    default:
        return {};
    }
}

/// The bits of `text`, and what was found in it.
double judge(const std::string& text, Dictionary& dictionary, std::set<PassphraseHelp>& found)
{
    ZxcMatch_t* raw = nullptr;
    const double bits = ZxcvbnMatch(text.c_str(), dictionary.words(), &raw);
    const std::unique_ptr<ZxcMatch_t, FreeMatches> matches(raw);
    const WipedText folded(domain::fold(text));
    for (const ZxcMatch_t* match = matches.get(); match != nullptr; match = match->Next) {
        // One or two letters are a word in some language, and help nobody.
        if (match->Length < 3)
            continue;
        if (const std::optional<PassphraseHelp> help = helpFor(match->Type))
            found.insert(*help);
    }
    if (dictionary.holdsKnown(folded.text))
        found.insert(PassphraseHelp::KnownWord);
    return bits;
}

/// "gopslipowo2026": what an office calls itself, the place where it is, and some figures. Whoever guesses
/// goes through the places of the country. The most bits that such a text is worth; none for another.
std::optional<double> officeBits(std::string_view text)
{
    /// There are 2477 communes in Poland, with or without capitals, the office's name in front or behind.
    constexpr double kPlaceBits = 15;
    /// Figures behind a name are years and counts, not drawn ones.
    constexpr double kFigureBits = 2;
    /// "Lipnica Dolna" without its blank, and a little more.
    constexpr std::size_t kPlaceLettersMax = 14;
    WipedText letters(domain::fold(text));
    const std::size_t others
        = std::erase_if(letters.text, [](char byte) { return byte < 'a' || byte > 'z'; });
    const std::string_view all = letters.text;
    const bool isOffice = std::ranges::any_of(kOfficeNames, [all](std::string_view office) {
        return (all.starts_with(office) || all.ends_with(office))
            && all.size() <= office.size() + kPlaceLettersMax;
    });
    if (!isOffice)
        return std::nullopt;
    return kPlaceBits + kFigureBits * static_cast<double>(others);
}

int scoreOf(double bits)
{
    return static_cast<int>(std::ranges::count_if(kScoreBits, [bits](double need) { return bits >= need; }));
}

std::optional<PassphraseHelp> formHelp(std::string_view text)
{
    if (text.size() > kPassphraseBytesMax)
        return PassphraseHelp::TooLong;
    if (!isUtf8(viewOf(text)) || text.find('\0') != std::string_view::npos)
        return PassphraseHelp::NotText;
    if (!checkNewPassphrase(text))
        return PassphraseHelp::TooShort;
    return {};
}

std::string_view sentenceFor(PassphraseHelp help)
{
    switch (help) {
    case PassphraseHelp::TooShort:
        return "it has fewer than 8 characters";
    case PassphraseHelp::TooLong:
        return "it is longer than 1024 bytes";
    case PassphraseHelp::NotText:
        return "it is not a text in UTF-8";
    case PassphraseHelp::KnownWord:
        return "it holds your name or a word of your work";
    case PassphraseHelp::CommonWord:
        return "it holds a word that everybody tries";
    case PassphraseHelp::Repeat:
        return "it repeats itself";
    case PassphraseHelp::Sequence:
        return "it holds a sequence such as abcd or 1234";
    case PassphraseHelp::Keyboard:
        return "it holds keys that lie side by side";
    case PassphraseHelp::DateOrYear:
        return "it holds a date or a year";
    case PassphraseHelp::AddWords:
        return "take four or more words that have nothing to do with one another";
    }
    return {};
}

}  // namespace

std::string_view toString(PassphraseHelp help) noexcept
{
    switch (help) {
    case PassphraseHelp::TooShort:
        return "too-short";
    case PassphraseHelp::TooLong:
        return "too-long";
    case PassphraseHelp::NotText:
        return "not-text";
    case PassphraseHelp::KnownWord:
        return "known-word";
    case PassphraseHelp::CommonWord:
        return "common-word";
    case PassphraseHelp::Repeat:
        return "repeat";
    case PassphraseHelp::Sequence:
        return "sequence";
    case PassphraseHelp::Keyboard:
        return "keyboard";
    case PassphraseHelp::DateOrYear:
        return "date-or-year";
    case PassphraseHelp::AddWords:
        return "add-words";
    }
    return "unknown";
}

PassphraseStrength passphraseStrength(std::string_view text, const std::vector<std::string>& knownWords)
{
    if (const std::optional<PassphraseHelp> form = formHelp(text)) {
        PassphraseStrength refused{false, 0, {*form}};
        if (*form == PassphraseHelp::TooShort)
            refused.help.push_back(PassphraseHelp::AddWords);
        return refused;
    }
    Dictionary dictionary(knownWords);
    // Diacritics count as one letter each, and not for more than the letters without them.
    const std::string_view first = text.substr(0, kJudgedBytesMax);
    const WipedText judged(isAscii(first) ? std::string(first) : domain::fold(first));
    std::set<PassphraseHelp> found;
    double bits = judge(judged.text, dictionary, found);
    // zxcvbn takes each blank between words for a guess among all characters.
    WipedText joined(judged.text);
    if (std::erase_if(joined.text, isSeparator) > 0)
        bits = std::min(bits, judge(joined.text, dictionary, found) + kSeparatorBits);
    if (const std::optional<double> most = officeBits(judged.text); most && *most < bits) {
        bits = *most;
        found.insert(PassphraseHelp::KnownWord);
    }

    PassphraseStrength strength;
    strength.score = scoreOf(bits);
    strength.accepted = bits >= kPassphraseBitsMin;
    if (!strength.accepted) {
        strength.help.assign(found.begin(), found.end());
        strength.help.push_back(PassphraseHelp::AddWords);
    }
    return strength;
}

Status checkStrength(std::string_view text, const std::vector<std::string>& knownWords)
{
    const PassphraseStrength strength = passphraseStrength(text, knownWords);
    if (strength.accepted)
        return {};
    std::string why = "passphrase: too easy to guess";
    std::string_view separator = ": ";
    for (const PassphraseHelp help : strength.help) {
        why += help == PassphraseHelp::AddWords ? "; " : separator;
        why += sentenceFor(help);
        separator = ", ";
    }
    return fail(Errc::Invalid, why);
}

}  // namespace teren::service
