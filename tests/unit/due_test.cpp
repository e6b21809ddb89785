// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/due.h"

#include "app/domain/rule_json.h"

#include "tests/support/counted_heap.h"
#include "tests/support/days.h"

namespace teren::domain {
namespace {

using test::day;

const RuleSet& rural()
{
    static const RuleSet rules = *RuleSet::forProfile("rural-2021");
    return rules;
}

const RuleSet& urbanRural()
{
    static const RuleSet rules = *RuleSet::forProfile("urban-rural-2021");
    return rules;
}

DatedEvent on(
    const RuleSet& rules, std::string_view event, std::string_view text, std::uint32_t occurrence = 0)
{
    const std::optional<EventIndex> index = rules.event(event);
    INFO(event);
    REQUIRE(index);
    return {1, occurrence, *index, day(text)};
}

/// One line an item, of one rule: "2027-01-08 soon 3".
std::string dueOf(
    const RuleSet& rules, std::string_view rule, const std::vector<DatedEvent>& events,
    std::string_view today)
{
    std::string lines;
    for (const DueItem& item : dueItems(rules, events, day(today), {.withDone = true})) {
        if (rules.rules()[item.rule].id != rule)
            continue;
        constexpr std::array kStates{"overdue", "soon", "due", "done"};
        lines += (lines.empty() ? "" : "; ") + dayText(item.due) + " "
            + kStates.at(static_cast<std::size_t>(item.state)) + " " + std::to_string(item.daysLeft);
    }
    return lines;
}

}  // namespace

TEST_CASE("due: an interview is due fourteen working days after the need was learned of", "[domain]")
{
    std::vector events{on(rural(), "help_need_learned", "2026-12-15")};
    CHECK(dueOf(rural(), "interview_due", events, "2026-12-15") == "2027-01-08 due 24");
    CHECK(dueOf(rural(), "interview_due", events, "2026-12-31") == "2027-01-08 due 8");
    CHECK(dueOf(rural(), "interview_due", events, "2027-01-01") == "2027-01-08 soon 7");
    CHECK(dueOf(rural(), "interview_due", events, "2027-01-08") == "2027-01-08 soon 0");
    CHECK(dueOf(rural(), "interview_due", events, "2027-01-09") == "2027-01-08 overdue -1");
    events.push_back(on(rural(), "interview_held", "2026-12-20"));
    CHECK(dueOf(rural(), "interview_due", events, "2027-01-09") == "2027-01-08 done -1");
    CHECK(dueItems(rural(), events, day("2027-01-09")).empty());
    // A new need is not settled by an interview before it.
    events.push_back(on(rural(), "help_need_learned", "2027-03-18"));
    CHECK(dueOf(rural(), "interview_due", events, "2027-03-20") == "2027-04-08 due 19");
}

TEST_CASE("due: an urgent interview has two working days", "[domain]")
{
    const std::vector events{on(rural(), "urgent_help_need_learned", "2026-12-23")};
    CHECK(dueOf(rural(), "urgent_interview_due", events, "2026-12-23") == "2026-12-29 soon 6");
    CHECK(dueOf(rural(), "interview_due", events, "2026-12-23").empty());
}

TEST_CASE("due: a rhythm goes on from the last time, and rests when its case is closed", "[domain]")
{
    std::vector events{on(rural(), "ipw_started", "2026-11-30")};
    CHECK(dueOf(rural(), "ipw_review_interval", events, "2026-12-01") == "2027-02-28 due 89");
    events.push_back(on(rural(), "ipw_reviewed", "2027-02-10"));
    events.push_back(on(rural(), "ipw_reviewed", "2027-01-10"));
    CHECK(dueOf(rural(), "ipw_review_interval", events, "2027-03-01") == "2027-05-10 due 70");
    CHECK(dueOf(rural(), "ipw_review_interval", events, "2027-05-11") == "2027-05-10 overdue -1");
    events.push_back(on(rural(), "case_closed", "2027-06-01"));
    CHECK(dueOf(rural(), "ipw_review_interval", events, "2027-05-11") == "2027-05-10 overdue -1");
    CHECK(dueOf(rural(), "ipw_review_interval", events, "2027-06-01").empty());
    events.push_back(on(rural(), "ipw_reviewed", "2027-06-01"));
    CHECK(dueOf(rural(), "ipw_review_interval", events, "2027-06-01").empty());
    // A case that is opened again starts its rhythms again.
    events.push_back(on(rural(), "ipw_started", "2027-07-01"));
    CHECK(dueOf(rural(), "ipw_review_interval", events, "2027-07-02") == "2027-10-01 due 91");
}

TEST_CASE("due: what is only planned settles nothing", "[domain]")
{
    const std::vector events{
        on(rural(), "ipw_started", "2026-11-30"), on(rural(), "ipw_reviewed", "2027-03-10")};
    CHECK(dueOf(rural(), "ipw_review_interval", events, "2027-03-01") == "2027-02-28 overdue -1");
    CHECK(dueOf(rural(), "ipw_review_interval", events, "2027-03-10") == "2027-06-10 due 92");
    const std::vector interview{
        on(rural(), "help_need_learned", "2026-12-15"), on(rural(), "interview_held", "2027-01-07")};
    CHECK(dueOf(rural(), "interview_due", interview, "2027-01-06") == "2027-01-08 soon 2");
    CHECK(dueOf(rural(), "interview_due", interview, "2027-01-07") == "2027-01-08 done 1");
}

TEST_CASE("due: a rhythm without its start is known from the last time it was done", "[domain]")
{
    const std::vector events{on(rural(), "pzk_meeting_held", "2026-11-30")};
    CHECK(dueOf(rural(), "pzk_meeting_interval", events, "2026-12-01") == "2026-12-30 due 29");
    CHECK(dueOf(rural(), "pzk_meeting_interval", events, "2026-11-29").empty());
}

TEST_CASE("due: a rhythm that its own event starts is due once, a period after the last", "[domain]")
{
    const std::vector events{
        on(rural(), "service_list_made", "2026-05-31"), on(rural(), "service_list_made", "2026-11-30")};
    CHECK(dueOf(rural(), "service_list_update", events, "2026-12-01") == "2027-05-30 due 180");
}

TEST_CASE("due: thirteen months of an IPW are announced from the twelfth on", "[domain]")
{
    const std::vector events{on(rural(), "ipw_started", "2026-01-15")};
    CHECK(dueOf(rural(), "ipw_length_max", events, "2027-01-14") == "2027-02-15 due 32");
    CHECK(dueOf(rural(), "ipw_length_max", events, "2027-01-15") == "2027-02-15 soon 31");
    CHECK(dueOf(rural(), "ipw_length_max", events, "2027-02-16") == "2027-02-15 overdue -1");
}

TEST_CASE(
    "due: an invitation is due before the session, on a working day, each session for itself", "[domain]")
{
    // Five days before 8 January 2027 are Sunday, 3 January.
    std::vector events{
        on(urbanRural(), "ggk_session", "2027-01-08", 7), on(urbanRural(), "ggk_session", "2027-02-10", 8)};
    CHECK(dueOf(urbanRural(), "ggk_notice", events, "2026-12-20") == "2026-12-31 due 11; 2027-02-05 due 47");
    events.push_back(on(urbanRural(), "ggk_invitation_sent", "2026-12-19", 8));
    CHECK(dueOf(urbanRural(), "ggk_notice", events, "2026-12-20") == "2026-12-31 due 11; 2027-02-05 done 47");
    events.push_back(on(urbanRural(), "case_closed", "2026-12-20"));
    CHECK(dueOf(urbanRural(), "agreed_evaluation", events, "2026-12-20").empty());
}

TEST_CASE("due: a reminder is announced from its earliest day on", "[domain]")
{
    const std::vector events{on(urbanRural(), "institutions_meeting", "2026-11-26")};
    CHECK(dueOf(urbanRural(), "meeting_reminder", events, "2026-11-23") == "2026-11-25 due 2");
    CHECK(dueOf(urbanRural(), "meeting_reminder", events, "2026-11-24") == "2026-11-25 soon 1");
}

TEST_CASE("due: the end of a case ends what is due for its occurrences, and of no other case", "[domain]")
{
    std::vector events{
        on(urbanRural(), "next_evaluation_date", "2027-03-01", 4),
        on(urbanRural(), "plan_signed", "2026-11-02")};
    CHECK(dueOf(urbanRural(), "agreed_evaluation", events, "2027-03-02") == "2027-03-01 overdue -1");
    DatedEvent elsewhere = on(urbanRural(), "case_closed", "2027-03-02");
    elsewhere.caseNumber = 0;
    events.push_back(elsewhere);
    CHECK(dueOf(urbanRural(), "agreed_evaluation", events, "2027-03-02") == "2027-03-01 overdue -1");
    events.push_back(on(urbanRural(), "case_closed", "2027-03-02"));
    CHECK(dueOf(urbanRural(), "agreed_evaluation", events, "2027-03-02").empty());
    CHECK(dueOf(urbanRural(), "member_information_interval", events, "2027-03-02").empty());
}

TEST_CASE("due: a minor comes of age on the birthday, announced three months ahead", "[domain]")
{
    std::vector events{on(rural(), "born", "2009-02-28", 3), on(rural(), "born", "2014-05-01", 4)};
    CHECK(dueOf(rural(), "person_of_age", events, "2026-11-27") == "2027-02-28 due 93; 2032-05-01 due 1982");
    CHECK(dueOf(rural(), "person_of_age", events, "2026-11-28") == "2027-02-28 soon 92; 2032-05-01 due 1981");
    events.push_back(on(rural(), "adulthood_settled", "2027-03-01", 3));
    CHECK(dueOf(rural(), "person_of_age", events, "2027-03-01") == "2027-02-28 done -1; 2032-05-01 due 1888");
}

TEST_CASE("due: a birth date is read from a date or a PESEL", "[domain]")
{
    CHECK(birthDay("2009-02-28") == day("2009-02-28"));
    CHECK(birthDay("44051401359") == day("1944-05-14"));
    CHECK(birthDay("09222800007") == day("2009-02-28"));
    CHECK_FALSE(birthDay(""));
    CHECK_FALSE(birthDay("28.02.2009"));
    CHECK_FALSE(birthDay("99999999999"));
    CHECK(isUnderAge(rural(), day("2009-02-28"), day("2027-02-27")));
    CHECK_FALSE(isUnderAge(rural(), day("2009-02-28"), day("2027-02-28")));
    CHECK_FALSE(isUnderAge(rural(), day("2008-02-29"), day("2026-02-28")));
}

TEST_CASE("due: a certificate and a decision end on their last day, unless a new one came", "[domain]")
{
    std::vector events{
        on(rural(), "certificate_valid_until", "2026-12-31", 5),
        on(rural(), "decision_valid_until", "2026-12-31", 6)};
    CHECK(dueOf(rural(), "certificate_expiry", events, "2026-11-30") == "2026-12-31 due 31");
    CHECK(dueOf(rural(), "certificate_expiry", events, "2026-12-01") == "2026-12-31 soon 30");
    events.push_back(on(rural(), "certificate_renewed", "2026-12-10", 5));
    CHECK(dueOf(rural(), "certificate_expiry", events, "2027-01-01") == "2026-12-31 done -1");
    CHECK(dueOf(rural(), "decision_expiry", events, "2027-01-01") == "2026-12-31 overdue -1");
}

TEST_CASE("due: an interview is updated every six months while standing help is given", "[domain]")
{
    std::vector events{on(rural(), "standing_help_granted", "2026-11-30")};
    // 30 May 2027 is a Sunday.
    CHECK(dueOf(rural(), "interview_update_interval", events, "2026-12-01") == "2027-05-31 due 181");
    events.push_back(on(rural(), "interview_updated", "2027-05-10"));
    CHECK(dueOf(rural(), "interview_update_interval", events, "2027-05-31") == "2027-11-10 due 163");
    events.push_back(on(rural(), "standing_help_ended", "2027-06-30"));
    CHECK(dueOf(rural(), "interview_update_interval", events, "2027-07-01").empty());
}

TEST_CASE("due: an open rule sets no day until the office gives its number", "[domain]")
{
    const RuleSet urban = *RuleSet::forProfile("urban-2021");
    const std::vector events{on(urban, "zzk_appointed", "2026-11-30")};
    CHECK(dueItems(urban, events, day("2026-12-01")).empty());
    const RuleSet own
        = *urban.withOverrides(*parseRuleOverrides(R"({"zzk_meeting_interval": {"amount": 1}})"));
    CHECK(dueOf(own, "zzk_meeting_interval", events, "2026-12-01") == "2026-12-30 due 29");
}

TEST_CASE("due: what its own event renews is put off by it", "[domain]")
{
    const RuleSet own
        = *rural().withOverrides(*parseRuleOverrides(R"({"device_validation": {"amount": 14}})"));
    std::vector events{on(own, "device_validated", "2026-11-01")};
    CHECK(dueOf(own, "device_validation", events, "2026-11-20") == "2026-11-15 overdue -5");
    events.push_back(on(own, "device_validated", "2026-11-20"));
    CHECK(dueOf(own, "device_validation", events, "2026-11-20") == "2026-12-04 due 14");
}

TEST_CASE("due: the list is by day, then by case", "[domain]")
{
    std::vector<DatedEvent> events;
    for (const std::uint32_t number : {3U, 1U, 2U}) {
        DatedEvent event = on(rural(), "help_need_learned", number == 2 ? "2026-11-20" : "2026-11-23");
        event.caseNumber = number;
        events.push_back(event);
    }
    const std::vector<DueItem> items = dueItems(rural(), events, day("2026-11-24"));
    REQUIRE(items.size() == 3);
    CHECK(items[0].caseNumber == 2);
    CHECK(items[1].caseNumber == 1);
    CHECK(items[2].caseNumber == 3);
    CHECK(dueItems(rural(), {}, day("2026-11-24")).empty());
}

TEST_CASE("due: ten thousand cases need memory for their items and for nothing else", "[domain]")
{
    std::vector<DatedEvent> events;
    for (std::uint32_t number = 0; number < 10'000; ++number)
        for (const char* event : {"help_need_learned", "ipw_started", "ipw_reviewed", "key_worker_contact"}) {
            events.push_back({number, 0, *rural().event(event), day("2026-11-02")});
            events.push_back({number, number % 3, *rural().event("born"), day("2012-11-02")});
        }
    const std::size_t before = test::heapInUse();
    test::forgetHeapPeak();
    const std::vector<DueItem> items = dueItems(rural(), std::move(events), day("2026-11-24"));
    CHECK(items.size() == 60'000);
    // A vector that grows holds its old half beside the new whole.
    CHECK(test::heapPeak() - before < 4 * items.size() * sizeof(DueItem));
}

}  // namespace teren::domain
