// SPDX-License-Identifier: EUPL-1.2
#include "app/service/server_state.h"

#include <array>
#include <charconv>

namespace teren::service {
namespace {

constexpr const char* kStateKey = "sync.server";
constexpr const char* kNextKey = "sync.next";
/// When, in milliseconds, a blank, why.
constexpr const char* kRefusalKey = "sync.refusal";

constexpr std::array<std::pair<ServerState, std::string_view>, 6> kStates{{
    {ServerState::Unknown, "unknown"},
    {ServerState::Ok, "ok"},
    {ServerState::Unreachable, "unreachable"},
    {ServerState::WentBack, "went-back"},
    {ServerState::Forked, "forked"},
    {ServerState::Refused, "refused"},
}};

std::optional<Instant> instantIn(std::string_view text)
{
    std::int64_t milliseconds = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), milliseconds).ec != std::errc())
        return std::nullopt;
    return Instant(std::chrono::milliseconds(milliseconds));
}

}  // namespace

std::string_view identifierOf(ServerState state)
{
    for (const auto& [known, name] : kStates)
        if (known == state)
            return name;
    return "unknown";
}

Status writeServerState(
    store::KeyValue& settings, ServerState state, const std::optional<Instant>& nextAttempt)
{
    TEREN_CHECK(settings.put(kStateKey, viewOf(identifierOf(state))));
    if (!nextAttempt)
        return settings.drop(kNextKey);
    return settings.put(kNextKey, viewOf(std::to_string(nextAttempt->time_since_epoch().count())));
}

Status writeServerRefusal(store::KeyValue& settings, const std::optional<ServerRefusal>& refusal)
{
    if (!refusal)
        return settings.drop(kRefusalKey);
    return settings.put(
        kRefusalKey, viewOf(std::to_string(refusal->at.time_since_epoch().count()) + " " + refusal->why));
}

Result<std::optional<ServerRefusal>> readServerRefusal(store::KeyValue& settings)
{
    TEREN_TRY(const std::optional<Bytes> kept, settings.get(kRefusalKey));
    const std::string_view text = kept ? textOf(*kept) : std::string_view();
    const std::size_t blank = text.find(' ');
    if (blank == std::string_view::npos)
        return std::optional<ServerRefusal>();
    return std::optional(
        ServerRefusal{std::string(text.substr(blank + 1)), instantIn(text).value_or(Instant())});
}

Status readServerState(store::KeyValue& settings, SyncStatus& status)
{
    TEREN_TRY(const std::optional<Bytes> state, settings.get(kStateKey));
    for (const auto& [known, name] : kStates)
        if (state && textOf(*state) == name)
            status.server = known;
    TEREN_TRY(status.serverRefusal, readServerRefusal(settings));
    TEREN_TRY(const std::optional<Bytes> next, settings.get(kNextKey));
    if (!next)
        return {};
    status.nextAttempt = instantIn(textOf(*next));
    return {};
}

}  // namespace teren::service
