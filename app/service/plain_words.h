// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/values.h"
#include "app/store/workspace_store.h"
#include "crypto/base/id.h"

#include <functional>
#include <string>
#include <string_view>

namespace teren::service {

/// What identifiers are to people.
struct Naming {
    std::function<NoticePart(const DeviceId&)> device;
    std::function<NoticePart(const SpaceId&)> space;
};

/// A notice of the store for a person: identifiers of devices and cases give way to names, and numbers that
/// only tell one notice from another go.
std::string inPlainWords(std::string_view notice, const Naming& naming);

/// A notice of the store with what it names, for those who say it in another language, and in plain English.
Notice namedNotice(const store::Notice& told, const Naming& naming);

/// What tells of something that an opening found wrong with the files of the profile.
std::string noticeOfFinding(const std::string& finding);

}  // namespace teren::service
