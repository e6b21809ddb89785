// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/office.h"

#include <functional>
#include <memory>

namespace teren::service {

/// One session with the server, from connecting to "nothing more to exchange"; blocks meanwhile.
/// @return `Unreachable`; `Refused` (not admitted, removed); `Forged` if the server went back, forked or is not the
///         one of the workspace. Whatever was exchanged before stays; nothing is lost either way.
Result<SyncReport> syncOnce(Office& office);

/// Stays in contact: sessions, retries with backoff, reports each finished session, until `stop` says so.
/// @param reported  Called after each session, with its report or why it failed.
/// @param stop      Asked at least once a second.
Status syncContinuously(
    Office& office, const std::function<void(const Result<SyncReport>&)>& reported, const std::function<bool()>& stop);

}  // namespace teren::service
