// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/values.h"

#include <QString>

namespace teren::wording {

/// A notice in the language of the program, without the numbers that only tell one from another. What another
/// version of the program wrote is shown in English, as it stands.
QString notice(const service::Notice& told);

}  // namespace teren::wording
