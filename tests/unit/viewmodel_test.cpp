// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/lists.h"
#include "app/viewmodel/scale_chart.h"
#include "app/viewmodel/trouble.h"
#include "app/viewmodel/wording.h"
#include "tests/support/catch.h"

#include <QAbstractItemModelTester>
#include <QLocale>
#include <QPointF>
#include <QRegularExpression>
#include <QSet>

using namespace teren;

namespace {

CaseRow row(const char* id, const char* title)
{
    CaseRow made;
    made.caseId = QString::fromLatin1(id);
    made.title = QString::fromUtf8(title);
    return made;
}

/// Counts what a view would have to build anew.
struct Changes {
    int inserted = 0;
    int removed = 0;
    int updated = 0;
    int reset = 0;

    explicit Changes(CaseList& list)
    {
        QObject::connect(&list, &CaseList::rowsInserted, [this](const QModelIndex&, int first, int last) {
            inserted += last - first + 1;
        });
        QObject::connect(&list, &CaseList::rowsRemoved, [this](const QModelIndex&, int first, int last) {
            removed += last - first + 1;
        });
        QObject::connect(&list, &CaseList::dataChanged, [this] { ++updated; });
        QObject::connect(&list, &CaseList::modelReset, [this] { ++reset; });
    }
};

constexpr auto kFatal = QAbstractItemModelTester::FailureReportingMode::Fatal;

}  // namespace

TEST_CASE("rows: those that stay keep their place and are updated where they changed")
{
    CaseList list;
    const QAbstractItemModelTester tester(&list, kFatal);
    list.setRows<CaseRow>({row("1", "Nowak"), row("2", "Kowal"), row("3", "Zając")});
    Changes changes(list);

    list.setRows<CaseRow>({row("1", "Nowak"), row("2", "Kowalska"), row("3", "Zając")});
    CHECK(changes.updated == 1);
    CHECK(changes.inserted + changes.removed + changes.reset == 0);
    CHECK(list.row<CaseRow>(1).title == QStringLiteral("Kowalska"));
}

TEST_CASE("rows: only what came or went is inserted or removed")
{
    CaseList list;
    const QAbstractItemModelTester tester(&list, kFatal);
    list.setRows<CaseRow>({row("1", "A"), row("2", "B"), row("3", "C")});
    Changes changes(list);

    list.setRows<CaseRow>({row("1", "A"), row("9", "X"), row("8", "Y"), row("3", "C")});
    CHECK(changes.removed == 1);
    CHECK(changes.inserted == 2);
    CHECK(changes.reset == 0);
    CHECK(list.count() == 4);

    list.setRows<CaseRow>({row("3", "C"), row("1", "A")});
    CHECK(list.count() == 2);
    CHECK(list.row<CaseRow>(0).caseId == QStringLiteral("3"));
    list.clear();
    CHECK(list.count() == 0);
}

TEST_CASE("rows: a role is a property of the row")
{
    CaseList list;
    list.setRows<CaseRow>({row("1", "Łucja")});
    const QHash<int, QByteArray> names = list.roleNames();
    const int title = names.key("title");
    CHECK(list.data(list.index(0), title).toString() == QStringLiteral("Łucja"));
    CHECK_FALSE(list.data(list.index(0), title + 1000).isValid());
}

TEST_CASE("wording: dates in Polish are written with a Roman month, and with the year only of another one")
{
    QLocale::setDefault(QLocale(QLocale::Polish));
    const auto now = Instant(std::chrono::sys_days(std::chrono::year(2026) / 4 / 14) + std::chrono::hours(9));
    const QChar gap(0x00A0);
    CHECK(wording::shortDate(QDate(2026, 4, 2), now) == QStringLiteral("2") + gap + QStringLiteral("IV"));
    CHECK(
        wording::shortDate(QDate(2025, 9, 30), now)
        == QStringLiteral("30") + gap + QStringLiteral("IX") + gap + QStringLiteral("2025"));
    CHECK(wording::longDate(QDate(2026, 4, 14)) == QStringLiteral("wtorek 14 kwietnia"));
}

