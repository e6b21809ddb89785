// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/sample_desk.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

namespace teren {
namespace {

using namespace std::chrono_literals;
using service::FieldValues;
using enum service::TextSpan::Kind;

service::Authorship anna(std::chrono::hours ago)
{
    return {.author = "Anna Sowa", .device = "laptop AS-1", .at = SampleDesk::now() - ago, .mine = true};
}

service::Authorship jan(std::chrono::hours ago)
{
    return {.author = "Jan Lis", .device = "tablet JL-2", .at = SampleDesk::now() - ago, .mine = false};
}

std::string valueOf(const service::RecordView& record, const char* field)
{
    const auto found = record.fields.find(field);
    return found == record.fields.end() ? std::string() : found->second.text();
}

}  // namespace

Instant SampleDesk::now()
{
    // The same hour on the screen wherever the machine is.
    const QDateTime local(QDate(2026, 4, 14), QTime(9, 52));
    return Instant(std::chrono::milliseconds(local.toMSecsSinceEpoch()));
}

SampleDesk::SampleDesk(Content content)
{
    status_.confirmed = 348;
    status_.total = 348;
    status_.lastContact = now() - 18h - 40min;
    status_.nextAttempt = now() + 8min;
    status_.server = service::ServerState::Unreachable;
    if (content == Content::Empty)
        return;
    fillZenon();
    fillFamily();
    fillOthers();
    fillConflicts();
    fillNews();
    status_.backedUp = 340;
    status_.attachments = {.unsent = 2, .sent = 5, .awaited = 1, .unsentBytes = 3'700'000};
    status_.unsent = 12;
    status_.total = 360;
    status_.oldestUnsent = now() - 12min;
}

Desk::Holder SampleDesk::holder()
{
    return {.person = "Anna Sowa", .workspace = "GOPS Lipowo", .code = {}, .model = service::Model::Rural};
}

void SampleDesk::fillZenon()
{
    const auto id = makeCase("Zenon Przykładowy", "LIP/2025/A7-014", "realizacja", "Lipowo");
    put(id, "person",
        {{"name", "Zenon Przykładowy"},
         {"role", "main"},
         {"birth_date", "1970-03-08"},
         {"phone", "600 100 203"}});
    put(id, "person", {{"name", "Barbara Przykładowa"}, {"relation", "była żona"}, {"phone", "600 100 217"}});
    put(id, "expectation_card",
        {{"date", "2025-09-12"},
         {"situation",
          "Pan Zenon wrócił do gminy po ośmiu latach bezdomności. Mieszka w użyczonym domu po rodzicach, bez "
          "stałego dochodu, z chorobą nóg i kręgosłupa."},
         {"strengths", "Łatwo nawiązuje kontakt, jest życzliwy i otwarty. Zna się na stolarce."},
         {"expectations", "Chcę stanąć na nogi, zarabiać na siebie i być wśród ludzi."},
         {"area_a", "Sprawność psychiczna i fizyczna"},
         {"scale_a_family", "2"},
         {"scale_a_institution", "2"},
         {"area_b", "Aktywność społeczno-zawodowa"},
         {"scale_b_family", "2"},
         {"scale_b_institution", "1"},
         {"area_c", "Poczucie własnej wartości"},
         {"scale_c_family", "2"},
         {"scale_c_institution", "3"}});
    put(id, "goal",
        {{"area", "A"},
         {"title", "Rehabilitacja nóg i kręgosłupa"},
         {"involved", "GOPS, pielęgniarka, PCPR"},
         {"status", "in_progress"}});
    put(id, "goal",
        {{"area", "B"},
         {"title", "Kurs operatora koparko-ładowarki"},
         {"involved", "doradca PUP"},
         {"status", "achieved"}});
    put(id, "goal",
        {{"area", "C"}, {"title", "Sesje z psychologiem"}, {"involved", "2 z 8"}, {"status", "partly"}});
    put(id, "task",
        {{"title", "Umówić kolejną sesję z psychologiem"},
         {"who", "Anna Sowa"},
         {"due", "2026-04-10"},
         {"status", "open"}});
    put(id, "task",
        {{"title", "Wolontariat w domu dla bezdomnych"},
         {"who", "Jan Lis"},
         {"due", "2026-05-20"},
         {"status", "open"}});
    const char* const areas[] = {"A", "B", "C"};
    const char* const dates[] = {"2025-09-24", "2025-12-10", "2026-03-12", "2026-04-02"};
    const char* const values[][4] = {{"2", "3", "4", "5"}, {"2", "2", "2", "3"}, {"2", "4", "5", "6"}};
    for (std::size_t a = 0; a < 3; ++a) {
        put(id, "scale_mark",
            {{"area", areas[a]},
             {"rater", "family"},
             {"kind", "planned"},
             {"value", "6"},
             {"date", dates[0]}});
        for (std::size_t i = 0; i < 4; ++i)
            put(id, "scale_mark",
                {{"area", areas[a]},
                 {"rater", "family"},
                 {"kind", "interim"},
                 {"value", values[a][i]},
                 {"date", dates[i]}});
    }
    put(id, "contact",
        {{"date", "2026-04-10"},
         {"form", "phone"},
         {"with_whom", "Jan Lis"},
         {"summary", "Potwierdził wizytę u fizjoterapeuty."}});
    put(id, "visit",
        {{"date", "2026-04-02"},
         {"time", "11:00"},
         {"kind", "monitoring"},
         {"status", "done"},
         {"purpose", "przegląd IPW, skale A–C"},
         {"notes", "Chodzi sam do sklepu, ćwiczy w domu codziennie."}});
    records_.back().unsent = true;
    put(id, "visit",
        {{"date", "2026-04-14"},
         {"time", "11:00"},
         {"kind", "home"},
         {"status", "planned"},
         {"place", "Lipowo, ul. Polna 3"},
         {"purpose", "Kontakt; rehabilitacja, doradca zawodowy"},
         {"safety_note", "Na podwórku pies, dzwonić przed wejściem."}});
    put(id, "note",
        {{"date", "2026-03-20"}, {"text", "Zrobił stół dla byłej żony. Mówi, że znowu ze sobą rozmawiają."}});
    cases_[id].unsent = 3;
    cases_[id].conflicts = 1;
}

void SampleDesk::fillFamily()
{
    const auto id = makeCase("Rodzina Zawilskich", "LIP/2026/B2-003", "ipw", "Kalinówka");
    put(id, "person", {{"name", "Katarzyna Zawilska"}, {"role", "main"}, {"phone", "600 100 231"}});
    put(id, "person", {{"name", "Łukasz Zawilski"}, {"role", "partner"}});
    put(id, "person", {{"name", "Żaneta Zawilska"}, {"role", "child"}, {"birth_date", "2015-05-21"}});
    put(id, "person", {{"name", "Michał Zawilski"}, {"role", "child"}, {"birth_date", "2018-09-02"}});
    put(id, "expectation_card",
        {{"date", "2026-01-09"},
         {"situation",
          "Pięcioosobowa rodzina w jednym pokoju u dziadków. Rodzice pracują na zmiany, dzieci mają "
          "zaległości w szkole."},
         {"expectations",
          "Rodzina oczekuje pomocy w znalezieniu pracy dla matki na pół etatu i zajęć dla dzieci po "
          "szkole."}});
    put(id, "goal",
        {{"area", "A"},
         {"title", "Miejsce do nauki w domu"},
         {"involved", "GOPS, szkoła"},
         {"status", "in_progress"}});
    put(id, "task",
        {{"title", "Przegląd IPW z rodziną"},
         {"who", "Anna Sowa"},
         {"due", "2026-04-17"},
         {"status", "open"}});
    put(id, "visit",
        {{"date", "2026-04-14"},
         {"time", "09:30"},
         {"kind", "monitoring"},
         {"status", "draft"},
         {"place", "Kalinówka 12"},
         {"purpose", "Przegląd IPW, skale A–C"}});
    cases_[id].unsent = 9;
    cases_[id].conflicts = 1;
    attach(id, "pokój u dziadków.jpg", {});
    attach(id, "umowa najmu.pdf", {});
}

void SampleDesk::fillOthers()
{
    const auto id = makeCase("Rodzina Mroczków", "LIP/2026/B2-011", "wywiad", "Kalinówka");
    put(id, "person",
        {{"name", "Stanisława Mroczek"},
         {"role", "main"},
         {"birth_date", "1951-11-30"},
         {"phone", "600 100 252"}});
    put(id, "visit",
        {{"date", "2026-04-14"},
         {"time", "13:15"},
         {"kind", "interview"},
         {"status", "planned"},
         {"place", "Kalinówka 40"},
         {"purpose", "Wywiad środowiskowy"},
         {"safety_note", "Nie iść samemu po zmroku: nieoświetlona droga przez las."}});
    put(id, "task",
        {{"title", "Lista aktywności i usług: aktualizacja"},
         {"who", "zespół PZK"},
         {"due", "2026-05-19"},
         {"status", "open"}});
    makeCase("Ćwiklińska Łucja", "LIP/2026/B2-014", "karta", "Dębowa Łąka");
    makeCase(
        "Rodzina Szczęsnych-Brzęczyszczykiewiczów z Nowej Wsi nad Jeziorem (opieka zastępcza, dwa domy)",
        "LIP/2026/B2-015", "zgloszenie", "Nowa Wieś nad Jeziorem");
    makeCase("Ostrowscy", "LIP/2024/A7-002", "cele_osiagniete", "Lipowo");
}

void SampleDesk::fillConflicts()
{
    const auto card = std::ranges::find_if(records_, [](const service::RecordView& record) {
        return record.type == "expectation_card" && valueOf(record, "date") == "2026-01-09";
    });
    conflicts_.push_back(
        {.record = card->id,
         .caseId = card->caseId,
         .caseTitle = "Rodzina Zawilskich",
         .recordType = "expectation_card",
         .recordTitle = "2026-01-09",
         .field = "expectations",
         .base = "Rodzina oczekuje pomocy w znalezieniu pracy i zajęć dla dzieci po szkole.",
         .baseBy = anna(290h),
         .sides
         = {{.value = "Rodzina oczekuje pomocy w znalezieniu pracy dla matki na pół etatu i zajęć dla dzieci "
                      "po szkole.",
             .by = anna(0h),
             .difference
             = {{Equal, "Rodzina oczekuje pomocy w znalezieniu pracy "},
                {Added, "dla matki na pół etatu "},
                {Equal, "i zajęć dla dzieci po szkole."}}},
            {.value = "Rodzina oczekuje pomocy w znalezieniu pracy i dojazdu dzieci do świetlicy w Lipowie.",
             .by = jan(20h),
             .difference
             = {{Equal, "Rodzina oczekuje pomocy w znalezieniu pracy i "},
                {Removed, "zajęć dla dzieci po szkole."},
                {Added, "dojazdu dzieci do świetlicy w Lipowie."}}}},
         .bothPossible = true,
         .proposal = "Rodzina oczekuje pomocy w znalezieniu pracy dla matki na pół etatu i dojazdu dzieci do "
                     "świetlicy w Lipowie.",
         .version = "1"});
    card->fields["expectations"].conflict = true;
    const auto task = std::ranges::find_if(
        records_, [](const service::RecordView& record) { return record.type == "task"; });
    conflicts_.push_back(
        {.record = task->id,
         .caseId = task->caseId,
         .caseTitle = "Zenon Przykładowy",
         .recordType = "task",
         .recordTitle = valueOf(*task, "title"),
         .field = "due",
         .base = "2026-04-03",
         .baseBy = jan(300h),
         .sides
         = {{.value = "2026-04-10", .by = anna(30h), .difference = {}},
            {.value = "2026-04-24", .by = jan(26h), .difference = {}}},
         .bothPossible = false,
         .proposal = {},
         .version = "2"});
    task->fields["due"].conflict = true;
}

service::CaseId SampleDesk::makeCase(
    const std::string& title, const std::string& number, const std::string& stage, const std::string& place)
{
    service::CaseId id;
    id.bytes[0] = ++idsMade_;
    cases_[id]
        = {.id = id,
           .title = title,
           .number = number,
           .stage = stage,
           .place = place,
           .unsent = 0,
           .conflicts = 0,
           .changedAt = now()};
    put(id, "case", {{"title", title}, {"number", number}, {"stage", stage}, {"place", place}});
    return id;
}

RecordId SampleDesk::put(const service::CaseId& id, const std::string& type, const FieldValues& fields)
{
    service::RecordView view;
    view.id.bytes[0] = ++idsMade_;
    view.caseId = id;
    view.type = type;
    view.lastChange = anna(240h);
    for (const auto& [field, value] : fields)
        view.fields[field].values = {{.value = value, .by = view.lastChange}};
    records_.push_back(view);
    return view.id;
}

Result<std::vector<service::CaseSummary>> SampleDesk::cases()
{
    std::vector<service::CaseSummary> all;
    for (const auto& [id, summary] : cases_)
        all.push_back(summary);
    return all;
}

Result<service::CaseSummary> SampleDesk::newCase(const std::string& title, const std::string& number)
{
    if (title.empty())
        return fail(Errc::Invalid, "case.title: is missing");
    return cases_[makeCase(title, number, "zgloszenie", "")];
}

Result<service::CaseSummary> SampleDesk::findCase(const service::CaseId& id)
{
    const auto found = cases_.find(id);
    if (found == cases_.end())
        return fail(Errc::NotFound, "no such case");
    return found->second;
}

Result<std::vector<service::RecordView>> SampleDesk::records(const service::CaseId& id)
{
    std::vector<service::RecordView> found;
    std::ranges::copy_if(
        records_, std::back_inserter(found), [&id](const auto& record) { return record.caseId == id; });
    return found;
}

Result<service::RecordView> SampleDesk::record(const service::CaseId& /*id*/, const RecordId& record)
{
    const auto found = std::ranges::find(records_, record, &service::RecordView::id);
    if (found == records_.end())
        return fail(Errc::NotFound, "no such record");
    return *found;
}

Status SampleDesk::saveForm(const service::FormKey& form, const service::Draft& answers)
{
    if (!form.record) {
        put(form.caseId, form.type, answers.answers);
        countSaved(records_.back(), answers.answers.size());
        return dropDraft(form.text());
    }
    const auto found = std::ranges::find(records_, *form.record, &service::RecordView::id);
    if (found == records_.end())
        return fail(Errc::NotFound, "no such record");
    const service::ShownValues now = service::shownIn(*found);
    const auto in = [](const service::ShownValues& values, const std::string& field) {
        const auto at = values.find(field);
        return at == values.end() ? std::vector<std::string>() : at->second;
    };
    for (const auto& [field, value] : answers.answers)
        if (in(now, field) != in(answers.shown, field))
            return fail(Errc::ChangedMeanwhile, field);
    write(*found, answers.answers);
    return dropDraft(form.text());
}

void SampleDesk::write(service::RecordView& record, const service::FieldValues& fields)
{
    for (const auto& [field, value] : fields)
        record.fields[field].values = {{.value = value, .by = anna(0h)}};
    countSaved(record, fields.size());
}

void SampleDesk::countSaved(service::RecordView& record, std::size_t changes)
{
    record.unsent = true;
    record.lastChange = anna(0h);
    status_.unsent += changes;
    status_.total += changes;
}

Result<std::vector<service::RecordView>> SampleDesk::visitsOn(const std::string& day)
{
    std::vector<service::RecordView> found;
    std::ranges::copy_if(records_, std::back_inserter(found), [&day](const auto& record) {
        return record.type == "visit" && valueOf(record, "date") == day;
    });
    std::ranges::sort(found, {}, [](const auto& record) { return valueOf(record, "time"); });
    return found;
}

Result<std::vector<service::RecordView>> SampleDesk::tasksDueBy(const std::string& day)
{
    std::vector<service::RecordView> found;
    std::ranges::copy_if(records_, std::back_inserter(found), [&day](const auto& record) {
        const std::string due = valueOf(record, "due");
        return record.type == "task" && valueOf(record, "status") == "open" && !due.empty() && due <= day;
    });
    std::ranges::sort(found, {}, [](const auto& record) { return valueOf(record, "due"); });
    return found;
}

Result<std::vector<service::OpenConflict>> SampleDesk::conflicts()
{
    std::vector<service::OpenConflict> open;
    for (const service::ConflictView& view : conflicts_) {
        const auto card = std::ranges::find_if(records_, [&view](const service::RecordView& record) {
            return record.caseId == view.caseId && !valueOf(record, "key_worker").empty();
        });
        const bool isNamed = card != records_.end();
        open.push_back(
            {.view = view,
             .since = std::max(view.sides.front().by.at, view.sides.back().by.at),
             .owners = isNamed ? std::vector<std::string>{valueOf(*card, "key_worker")}
                               : std::vector<std::string>{"Anna Sowa", "Jan Lis"},
             .isMine = !isNamed || valueOf(*card, "key_worker") == "Anna Sowa"});
    }
    std::ranges::sort(open, {}, &service::OpenConflict::since);
    return open;
}

void SampleDesk::fillNews()
{
    const auto add = [this](
                         const char* title, const char* type, service::ChangeKind kind,
                         std::vector<std::string> fields, std::chrono::hours ago) {
        const auto record = std::ranges::find_if(records_, [&](const service::RecordView& one) {
            return one.type == type && cases_[one.caseId].title == title;
        });
        if (record == records_.end())
            return;
        std::string named = valueOf(*record, "title");
        if (named.empty())
            named = valueOf(*record, "purpose");
        unseen_.push_back(
            {.caseId = record->caseId,
             .caseTitle = cases_[record->caseId].title,
             .record = record->id,
             .type = type,
             .recordTitle = named,
             .kind = kind,
             .fields = std::move(fields),
             .by = jan(ago),
             .confirmed = true});
    };
    add("Rodzina Zawilskich", "visit", service::ChangeKind::Created, {"date", "time", "purpose"}, 19h);
    add("Rodzina Zawilskich", "expectation_card", service::ChangeKind::Edited, {"expectations"}, 20h);
    add("Zenon Przykładowy", "task", service::ChangeKind::Edited, {"due"}, 26h);
    add("Zenon Przykładowy", "goal", service::ChangeKind::Edited, {"status", "involved"}, 44h);
}

Result<service::NewsOverview> SampleDesk::news()
{
    service::NewsOverview overview;
    for (const service::ChangeItem& item : unseen_) {
        auto at = std::ranges::find(overview.cases, item.caseId, &service::CaseNews::caseId);
        if (at == overview.cases.end())
            at = overview.cases.insert(
                at,
                {.caseId = item.caseId,
                 .title = item.caseTitle,
                 .number = cases_[item.caseId].number,
                 .authors = {item.by.author},
                 .last = item.by.at,
                 .seen = {}});
        ++at->changes;
        overview.seen[item.caseId];
    }
    overview.caseCount = overview.cases.size();
    overview.changes = unseen_.size();
    return overview;
}

Result<service::ChangeList> SampleDesk::changes(const std::optional<service::CaseId>& of, std::size_t limit)
{
    service::ChangeList list;
    for (const service::ChangeItem& item : unseen_) {
        if (of && item.caseId != *of)
            continue;
        list.seen[item.caseId];
        list.more = list.items.size() >= limit;
        if (!list.more)
            list.items.push_back(item);
    }
    return list;
}

Status SampleDesk::markSeen(const service::ChangesSeen& shown)
{
    std::erase_if(unseen_, [&shown](const auto& item) { return shown.contains(item.caseId); });
    return {};
}

Result<service::RecordHistory> SampleDesk::history(const service::CaseId& id, const RecordId& record)
{
    TEREN_TRY(const service::RecordView view, this->record(id, record));
    service::RecordHistory history{
        .record = record,
        .caseId = id,
        .caseTitle = cases_[id].title,
        .type = view.type,
        .title = valueOf(view, "title"),
        .items = {}};
    history.items.push_back(
        {.field = "@created",
         .oldValue = {},
         .newValue = view.type,
         .by = anna(240h),
         .confirmed = true,
         .kind = service::HistoryKind::Created,
         .inForce = true});
    for (const auto& [field, state] : view.fields)
        for (const service::ValueInForce& value :
             state.conflict ? std::vector<service::ValueInForce>() : state.values)
            history.items.push_back(
                {.field = field,
                 .oldValue = {},
                 .newValue = value.value,
                 .by = value.by,
                 .confirmed = !view.unsent,
                 .inForce = true});
    for (const service::ConflictView& conflict : conflicts_) {
        if (conflict.record != record)
            continue;
        history.items.push_back(
            {.field = conflict.field,
             .oldValue = {},
             .newValue = conflict.base.value_or(""),
             .by = conflict.baseBy.value_or(anna(240h)),
             .confirmed = true});
        for (const service::ConflictSide& side : conflict.sides)
            history.items.push_back(
                {.field = conflict.field,
                 .oldValue = conflict.base.value_or(""),
                 .newValue = side.value,
                 .by = side.by,
                 .confirmed = !side.by.mine,
                 .inForce = true});
    }
    return history;
}

Status SampleDesk::decide(
    const service::CaseId& /*id*/, const RecordId& record, const std::string& field,
    const service::Decision& decision)
{
    const auto found = std::ranges::find_if(conflicts_, [&](const auto& conflict) {
        return conflict.record == record && conflict.field == field;
    });
    if (found == conflicts_.end())
        return fail(Errc::NotFound, "no such conflict");
    if (decision.version && *decision.version != found->version)
        return fail(Errc::ChangedMeanwhile, field);
    std::string value = decision.value;
    if (decision.kind == service::Decision::Kind::KeepSide)
        value = found->sides.at(decision.side).value;
    if (decision.kind == service::Decision::Kind::KeepBoth)
        value = found->sides.front().value + "\n" + found->sides.back().value;
    const auto decided = std::ranges::find(records_, record, &service::RecordView::id);
    write(*decided, {{field, value}});
    decided->fields[field].conflict = false;
    --cases_[found->caseId].conflicts;
    conflicts_.erase(found);
    return {};
}

Result<std::vector<service::SearchHit>> SampleDesk::search(const std::string& text)
{
    std::vector<service::SearchHit> hits;
    for (const service::RecordView& record : records_) {
        for (const auto& [field, state] : record.fields) {
            if (record.type != "case" && state.text().find(text) != std::string::npos)
                hits.push_back(
                    {record.caseId, cases_[record.caseId].title, record.id, record.type, field,
                     state.text()});
        }
    }
    return hits;
}

Result<service::SyncStatus> SampleDesk::syncStatus()
{
    return status_;
}

Status SampleDesk::dismissNotices(std::int64_t upTo)
{
    std::erase_if(status_.notices, [upTo](const service::Notice& notice) { return notice.id <= upTo; });
    return {};
}

void SampleDesk::sync(
    std::function<void(const service::SyncProgress&)>, std::function<void(Result<service::SyncReport>)> done)
{
    service::SyncReport report{
        .sent = status_.unsent,
        .confirmed = status_.unsent,
        .conflicts = conflicts_.size(),
        .filesTrouble = {},
        .progress = {}};
    for (const Coming& work : coming_)
        if (const auto at = std::ranges::find(records_, work.record, &service::RecordView::id);
            at != records_.end())
            at->fields[work.field].values = {{.value = work.value, .by = jan(1h)}};
    report.received = coming_.size();
    coming_.clear();
    status_.confirmed = status_.total;
    status_.unsent = 0;
    status_.oldestUnsent.reset();
    status_.lastContact = now();
    status_.server = service::ServerState::Ok;
    for (auto& [id, summary] : cases_)
        summary.unsent = 0;
    for (service::RecordView& record : records_)
        record.unsent = false;
    done(report);
}

void SampleDesk::stopSync() {}

Result<service::SyncOverview> SampleDesk::syncOverview()
{
    service::SyncOverview overview;
    for (const auto& [id, summary] : cases_) {
        if (summary.unsent == 0 && id != cases_.begin()->first)
            continue;
        overview.cases.push_back(
            {.caseId = id,
             .title = summary.title,
             .number = summary.number,
             .unsent = summary.unsent,
             .confirmed = 120,
             .oldestUnsent = summary.unsent > 0 ? std::optional(now() - 12min) : std::nullopt});
        overview.unsentCases += summary.unsent > 0 ? 1 : 0;
    }
    std::ranges::sort(overview.cases, std::ranges::greater(), &service::CaseTraffic::unsent);
    overview.caseCount = overview.cases.size();
    if (status_.attachments.awaited > 0 && !cases_.empty())
        overview.awaited.push_back(
            {.caseId = cases_.begin()->first,
             .record = records_.front().id,
             .name = "orzeczenie.pdf",
             .caseTitle = cases_.begin()->second.title,
             .size = 4'200'000,
             .asked = askedForFile_});
    return overview;
}

Result<service::DeliveryView> SampleDesk::delivery()
{
    service::DeliveryView view;
    view.total = status_.total;
    view.unsent = status_.unsent;
    view.confirmed = status_.confirmed;
    if (cases_.empty())
        return view;
    const auto holder
        = [&view](const char* person, const char* device, std::uint64_t applied, std::uint64_t of) {
              service::HolderView one;
              one.id = device;
              one.person = person;
              one.device = device;
              one.applied = applied;
              one.of = of;
              if (applied > 0)
                  one.stated = now() - 20h;
              if (!one.hasAll())
                  one.lacksSince = now() - 20h;
              view.holders.push_back(std::move(one));
          };
    holder("Jan Lis", "tablet JL-2", 341, 360);
    holder("Maria Kot", "laptop MK-1", 360, 360);
    holder("", "9f3a01", 0, 12);
    return view;
}

Status SampleDesk::askForContent(const service::CaseId&, const RecordId&)
{
    askedForFile_ = true;
    return {};
}

Result<service::BundleReport> SampleDesk::exportBundle(const std::string& folder, bool)
{
    if (folder.contains("full"))
        return fail(Errc::DiskFull);
    return service::BundleReport{
        .file = folder + "/teren.bundle",
        .workspace = {},
        .bytes = 184'000,
        .segments = 31,
        .changes = 360,
        .unsent = status_.unsent,
        .expires = now() + 30 * 24h};
}

Result<service::ImportReport> SampleDesk::importBundle(const std::string& path)
{
    if (path.contains("other"))
        return fail(Errc::Refused, "of another office");
    if (path.contains("damaged"))
        return fail(Errc::Forged);
    service::ImportReport report;
    report.changes = 14;
    report.conflicts = conflicts_.size();
    return report;
}

Result<std::vector<Desk::Apart>> SampleDesk::apart()
{
    if (cases_.empty() || entered_)
        return std::vector<Apart>();
    service::ApartView view;
    view.caseId = cases_.begin()->first;
    view.by = anna(70h);
    view.from = 4;
    view.to = 5;
    view.why = "refused";
    view.readable = true;
    const RecordId record = records_.front().id;
    view.entries
        = {{.seq = 4, .record = record, .field = "@created", .value = "note", .at = now() - 70h},
           {.seq = 4,
            .record = record,
            .field = "text",
            .value = "Rozmowa z kuratorem: wizyta wspólna w maju.",
            .at = now() - 70h}};
    return std::vector<Apart>{{view, cases_.begin()->second.title}};
}

Result<std::vector<service::WaitingView>> SampleDesk::missing()
{
    if (cases_.empty() || wentOn_)
        return std::vector<service::WaitingView>();
    service::WaitingView view;
    view.caseId = std::next(cases_.begin())->first;
    view.caseTitle = std::next(cases_.begin())->second.title;
    view.by = jan(0h);
    view.from = 41;
    view.to = 43;
    view.waiting = 2;
    view.since = now() - 9 * 24h;
    view.overdue = true;
    return std::vector<service::WaitingView>{view};
}

Status SampleDesk::adopt(const service::CaseId&, const DeviceId&, std::uint64_t, std::uint64_t)
{
    entered_ = true;
    return {};
}

Result<service::VoidReport> SampleDesk::voidWork(const service::VoidWish& wish)
{
    if (wish.early)
        return fail(Errc::Refused);
    wentOn_ = true;
    return service::VoidReport{.changes = 3, .published = true};
}

void SampleDesk::meet(
    const Meeting& with, std::function<void(const Meeting&)> told,
    std::function<void(Result<service::PeerReport>)> done)
{
    if (with.address.empty()) {
        waiting_ = std::move(done);
        told({"192.168.43.7:41207", "K7QP-3MXA"});
        return;
    }
    if (with.code != "K7QP-3MXA") {
        done(fail(Errc::Refused));
        return;
    }
    service::PeerReport report;
    report.taken.changes = 6;
    report.sent = 3;
    done(report);
}

void SampleDesk::endMeeting()
{
    if (waiting_)
        std::exchange(waiting_, {})(fail(Errc::Refused));
}

Result<std::string> SampleDesk::exportEvidence(const std::string& folder)
{
    if (folder.contains("full"))
        return fail(Errc::DiskFull);
    if (!folder.contains("forked"))
        return fail(Errc::NotFound);
    return folder + "/teren.evidence";
}

void SampleDesk::colleagueWrites(const RecordId& record, const std::string& field, const std::string& value)
{
    coming_.push_back({record, field, value});
}

void SampleDesk::attach(
    const service::CaseId& id, const std::string& name, const std::optional<RecordId>& about)
{
    service::AttachmentView view;
    view.id.bytes.front() = 0xA7;
    view.id.bytes.back() = ++attached_;
    view.caseId = id;
    view.name = name;
    view.mediaType = name.ends_with(".pdf") ? "application/pdf" : "image/jpeg";
    view.size = 1'840'000;
    view.thumbnail = view.mediaType == "image/jpeg";
    view.here = true;
    view.unsent = true;
    view.by = {.author = "Anna Sowa", .device = "AS-1", .at = now(), .mine = true};
    attachments_.push_back({view, about});
}

Result<std::vector<Desk::Attachment>> SampleDesk::attachments(const service::CaseId& id)
{
    std::vector<Attachment> found;
    for (const Attachment& one : attachments_)
        if (one.view.caseId == id)
            found.push_back(one);
    return found;
}

void SampleDesk::addAttachment(
    const NewAttachment& file, service::Progress progress, std::function<void(Status)> done)
{
    if (!progress(0, 1) || file.path.ends_with(".heic")) {
        done(fail(Errc::Refused, "stopped, or a kind that tells"));
        return;
    }
    attach(file.caseId, file.path.substr(file.path.rfind('/') + 1), file.about);
    done({});
}

Result<service::ShownPicture> SampleDesk::picture(
    const service::CaseId&, const RecordId& record, std::uint32_t side)
{
    // Light of a window on a table: drawn, nobody's photo.
    service::ShownPicture picture{
        .width = std::min(side, 1200U), .height = std::min(side, 1200U) * 2 / 3, .rgb = {}};
    const std::uint32_t tint = record.bytes.back() % 3;
    for (std::uint32_t y = 0; y < picture.height; ++y)
        for (std::uint32_t x = 0; x < picture.width; ++x) {
            const bool isTable = y > picture.height * 6 / 10;
            const bool isWindow = x > picture.width / 5 && x < picture.width / 2 && y > picture.height / 8
                && y < picture.height / 2;
            const auto light = static_cast<std::uint8_t>(60 * x / picture.width);
            const auto base = static_cast<std::uint8_t>(isWindow ? 190 : isTable ? 110 : 150);
            picture.rgb.push_back(static_cast<std::uint8_t>(base + light / 2 + (tint == 0 ? 12 : 0)));
            picture.rgb.push_back(static_cast<std::uint8_t>(base - (isTable ? 30 : 0) + light / 2));
            picture.rgb.push_back(static_cast<std::uint8_t>(base - (isTable ? 60 : 0) + (isWindow ? 50 : 0)));
        }
    return picture;
}

Result<service::ShownPicture> SampleDesk::smallPicture(const service::CaseId& id, const RecordId& record)
{
    return picture(id, record, 160);
}

Result<std::string> SampleDesk::exportAttachment(
    const service::CaseId& id, const RecordId& record, const std::string& folder)
{
    for (const Attachment& one : attachments_)
        if (one.view.caseId == id && one.view.id == record)
            return folder + "/" + one.view.name;
    return fail(Errc::NotFound, "no such attachment");
}

Status SampleDesk::removeAttachment(const service::CaseId&, const RecordId& record)
{
    std::erase_if(attachments_, [&record](const Attachment& one) { return one.view.id == record; });
    return {};
}

Status SampleDesk::saveDraft(const std::string& key, const service::Draft& draft)
{
    drafts_[key] = draft;
    return {};
}

Result<service::Draft> SampleDesk::draft(const std::string& key)
{
    const auto found = drafts_.find(key);
    return found == drafts_.end() ? service::Draft{} : found->second;
}

Status SampleDesk::dropDraft(const std::string& key)
{
    drafts_.erase(key);
    return {};
}

Status SampleDesk::changePassphrase(const std::string& current, const std::string&)
{
    return current == "kalina" ? Status() : fail(Errc::WrongPassphrase);
}

std::vector<std::string> SampleDesk::knownWords()
{
    return {"Anna Sowa", "GOPS Lipowo"};
}

std::string SampleDesk::recoveryCode()
{
    return "D1799-N3HRP-96T0N-J00G9-00DPX-ARYW3-K777G";
}

Result<std::string> SampleDesk::drawRecoveryCode()
{
    return recoveryCode();
}

Status SampleDesk::confirmRecoveryCode(const std::string& typed)
{
    if (typed != recoveryCode())
        return fail(Errc::Refused, "another code");
    codeMade_ = now();
    return {};
}

Status SampleDesk::removeRecoveryCode()
{
    codeMade_.reset();
    return {};
}

std::string SampleDesk::shownName()
{
    return shown_;
}

Status SampleDesk::showName(const std::string& name)
{
    shown_ = name;
    return {};
}

Result<service::DeviceFacts> SampleDesk::device()
{
    service::DeviceFacts facts{
        .cases = cases_.size(),
        .records = records_.size(),
        .attachments = 4,
        .attachmentBytes = 6'300'000,
        .drafts = drafts_.size(),
        .bytes = 14'200'000,
        .unsent = status_.unsent,
        .lastContact = status_.lastContact,
        .lastBackup = backup_,
        .recoveryCodeMade = codeMade_,
        .ways
        = {{.kind = service::WayIn::Kind::Passphrase,
            .passes = 3,
            .memoryBytes = 256U << 20U,
            .atTheFloor = false,
            .officeKey = {}}}};
    if (codeMade_)
        facts.ways.push_back(
            {.kind = service::WayIn::Kind::RecoveryCode,
             .passes = 3,
             .memoryBytes = 256U << 20U,
             .atTheFloor = false,
             .officeKey = {}});
    return facts;
}

std::vector<service::Alarm> SampleDesk::alarms()
{
    return {};
}

Result<service::CheckReport> SampleDesk::selfCheck()
{
    return service::CheckReport();
}

Result<Desk::BackupRest> SampleDesk::beginBackup(const std::string& folder)
{
    if (folder.empty())
        return fail(Errc::NotFound, "no folder");
    return BackupRest([folder](const service::Progress&) {
        return Result<service::BackupReport>({folder, now(), 7, 14'200'000});
    });
}

Status SampleDesk::forgetLeftOut()
{
    leftOut_.clear();
    return {};
}

Status SampleDesk::noteBackup()
{
    backup_ = now();
    return {};
}

}  // namespace teren
