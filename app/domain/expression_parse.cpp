// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/expression.h"

#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace teren::domain {
namespace {

using Kind = Expression::Kind;

constexpr std::size_t kLongest = 1000;
/// Of nesting; the reader, the checker and the evaluator are as deep as the rule.
constexpr int kDeepest = 40;

constexpr std::array<std::string_view, 7> kKeywords{"and", "or", "not", "contains", "yes", "no", "today"};

struct Token {
    enum class Kind : std::uint8_t {
        End,
        Number,
        Text,
        Word,
        Sign,
    };

    Kind kind = Kind::End;
    std::string text;
    std::size_t place = 1;
};

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isWordPart(char c)
{
    return (c >= 'a' && c <= 'z') || isDigit(c) || c == '_';
}

std::unexpected<Error> refuse(std::size_t place, std::string_view reason)
{
    return fail(Errc::Invalid, "at " + std::to_string(place) + ": " + std::string(reason));
}

class Tokens {
public:
    explicit Tokens(std::string_view text) : text_(text) {}

    Result<Token> next()
    {
        while (at_ < text_.size() && text_[at_] == ' ')
            ++at_;
        const std::size_t start = at_;
        Token token{Token::Kind::End, {}, start + 1};
        if (at_ == text_.size())
            return token;
        if (text_[at_] == '\'')
            return quoted(token);
        const char first = text_[at_++];
        if (isDigit(first)) {
            token.kind = Token::Kind::Number;
            takeWhile([](char c) { return isDigit(c) || c == '.'; });
        } else if (isWordPart(first) && first != '_') {
            token.kind = Token::Kind::Word;
            takeWhile(isWordPart);
        } else if (std::string_view("=<>!+-*/(),").find(first) != std::string_view::npos) {
            token.kind = Token::Kind::Sign;
            if ((first == '<' || first == '>' || first == '!') && at_ < text_.size() && text_[at_] == '=')
                ++at_;
        } else {
            return refuse(token.place, "a character that means nothing in a rule");
        }
        token.text = text_.substr(start, at_ - start);
        return token;
    }

private:
    template <typename Fits>
    void takeWhile(Fits fits)
    {
        while (at_ < text_.size() && fits(text_[at_]))
            ++at_;
    }

