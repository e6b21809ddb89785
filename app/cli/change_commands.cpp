// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/change_commands.h"

#include "app/cli/command_parts.h"
#include "app/service/changes.h"

#include <charconv>

namespace teren::cli {
namespace {

/// Reads a time from left to right; once something does not fit, nothing does.
class TimeText {
public:
    explicit TimeText(std::string_view text) : rest_(text) {}

    int number(std::size_t digits)
    {
        int value = 0;
        const std::string_view figures = rest_.substr(0, digits);
        if (figures.size() < digits || !std::ranges::all_of(figures, isDigit)) {
            fits_ = false;
            return 0;
        }
        std::from_chars(figures.data(), figures.data() + figures.size(), value);
        rest_.remove_prefix(digits);
        return value;
    }
    bool takes(char mark)
    {
        if (!rest_.starts_with(mark))
            return false;
        rest_.remove_prefix(1);
        return true;
    }
    void needs(char mark) { fits_ = takes(mark) && fits_; }
    bool fits() const { return fits_ && rest_.empty(); }

private:
    static bool isDigit(char c) { return c >= '0' && c <= '9'; }
    std::string_view rest_;
    bool fits_ = true;
};

struct Given {
    std::string since;
    std::string target;
    std::size_t limit = 1'000;
    bool unseen = false;
    bool markSeen = false;
};

Result<Json> changes(Session& session, const Given& given)
{
    TEREN_TRY(service::Office * office, session.office());
    std::optional<service::CaseId> caseId;
    if (!given.target.empty()) {
        TEREN_TRY(caseId, caseFrom(*office, given.target));
    }
    service::Changes all(*office);
    if (!given.since.empty()) {
        TEREN_TRY(const Instant from, instantFrom(given.since));
        TEREN_TRY(const service::ChangeList list, all.since(from, caseId, given.limit));
        return listToJson(list.items);
    }
    TEREN_TRY(const service::ChangeList list, all.unseen(caseId, given.limit));
    // What could not be written was seen by nobody.
    if (given.markSeen)
        session.whenWritten([office, seen = list.seen] { return service::Changes(*office).markSeen(seen); });
    return listToJson(list.items);
}

}  // namespace

Result<Instant> instantFrom(const std::string& text)
{
    using namespace std::chrono;
    TimeText read(text);
    const year y{read.number(4)};
    read.needs('-');
    const month m{static_cast<unsigned>(read.number(2))};
    read.needs('-');
    const day d{static_cast<unsigned>(read.number(2))};
    milliseconds time{};
    if (read.takes('T')) {
        const int hour = read.number(2);
        read.needs(':');
        const int minute = read.number(2);
        const int second = read.takes(':') ? read.number(2) : 0;
        const int thousandths = read.takes('.') ? read.number(3) : 0;
        if (hour > 23 || minute > 59 || second > 59)
            read.needs('\0');
        time = hours(hour) + minutes(minute) + seconds(second) + milliseconds(thousandths);
    }
    (void)read.takes('Z');
    const year_month_day date{y, m, d};
    if (!read.fits() || !date.ok())
        return fail(
            Errc::Invalid, "since: '" + text + "' is not a time such as 2026-11-22 or 2026-11-22T14:02Z");
    return Instant(duration_cast<milliseconds>(sys_days(date).time_since_epoch()) + time);
}

void addChangeCommands(CLI::App& app, Command& chosen)
{
    const auto given = options<Given>();
    CLI::App* list = app.add_subcommand("changes", "Who changed what in the cases, newest first");
    CLI::Option* since = list->add_option(
        "--since", given->since, "Everybody's changes since this time, by their own clocks");
    list->add_flag(
            "--unseen", given->unseen, "Others' changes that nobody has looked at here; without --since")
        ->excludes(since);
    list->add_flag("--mark-seen", given->markSeen, "They count as looked at once they were printed")
        ->excludes(since);
    list->add_option("--case", given->target, "Only of this case, by identifier or number");
    list->add_option("--limit", given->limit, "At most so many Saves; 1000 without it")
        ->check(CLI::PositiveNumber);
    list->callback(
        [&chosen, given] { chosen = [given](Session& session) { return changes(session, *given); }; });
}

}  // namespace teren::cli
