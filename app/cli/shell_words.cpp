// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/shell_words.h"

namespace teren::cli {
namespace {

class Splitter {
public:
    explicit Splitter(std::string_view line) : line_(line) {}

    Result<std::vector<std::string>> split()
    {
        while (at_ < line_.size()) {
            const char c = line_[at_];
            if (c == '#' && !inWord_)
                break;
            ++at_;
            if (c == ' ' || c == '\t' || c == '\r')
                endWord();
            else
                TEREN_CHECK(take(c));
        }
        endWord();
        return std::move(words_);
    }

private:
    Status take(char c)
    {
        inWord_ = true;
        if (c == '\'')
            return takeLiteral();
        if (c == '"')
            return takeQuoted();
        if (c == '\\') {
            if (at_ == line_.size())
                return fail(Errc::Invalid, "a backslash at the end of the line");
            word_ += line_[at_++];
            return {};
        }
        word_ += c;
        return {};
    }

    Status takeLiteral()
    {
        const std::size_t end = line_.find('\'', at_);
        if (end == std::string_view::npos)
            return fail(Errc::Invalid, "a single quote that is not closed");
        word_ += line_.substr(at_, end - at_);
        at_ = end + 1;
        return {};
    }

    Status takeQuoted()
    {
        while (at_ < line_.size()) {
            const char c = line_[at_++];
            if (c == '"')
                return {};
            if (c == '\\' && at_ < line_.size())
                takeEscape(line_[at_++]);
            else
                word_ += c;
        }
        return fail(Errc::Invalid, "a double quote that is not closed");
    }

    void takeEscape(char c)
    {
        if (c == 'n') {
            word_ += '\n';
            return;
        }
        if (c != '"' && c != '\\' && c != '$' && c != '`')
            word_ += '\\';
        word_ += c;
    }

    void endWord()
    {
        if (inWord_)
            words_.push_back(std::move(word_));
        word_.clear();
        inWord_ = false;
    }

    std::string_view line_;
    std::size_t at_ = 0;
    bool inWord_ = false;
    std::string word_;
    std::vector<std::string> words_;
};

}  // namespace

Result<std::vector<std::string>> shellWords(std::string_view line)
{
    return Splitter(line).split();
}

}  // namespace teren::cli
