// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/domain/schema.h"
#include "app/service/values.h"
#include "crypto/base/clock.h"

#include <QDate>
#include <QDateTime>
#include <QString>

#include <optional>
#include <string>

/// How moments and names of stages are put into words, in the language of the program.
namespace teren::wording {

inline QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

QDateTime local(Instant moment);
/// "2026-11-22" as a date; invalid if it is none.
QDate date(const std::string& iso);

/// "9:40" of today, "yesterday 15:12", "2 IV 9:40", "2 IV 2025".
QString moment(Instant moment, Instant now);
/// "14 IV" in Polish, "14 Apr" in English; with the year if it is another one than `now`'s.
QString shortDate(const QDate& day, Instant now);
/// "IV" in Polish, "Apr" in English; with the year if `withYear`.
QString month(const QDate& day, bool withYear);
/// "Tuesday 14 April".
QString longDate(const QDate& day);
/// "today", "in 3 days", "4 days overdue".
QString dueIn(const QDate& due, Instant now);
/// "just now", "12 min", "3 h", "2 days": how old something is.
QString age(Instant since, Instant now);

/// In the language of the program; the other one where it is missing.
/// "3,7 MB", as shops and other programs count: a thousand to the next unit.
QString fileSize(std::uint64_t bytes);
QString label(const domain::LocalText& label);
QString stage(const std::string& id);
QString model(service::Model model);
/// "You", or who it was; "someone not known here yet" without a name.
QString author(const service::Authorship& by);

}  // namespace teren::wording
