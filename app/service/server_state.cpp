// SPDX-License-Identifier: EUPL-1.2
#include "app/service/server_state.h"

#include <array>
#include <charconv>

namespace teren::service {
namespace {

constexpr const char* kStateKey = "sync.server";
constexpr const char* kNextKey = "sync.next";

constexpr std::array<std::pair<ServerState, std::string_view>, 5> kStates{{
    {ServerState::Unknown, "unknown"},
    {ServerState::Ok, "ok"},
    {ServerState::Unreachable, "unreachable"},
    {ServerState::WentBack, "went-back"},
    {ServerState::Forked, "forked"},
}};

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

Status readServerState(store::KeyValue& settings, SyncStatus& status)
{
    TEREN_TRY(const std::optional<Bytes> state, settings.get(kStateKey));
    for (const auto& [known, name] : kStates)
        if (state && textOf(*state) == name)
            status.server = known;
    TEREN_TRY(const std::optional<Bytes> next, settings.get(kNextKey));
    if (!next)
        return {};
    std::int64_t milliseconds = 0;
    const std::string_view text = textOf(*next);
    if (std::from_chars(text.data(), text.data() + text.size(), milliseconds).ec == std::errc())
        status.nextAttempt = Instant(std::chrono::milliseconds(milliseconds));
    return {};
}

}  // namespace teren::service
