// SPDX-License-Identifier: EUPL-1.2
#include "app/store/office_clock.h"

#include "app/store/key_value.h"
#include "app/store/notices.h"
#include "crypto/base/limits.h"

#include <charconv>
#include <string>

namespace teren::store {
namespace {

using std::chrono::milliseconds;

constexpr const char* kKey = "clock.heard";
/// It is written down when it says something else than before, not with every message.
constexpr std::chrono::minutes kSame{1};
constexpr std::chrono::hours kOften{1};

bool isOff(milliseconds lead)
{
    return std::chrono::abs(lead) > limits::kClockOffTold;
}

std::string counted(std::int64_t count, const char* unit)
{
    return std::to_string(count) + " " + unit + (count == 1 ? "" : "s");
}

/// In the largest unit that there is at least two of.
std::string inWords(milliseconds span)
{
    if (span >= std::chrono::days(2))
        return counted(std::chrono::round<std::chrono::days>(span).count(), "day");
    if (span >= std::chrono::hours(2))
        return counted(std::chrono::round<std::chrono::hours>(span).count(), "hour");
    return counted(std::chrono::round<std::chrono::minutes>(span).count(), "minute");
}

Instant instantIn(std::string_view text)
{
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return Instant(milliseconds(number));
}

}  // namespace

Status OfficeClock::load()
{
    TEREN_TRY(KeyValue values, KeyValue::open(core_.db));
    TEREN_TRY(const std::optional<Bytes> kept, values.get(kKey));
    core_.own.heard.reset();
    const std::string_view text = kept ? textOf(*kept) : std::string_view();
    const std::size_t space = text.find(' ');
    if (space == std::string_view::npos)
        return {};
    core_.own.heard = HeardTime{instantIn(text.substr(0, space)), instantIn(text.substr(space + 1))};
    core_.stamps->heard(core_.own.heard->office);
    return {};
}

Status OfficeClock::hear(HeardTime heard)
{
    const milliseconds lead = heard.here - heard.office;
    core_.stamps->heard(heard.office);
    if (const auto& before = core_.own.heard) {
        const bool isSame = std::chrono::abs(lead - (before->here - before->office)) < kSame;
        if (isSame && std::chrono::abs(heard.office - before->office) < kOften)
            return {};
    }
    return core_.transact([&]() -> Status {
        const bool wasOff = core_.own.heard && isOff(core_.own.heard->here - core_.own.heard->office);
        core_.own.heard = heard;
        TEREN_TRY(KeyValue values, KeyValue::open(core_.db));
        const std::string text = std::to_string(heard.office.time_since_epoch().count()) + " "
            + std::to_string(heard.here.time_since_epoch().count());
        TEREN_CHECK(values.put(kKey, viewOf(text)));
        return isOff(lead) && !wasOff ? tell(lead) : Status();
    });
}

Status OfficeClock::tell(milliseconds lead)
{
    return Notices(core_).tell(
        lead.count() < 0 ? NoticeKind::ClockBehind : NoticeKind::ClockAhead,
        {inWords(std::chrono::abs(lead))});
}

std::optional<milliseconds> OfficeClock::lead() const
{
    const std::optional<HeardTime>& heard = core_.own.heard;
    if (!heard)
        return std::nullopt;
    const Instant now = core_.clock.now();
    if (now >= heard->here - kSame)
        return heard->here - heard->office;
    return std::min(now - heard->office, milliseconds(0));
}

}  // namespace teren::store
