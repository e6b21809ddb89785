// SPDX-License-Identifier: EUPL-1.2
#include "crypto/base/iso_time.h"

namespace teren {
namespace {

std::string padded(std::int64_t number, std::size_t width)
{
    std::string digits = std::to_string(number);
    if (digits.size() < width)
        digits.insert(0, width - digits.size(), '0');
    return digits;
}

}  // namespace

std::string isoUtc(Instant instant)
{
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(instant - day);
    return padded(static_cast<int>(date.year()), 4) + "-" + padded(static_cast<unsigned>(date.month()), 2)
        + "-" + padded(static_cast<unsigned>(date.day()), 2) + "T" + padded(time.hours().count(), 2) + ":"
        + padded(time.minutes().count(), 2) + ":" + padded(time.seconds().count(), 2) + "."
        + padded(time.subseconds().count(), 3) + "Z";
}

}  // namespace teren
