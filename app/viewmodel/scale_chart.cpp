// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/scale_chart.h"

#include "app/viewmodel/record_words.h"
#include "app/viewmodel/wording.h"

#include <QPointF>

#include <algorithm>
#include <map>

namespace teren {
namespace {

constexpr int kMonthsShownMax = 4;

struct Mark {
    QDate day;
    int value = 0;
};

struct Area {
    QString title;
    int planned = 0;
    std::map<QString, std::vector<Mark>> byRater;  ///< By the rater's name.
};

int monthIndex(const QDate& day)
{
    return day.year() * 12 + day.month() - 1;
}

void addMark(
    std::map<QString, Area>& areas, const service::RecordView& record, const domain::SchemaSet& schemas)
{
    const int value = rows::value(record, "value").toInt();
    const QDate day = QDate::fromString(rows::value(record, "date"), Qt::ISODate);
    if (value < 1 || value > 10 || !day.isValid())
        return;
    Area& area = areas[rows::value(record, "area")];
    if (rows::value(record, "kind") == QLatin1String("planned"))
        area.planned = value;
    else
        area.byRater[rows::words(record, "rater", schemas)].push_back({day, value});
}

std::map<QString, Area> areasOf(
    const std::vector<service::RecordView>& records, const domain::SchemaSet& schemas)
{
    std::map<QString, Area> areas;
    for (const service::RecordView& record : records) {
        if (record.type == "scale_mark")
            addMark(areas, record, schemas);
    }
    for (const service::RecordView& record : records) {
        const auto area = record.type == "goal" ? areas.find(rows::value(record, "area")) : areas.end();
        if (area != areas.end() && area->second.title.isEmpty())
            area->second.title = rows::value(record, "title");
    }
    return areas;
}

struct Span {
    QDate first;
    QDate last;

    void cover(const QDate& day)
    {
        first = first.isValid() ? std::min(first, day) : day;
        last = last.isValid() ? std::max(last, day) : day;
    }
    double at(const QDate& day) const
    {
        const auto length = static_cast<double>(first.daysTo(last));
        return length == 0 ? 0 : static_cast<double>(first.daysTo(day)) / length;
    }
};

ScaleRow line(
    const QString& id, const QString& rater, const Area& area, std::vector<Mark> marks, const Span& span)
{
    std::ranges::sort(marks, {}, &Mark::day);
    ScaleRow row{
        .area = id + QLatin1Char('/') + rater,
        .label = area.title.isEmpty() ? id.toUpper() : id.toUpper() + QLatin1Char(' ') + area.title,
        .last = marks.back().value,
        .planned = area.planned,
        .points = {}};
    // Who rated is worth a word only where there is more than one to tell apart.
    if (area.byRater.size() > 1)
        row.label += QStringLiteral(" · ") + rater;
    for (const Mark& mark : marks)
        row.points.push_back(QPointF(span.at(mark.day), mark.value));
    return row;
}

QStringList monthsOf(const Span& span)
{
    QStringList months;
    const int count = std::min(kMonthsShownMax, monthIndex(span.last) - monthIndex(span.first) + 1);
    const qint64 days = span.first.daysTo(span.last);
    int year = 0;
    for (int i = 0; i < count; ++i) {
        const QDate day = span.first.addDays(count == 1 ? 0 : days * i / (count - 1));
        months.push_back(wording::month(day, day.year() != year));
        year = day.year();
    }
    return months;
}

}  // namespace

ScaleChart scaleChart(const std::vector<service::RecordView>& records, const domain::SchemaSet& schemas)
{
    const std::map<QString, Area> areas = areasOf(records, schemas);
    Span span;
    for (const auto& [id, area] : areas) {
        for (const auto& [rater, marks] : area.byRater) {
            for (const Mark& mark : marks)
                span.cover(mark.day);
        }
    }
    ScaleChart chart;
    if (!span.first.isValid())
        return chart;
    for (const auto& [id, area] : areas) {
        for (const auto& [rater, marks] : area.byRater)
            chart.lines.push_back(line(id, rater, area, marks, span));
    }
    chart.months = monthsOf(span);
    return chart;
}

}  // namespace teren
