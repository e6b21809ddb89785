// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QString>

#include <string>

namespace teren::wording {

/// A notice in the language of the program. Notices are kept as English sentences; those that the store and
/// the service are known to write have words here, without the numbers that only tell one from another. Any
/// other is shown as it is.
QString notice(const std::string& english);

}  // namespace teren::wording