TEST_CASE("wording: what goes wrong with a carried file, or with work that does not count, says what is safe")
{
    QSet<QString> titles;
    for (const Errc code :
         {Errc::NotFound, Errc::Refused, Errc::TooNew, Errc::Damaged, Errc::Forged, Errc::Disk}) {
        const wording::Trouble reading = wording::readingBundle(code);
        titles.insert(reading.title);
        CHECK(reading.advice.contains(QRegularExpression(QStringLiteral("[Nn]othing"))));
    }
    // A forged file is told like a damaged one: which of the two it is, helps only who forged it.
    CHECK(titles.size() == 5);
    for (const Errc code : {Errc::NotFound, Errc::Refused, Errc::DiskFull, Errc::Disk})
        CHECK(wording::writingBundle(code).advice.contains(QStringLiteral("safe on this device")));
    for (const Errc code : {Errc::Refused, Errc::Busy})
        CHECK(wording::workApart(code).advice.startsWith(QStringLiteral("Nothing was changed")));
    QSet<QString> whys;
    for (const char* why : {"refused", "lost", "forged", "erased", "quarantined", "replaced"})
        whys.insert(wording::workApartWhy(why, true));
    whys.insert(wording::workApartWhy("replaced", false));
    CHECK(whys.size() == 7);
}

TEST_CASE("wording: why the server takes nothing is said in words, and no name of a fault stands alone")
{
    QSet<QString> known;
    for (const char* why :
         {"no-room", "internal", "version", "unknown-workspace", "not-a-member", "not-a-writer"}) {
        known.insert(wording::refusal(why));
        CHECK(wording::refusal(why).contains(QLatin1Char(' ')));
        CHECK_FALSE(wording::refusal(why).startsWith(QStringLiteral("a fault")));
    }
    CHECK(known.size() == 6);
    CHECK(wording::refusal("bad-proof") == QStringLiteral("a fault of a program, bad-proof"));
}

TEST_CASE("wording: who meets again depends on who has called, and nothing is lost either way")
{
    const wording::Trouble called = wording::halfMeeting(true);
    const wording::Trouble waited = wording::halfMeeting(false);
    CHECK(called.title == waited.title);
    for (const wording::Trouble& half : {called, waited})
        CHECK(half.advice.contains(QStringLiteral("nothing is lost")));
    CHECK(called.advice.contains(QStringLiteral("Let your colleague wait again")));
    CHECK(waited.advice.contains(QStringLiteral("Wait again")));
}

TEST_CASE("wording: sizes are counted as other programs count them")
{
    QLocale::setDefault(QLocale(QLocale::Polish));
    CHECK(wording::fileSize(3'700'000) == QStringLiteral("3,7 MB"));
}

TEST_CASE("scale chart: a line for each area and rater, its points over the time of the chart")
{
    const auto schemas = domain::SchemaSet::builtIn();
    REQUIRE(schemas.has_value());
    std::vector<service::RecordView> records;
    const auto mark = [&records](const char* area, const char* kind, const char* value, const char* date) {
        service::RecordView record;
        record.type = "scale_mark";
        record.fields["area"].values = {{area, {}}};
        record.fields["rater"].values = {{"family", {}}};
        record.fields["kind"].values = {{kind, {}}};
        record.fields["value"].values = {{value, {}}};
        record.fields["date"].values = {{date, {}}};
        records.push_back(record);
    };
    mark("A", "current", "2", "2025-09-01");
    mark("A", "interim", "5", "2026-09-01");
    mark("A", "planned", "6", "2025-09-01");
    mark("B", "current", "11", "2026-01-01");

    const ScaleChart chart = scaleChart(records, *schemas);
    REQUIRE(chart.lines.size() == 1);
    CHECK(chart.lines[0].last == 5);
    CHECK(chart.lines[0].planned == 6);
    REQUIRE(chart.lines[0].points.size() == 2);
    CHECK(chart.lines[0].points[1].toPointF() == QPointF(1, 5));
    CHECK(chart.months.size() == 4);
    CHECK(scaleChart({}, *schemas).lines.empty());
}
