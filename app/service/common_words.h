// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <array>
#include <string_view>

namespace teren::service {

// Words that a passphrase is no better for, beside those of zxcvbn, which knows English ones. Lower case,
// without diacritics, the likeliest first. Collected by hand for this program.

/// Known of everybody who uses it.
inline constexpr std::array<std::string_view, 24> kWordsOfThisWork{
    "teren", "gops",    "mops",     "pops",     "ops",       "mgops",     "mopr",     "pcpr",
    "gmina", "miasto",  "powiat",   "urzad",    "osrodek",   "centrum",   "opieka",   "pomoc",
    "praca", "rodzina", "socjalna", "socjalny", "pracownik", "spoleczna", "asystent", "terenctl"};

/// What an office calls itself, before or behind the name of its place.
inline constexpr std::array<std::string_view, 9> kOfficeNames{"mgops", "gops",  "mops",  "pops", "mopr",
                                                              "pcpr",  "teren", "gmina", "ops"};

/// Polish words, names and places that people make passwords of. Not a dictionary of the language: a
/// passphrase of ordinary words is to stay a good one.
inline constexpr std::array<const char*, 264> kCommonWords{
    "haslo",      "hasla",       "polska",        "polak",       "polka",      "kochanie",   "kocham",
    "cie",        "misiek",      "misia",         "misio",       "zaq12wsx",   "qwerty",     "dupa",
    "kurwa",      "lol123",      "matrix",        "mateusz",     "monika",     "marcin",     "bartek",
    "kacper",     "damian",      "michal",        "karolina",    "agnieszka",  "adrian",     "lukasz",
    "kamil",      "dawid",       "natalia",       "kasia",       "basia",      "asia",       "ania",
    "ola",        "zosia",       "gosia",         "magda",       "tomek",      "marek",      "piotr",
    "piotrek",    "pawel",       "krzysztof",     "krzysiek",    "andrzej",    "anna",       "maria",
    "marysia",    "katarzyna",   "malgorzata",    "barbara",     "ewa",        "krystyna",   "elzbieta",
    "teresa",     "zofia",       "janina",        "jadwiga",     "danuta",     "irena",      "halina",
    "helena",     "joanna",      "aleksandra",    "dorota",      "beata",      "jolanta",    "bozena",
    "grazyna",    "justyna",     "paulina",       "patrycja",    "sylwia",     "weronika",   "wiktoria",
    "julia",      "maja",        "lena",          "zuzanna",     "hanna",      "oliwia",     "jan",
    "janek",      "stanislaw",   "jozef",         "tadeusz",     "jerzy",      "zbigniew",   "ryszard",
    "henryk",     "kazimierz",   "grzegorz",      "tomasz",      "jakub",      "kuba",       "adam",
    "rafal",      "robert",      "mariusz",       "dariusz",     "jacek",      "wojtek",     "wojciech",
    "maciej",     "maciek",      "przemek",       "sebastian",   "szymon",     "filip",      "antoni",
    "franek",     "franciszek",  "igor",          "oskar",       "patryk",     "hubert",     "konrad",
    "nowak",      "kowalski",    "kowalska",      "wisniewski",  "wisniewska", "wojcik",     "kowalczyk",
    "kaminski",   "kaminska",    "lewandowski",   "lewandowska", "zielinski",  "zielinska",  "szymanski",
    "szymanska",  "wozniak",     "dabrowski",     "dabrowska",   "kozlowski",  "kozlowska",  "jankowski",
    "mazur",      "kwiatkowski", "krawczyk",      "kaczmarek",   "piotrowski", "grabowski",  "zajac",
    "pawlowski",  "michalski",   "warszawa",      "krakow",      "lodz",       "wroclaw",    "poznan",
    "gdansk",     "szczecin",    "bydgoszcz",     "lublin",      "katowice",   "bialystok",  "gdynia",
    "torun",      "koszalin",    "koscierzyna",   "kaszuby",     "legia",      "lech",       "wisla",
    "widzew",     "ruch",        "arka",          "gornik",      "styczen",    "luty",       "marzec",
    "kwiecien",   "maj",         "czerwiec",      "lipiec",      "sierpien",   "wrzesien",   "pazdziernik",
    "listopad",   "grudzien",    "poniedzialek",  "wtorek",      "sroda",      "czwartek",   "piatek",
    "sobota",     "niedziela",   "wiosna",        "lato",        "jesien",     "zima",       "kotek",
    "piesek",     "kot",         "pies",          "kwiatek",     "sloneczko",  "slonce",     "aniolek",
    "myszka",     "zabka",       "krolik",        "skarbie",     "milosc",     "serce",      "szczescie",
    "przyjaciel", "mama",        "tata",          "mamusia",     "tatus",      "babcia",     "dziadek",
    "corka",      "synek",       "dziecko",       "rodzice",     "dom",        "domek",      "szkola",
    "komputer",   "internet",    "telefon",       "samochod",    "bogdan",     "jezus",      "maryja",
    "bog",        "admin",       "administrator", "uzytkownik",  "tajne",      "tajnehaslo", "mojehaslo",
    "nowehaslo",  "dlugie",      "bardzo",        "silne",       "trudne",     "moje",       "nowe",
    "twoje",      "niewiem",     "nic",           "nie",         "tak",        "witaj",      "czesc",
    "dziendobry", "pomocy",      "biuro",         "urzad",       "laptop",     "asdasd",     "qazwsx",
    "qweasd",     "1qaz2wsx",    "qaz2wsx3edc",   "3edc4rfv",    "zaq1xsw2"};

}  // namespace teren::service