    Result<Token> quoted(Token token)
    {
        const std::size_t end = text_.find('\'', at_ + 1);
        if (end == std::string_view::npos)
            return refuse(token.place, "the text has no closing quote");
        token.kind = Token::Kind::Text;
        token.text = text_.substr(at_ + 1, end - at_ - 1);
        at_ = end + 1;
        return token;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

struct Operator {
    std::string_view sign;
    Kind kind;
};
constexpr std::array kOr{Operator{"or", Kind::Or}};
constexpr std::array kAnd{Operator{"and", Kind::And}};
constexpr std::array kComparisons{Operator{"=", Kind::Equal},          Operator{"!=", Kind::Unequal},
                                  Operator{"<", Kind::Less},           Operator{"<=", Kind::AtMost},
                                  Operator{">", Kind::Greater},        Operator{">=", Kind::AtLeast},
                                  Operator{"contains", Kind::Contains}};
constexpr std::array kSums{Operator{"+", Kind::Add}, Operator{"-", Kind::Subtract}};
constexpr std::array kProducts{Operator{"*", Kind::Multiply}, Operator{"/", Kind::Divide}};

/// Recursive descent; one token ahead.
class Parser {
public:
    explicit Parser(std::string_view text) : tokens_(text) {}

    Result<Expression> parse()
    {
        TEREN_CHECK(advance());
        TEREN_TRY(Expression whole, either());
        if (token_.kind != Token::Kind::End)
            return refuse(token_.place, "'" + token_.text + "' is not expected here");
        return whole;
    }

private:
    using Level = Result<Expression> (Parser::*)();

    Status advance()
    {
        TEREN_TRY(token_, tokens_.next());
        return {};
    }

    bool isSign(std::string_view sign) const
    {
        return (token_.kind == Token::Kind::Sign || token_.kind == Token::Kind::Word) && token_.text == sign;
    }

    Status expect(std::string_view sign)
    {
        if (!isSign(sign))
            return refuse(token_.place, "a '" + std::string(sign) + "' is missing");
        return advance();
    }

    template <std::size_t N>
    std::optional<Kind> operatorAmong(const std::array<Operator, N>& operators) const
    {
        for (const Operator& one : operators)
            if (isSign(one.sign))
                return one.kind;
        return std::nullopt;
    }

    /// Operands of one level with its operators between them, from the left.
    template <std::size_t N>
    Result<Expression> chain(const std::array<Operator, N>& operators, Level operand)
    {
        TEREN_TRY(Expression left, (this->*operand)());
        int links = 0;
        while (const std::optional<Kind> kind = operatorAmong(operators)) {
            Expression joined{.kind = *kind, .text = {}, .place = token_.place, .parts = {}};
            // Each link puts what is before it one deeper.
            if (++links > kDeepest)
                return refuse(token_.place, "the rule is too deep");
            TEREN_CHECK(advance());
            TEREN_TRY(Expression right, (this->*operand)());
            joined.parts.push_back(std::move(left));
            joined.parts.push_back(std::move(right));
            left = std::move(joined);
        }
        return left;
    }

    Result<Expression> either()
    {
        if (++depth_ > kDeepest)
            return refuse(token_.place, "the rule is too deep");
        Result<Expression> whole = chain(kOr, &Parser::both);
        --depth_;
        return whole;
    }

    Result<Expression> both() { return chain(kAnd, &Parser::negated); }

    Result<Expression> negated() { return prefixed("not", Kind::Not, &Parser::comparison); }

    /// Not a chain: "1 < x < 3" would compare a yes with a number.
    Result<Expression> comparison()
    {
        TEREN_TRY(Expression left, sum());
        const std::optional<Kind> kind = operatorAmong(kComparisons);
        if (!kind)
            return left;
        Expression joined{.kind = *kind, .text = {}, .place = token_.place, .parts = {}};
        TEREN_CHECK(advance());
        TEREN_TRY(Expression right, sum());
        joined.parts.push_back(std::move(left));
        joined.parts.push_back(std::move(right));
        return joined;
    }

    Result<Expression> sum() { return chain(kSums, &Parser::product); }

    Result<Expression> product() { return chain(kProducts, &Parser::signedOne); }

    Result<Expression> signedOne() { return prefixed("-", Kind::Negate, &Parser::primary); }

    Result<Expression> prefixed(std::string_view sign, Kind kind, Level operand)
    {
        if (!isSign(sign))
            return (this->*operand)();
        if (++depth_ > kDeepest)
            return refuse(token_.place, "the rule is too deep");
        Expression whole{.kind = kind, .text = {}, .place = token_.place, .parts = {}};
        TEREN_CHECK(advance());
        TEREN_TRY(Expression inner, prefixed(sign, kind, operand));
        --depth_;
        whole.parts.push_back(std::move(inner));
        return whole;
    }

    Result<Expression> primary()
    {
        const Token token = token_;
        TEREN_CHECK(advance());
        switch (token.kind) {
        case Token::Kind::Number:
            return number(token);
        case Token::Kind::Text:
            return Expression{.kind = Kind::Text, .text = token.text, .place = token.place, .parts = {}};
        case Token::Kind::Word:
            return word(token);
        case Token::Kind::Sign:
            if (token.text == "(") {
                TEREN_TRY(Expression inner, either());
                TEREN_CHECK(expect(")"));
                return inner;
            }
            return refuse(token.place, "'" + token.text + "' is not expected here");
        case Token::Kind::End:
            break;
        }
        return refuse(token.place, "the rule ends too early");
    }

    static Result<Expression> number(const Token& token)
    {
        Expression value{.kind = Kind::Number, .text = {}, .place = token.place, .parts = {}};
        const char* const end = token.text.data() + token.text.size();
        const auto read = std::from_chars(token.text.data(), end, value.number);
        if (read.ec != std::errc() || read.ptr != end || token.text.size() > 15)
            return refuse(token.place, "'" + token.text + "' is not a number; write it as 12.5");
        return value;
    }

    Result<Expression> word(const Token& token)
    {
        if (token.text == "yes" || token.text == "no")
            return Expression{
                .kind = Kind::YesNo,
                .text = {},
                .yes = token.text == "yes",
                .place = token.place,
                .parts = {}};
        if (token.text == "today")
            return Expression{.kind = Kind::Today, .text = {}, .place = token.place, .parts = {}};
        for (const std::string_view keyword : kKeywords)
            if (token.text == keyword)
                return refuse(token.place, "'" + token.text + "' is not expected here");
        if (!isSign("("))
            return Expression{.kind = Kind::Field, .text = token.text, .place = token.place, .parts = {}};
        TEREN_CHECK(advance());
        Expression call{.kind = Kind::Call, .text = token.text, .place = token.place, .parts = {}};
        while (!isSign(")")) {
            if (!call.parts.empty())
                TEREN_CHECK(expect(","));
            TEREN_TRY(Expression argument, either());
            call.parts.push_back(std::move(argument));
        }
        TEREN_CHECK(advance());
        return call;
    }

    Tokens tokens_;
    Token token_;
    int depth_ = 0;
};

}  // namespace

Result<Formula> parseFormula(std::string_view text)
{
    if (text.size() > kLongest)
        return fail(Errc::Invalid, "the rule is longer than " + std::to_string(kLongest) + " characters");
    TEREN_TRY(Expression root, Parser(text).parse());
    return Formula{std::string(text), std::move(root)};
}

}  // namespace teren::domain
