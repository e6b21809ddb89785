// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/id.h"

#include <functional>
#include <string>
#include <string_view>

namespace teren::service {

/// What identifiers are to people.
struct Naming {
    std::function<std::string(const DeviceId&)> device;  ///< "device AS-1".
    std::function<std::string(const SpaceId&)> space;    ///< "case LIP/1 (Rodzina Próbna)".
};

/// A notice of the store for a person: identifiers of devices and cases give way to names, and numbers that
/// only tell one notice from another go.
std::string inPlainWords(std::string_view notice, const Naming& naming);

/// The notice of something that an opening found wrong with the files of the profile.
std::string noticeOfFinding(const std::string& finding);

}  // namespace teren::service
