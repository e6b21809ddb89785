// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/sync_service.h"

#include <string>

namespace teren::cli {

/// How far a sync has come, as one line: what goes, what comes, and how long it still takes.
std::string lineFor(const service::SyncProgress& progress);

/// One session. Where standard error is a terminal, or `always`, it tells there how far it is. An interrupt
/// (Ctrl-C) ends it in order.
/// @return `Unreachable` if it was stopped before all was exchanged, with what is left of it.
Result<service::SyncReport> syncTelling(service::Office& office, bool always);

}  // namespace teren::cli
