// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/domain/schema.h"

#include <string>
#include <vector>

namespace teren::test {

/// A form that uses all that a schema may say: with its rows, their rows, and the type its answers go to.
struct SampleForm {
    std::vector<domain::SchemaFile> schemas;
    std::vector<domain::SchemaFile> codeLists;
};

inline SampleForm sampleForm()
{
    static const std::string form = R"json({
  "id": "survey",
  "label": {"pl": "Ankieta", "en": "Survey"},
  "plural": {"pl": "Ankiety", "en": "Surveys"},
  "titleField": "name",
  "version": 4,
  "space": "internal",
  "familyCopy": true,
  "models": {"rural": "necessary", "urban": "more"},
  "decider": {"who": ["taker", "clerk"], "withFamily": true, "draft": true},
  "source": ["B:4789-4843", "inferred: a sample"],
  "migrations": [
    {"to": 2, "rename": {"from": "weather", "into": "mood_before"}},
    {"to": 3, "rename": {"from": "mood_before", "into": "mood"}},
    {"to": 3, "mapChoice": {"field": "mood", "map": {"sad": "low"}}},
    {"to": 4, "splitText": {"from": "address", "into": ["street", "town"], "separator": ", "}},
    {"to": 4, "mergeText": {"from": ["joys", "worries"], "into": "words", "separator": "\n"}}
  ],
  "fields": [
    {"id": "name", "type": "line", "label": {"pl": "Kto", "en": "Who"}, "required": true, "lengthMax": 80,
     "hint": {"pl": "Imię", "en": "First name"}, "printPlace": "1", "requiredForPrint": true},
    {"id": "birth", "type": "date", "label": {"pl": "Urodzenie", "en": "Birth"}, "source": ["B:4800"]},
    {"id": "number", "type": "pesel", "label": {"pl": "PESEL", "en": "PESEL"}},
    {"id": "mood", "type": "choice", "choicesFrom": "mood", "label": {"pl": "Nastrój", "en": "Mood"},
     "leaves": "withheld", "proposedAs": "summary.mood"},
    {"id": "needs", "type": "choices", "policy": "set", "label": {"pl": "Potrzeby", "en": "Needs"},
     "choices": [{"id": "home", "label": {"pl": "dom", "en": "home"}},
                 {"id": "work", "label": {"pl": "praca", "en": "work"}, "retired": true},
                 {"id": "rest", "label": {"pl": "odpoczynek", "en": "rest"}}]},
    {"id": "words", "type": "text", "policy": "text", "label": {"pl": "Słowa", "en": "Words"},
     "leaves": "proposed", "decider": {"who": ["taker"], "withFamily": true}},
    {"id": "street", "type": "line", "label": {"pl": "Ulica", "en": "Street"}},
    {"id": "town", "type": "line", "label": {"pl": "Miasto", "en": "Town"}},
    {"id": "works", "type": "yes_no", "label": {"pl": "Pracuje", "en": "Works"}},
    {"id": "since", "type": "date", "label": {"pl": "Od kiedy", "en": "Since"}, "shownWhen": "works",
     "requiredForPrint": true},
    {"id": "hour", "type": "time", "label": {"pl": "Godzina", "en": "Hour"}},
    {"id": "pay", "type": "number", "label": {"pl": "Zarobek", "en": "Pay"}, "min": 0, "max": 100000,
     "unit": {"pl": "zł", "en": "PLN"}, "shownWhen": "works and age(birth) >= 18"},
    {"id": "state", "type": "choice", "policy": "state", "safestFirst": ["shut", "open"], "closing": ["shut"],
     "label": {"pl": "Stan", "en": "State"},
     "choices": [{"id": "open", "label": {"pl": "otwarte", "en": "open"}},
                 {"id": "shut", "label": {"pl": "zamknięte", "en": "shut"}}]},
    {"id": "friend", "type": "record", "of": ["survey"], "label": {"pl": "Znajomy", "en": "Friend"}},
    {"id": "total", "type": "number", "label": {"pl": "Razem", "en": "Total"},
     "calculated": "sum(members, income)", "unit": {"pl": "zł", "en": "PLN"}},
    {"id": "per_head", "type": "number", "label": {"pl": "Na osobę", "en": "Per head"},
     "calculated": "total / (1 + count(members))"},
    {"id": "review", "type": "date", "label": {"pl": "Przegląd", "en": "Review"},
     "calculated": "add_months(since, 3)"}
  ],
  "tables": [
    {"id": "members", "label": {"pl": "Domownicy", "en": "Household"}, "of": "survey_member", "by": "survey",
     "printedRows": 4, "shownWhen": "answered(name)", "printPlace": "2", "source": ["B:4801-4804"]}
  ],
  "sections": [
    {"title": {"pl": "Kto", "en": "Who"}, "text": {"pl": "Przeczytaj.", "en": "Read it."},
     "fields": ["name", "birth", "number", "street", "town"], "tables": ["members"]},
    {"title": {"pl": "Co", "en": "What"}, "shownWhen": "asked(name)",
     "fields": ["mood", "needs", "words", "works", "since", "hour", "pay", "state", "friend", "total", "per_head",
                "review"]}
  ]
})json";
    static const std::string member = R"json({
  "id": "survey_member", "label": {"pl": "Domownik", "en": "Member"},
  "plural": {"pl": "Domownicy", "en": "Members"}, "titleField": "name",
  "fields": [
    {"id": "survey", "type": "record", "of": ["survey"], "required": true,
     "label": {"pl": "Ankieta", "en": "Survey"}},
    {"id": "name", "type": "line", "label": {"pl": "Kto", "en": "Who"}},
    {"id": "adult", "type": "yes_no", "label": {"pl": "Dorosły", "en": "Adult"}},
    {"id": "income", "type": "number", "label": {"pl": "Dochód", "en": "Income"},
     "calculated": "sum(incomes, amount)"}
  ],
  "tables": [
    {"id": "incomes", "label": {"pl": "Dochody", "en": "Incomes"}, "of": "survey_income", "by": "member"}
  ],
  "sections": [{"title": {"pl": "Kto", "en": "Who"}, "fields": ["survey", "name", "adult", "income"],
                "tables": ["incomes"]}]
})json";
    static const std::string income = R"json({
  "id": "survey_income", "label": {"pl": "Dochód", "en": "Income"},
  "plural": {"pl": "Dochody", "en": "Incomes"}, "titleField": "amount",
  "fields": [
    {"id": "member", "type": "record", "of": ["survey_member"], "required": true,
     "label": {"pl": "Kto", "en": "Who"}},
    {"id": "amount", "type": "number", "label": {"pl": "Kwota", "en": "Amount"}}
  ]
})json";
    static const std::string summary = R"json({
  "id": "summary", "label": {"pl": "Wniosek", "en": "Summary"}, "plural": {"pl": "Wnioski", "en": "Summaries"},
  "titleField": "on", "space": "team",
  "fields": [{"id": "mood", "type": "choice", "choicesFrom": "mood", "label": {"pl": "Nastrój", "en": "Mood"}},
             {"id": "on", "type": "date", "label": {"pl": "Dnia", "en": "On"}}]
})json";
    static const std::string mood = R"json({
  "id": "mood", "label": {"pl": "Nastrój", "en": "Mood"}, "source": ["rural App. B"],
  "items": [
    {"id": "low", "label": {"pl": "zły", "en": "low"}, "code": "N1"},
    {"id": "good", "label": {"pl": "dobry", "en": "good"}, "code": "N2"},
    {"id": "very_good", "label": {"pl": "bardzo dobry", "en": "very good"}, "under": "good"},
    {"id": "sunny", "label": {"pl": "słoneczny", "en": "sunny"}, "retired": true}
  ]
})json";
    static const std::string decider = R"json({
  "id": "decider", "label": {"pl": "Kto rozstrzyga", "en": "Who decides"},
  "items": [{"id": "clerk", "label": {"pl": "urzędnik", "en": "clerk"}}]
})json";
    return {
        {{"survey.json", form},
         {"survey_member.json", member},
         {"survey_income.json", income},
         {"summary.json", summary}},
        {{"mood.json", mood}, {"decider.json", decider}}};
}

}  // namespace teren::test
