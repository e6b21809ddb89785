// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/answers.h"

#include "app/domain/expression_eval.h"
#include "app/domain/schema.h"

#include <algorithm>

namespace teren::domain {
namespace {

/// Brings the fields and tables of one record out in the order they need each other.
class Ruler : public Reader {
public:
    Ruler(const RecordType& type, const SchemaSet& set, const Answers& answers, std::string_view today)
        : type_(type),
          set_(set),
          given_(answers),
          today_(today)
    {
    }

    RuledAnswers bringOut()
    {
        for (const Field& field : type_.fields)
            bringOut(field);
        for (const Table& table : type_.tables)
            bringOut(table);
        return std::move(out_);
    }

    std::optional<std::string> answer(const std::string& field) override
    {
        bringOut(*type_.find(field));
        const auto found = out_.answers.fields.find(field);
        return found == out_.answers.fields.end() ? std::nullopt : std::optional(found->second);
    }

    std::size_t rows(const std::string& table) override
    {
        bringOut(*type_.findTable(table));
        return out_.tables[table].size();
    }

    Value inRow(const std::string& table, std::size_t row, const Expression& part) override
    {
        const RecordType& rows = *set_.find(type_.findTable(table)->of);
        // Brought out already: only read.
        Ruler ruler(rows, set_, out_.tables[table][row].answers, today_);
        return evaluate(part, ruler);
    }

    FieldType typeOf(const std::string& field) const override { return type_.find(field)->type; }
    std::string_view today() const override { return today_; }

private:
    bool isShown(const std::vector<Formula>& rules)
    {
        return std::ranges::all_of(rules, [this](const Formula& rule) {
            const Value value = evaluate(rule.root, *this);
            const bool* const yes = std::get_if<bool>(&value);
            return yes != nullptr && *yes;
        });
    }

    void bringOut(const Field& field)
    {
        if (!done_.insert(field.id).second || field.internal)
            return;
        if (!isShown(field.shownWhen)) {
            out_.hidden.insert(field.id);
            return;
        }
        if (field.calculated) {
            if (const std::optional<std::string> text = textOf(evaluate(field.calculated->root, *this)))
                out_.answers.fields[field.id] = *text;
            return;
        }
        if (const auto found = given_.fields.find(field.id); found != given_.fields.end())
            out_.answers.fields[field.id] = found->second;
    }

    void bringOut(const Table& table)
    {
        if (!done_.insert(table.id).second)
            return;
        if (!isShown(table.shownWhen)) {
            out_.hidden.insert(table.id);
            return;
        }
        const auto found = given_.tables.find(table.id);
        const RecordType* const rows = set_.find(table.of);
        if (found == given_.tables.end() || rows == nullptr)
            return;
        for (const Answers& row : found->second) {
            out_.tables[table.id].push_back(Ruler(*rows, set_, row, today_).bringOut());
            out_.answers.tables[table.id].push_back(out_.tables[table.id].back().answers);
        }
    }

    const RecordType& type_;
    const SchemaSet& set_;
    const Answers& given_;
    std::string_view today_;
    std::set<std::string, std::less<>> done_;
    RuledAnswers out_;
};

}  // namespace

RuledAnswers ruled(
    const RecordType& type, const SchemaSet& set, const Answers& answers, std::string_view today)
{
    return Ruler(type, set, answers, today).bringOut();
}

std::vector<std::string> missingForPrint(const RecordType& type, const RuledAnswers& answers)
{
    std::vector<std::string> missing;
    for (const Field& field : type.fields) {
        const auto found = answers.answers.fields.find(field.id);
        const bool isAnswered = found != answers.answers.fields.end() && !found->second.empty();
        if (field.requiredForPrint && !isAnswered && !answers.hidden.contains(field.id))
            missing.push_back(field.id);
    }
    return missing;
}

}  // namespace teren::domain
