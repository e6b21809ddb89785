// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/core.h"
#include "app/store/notice_text.h"

#include <string>
#include <vector>

namespace teren::store {

/// What a person should know and nobody showed them. Each is told until it is dismissed.
class Notices {
public:
    explicit Notices(Core& core) : core_(core) {}

    /// The same words again change nothing, even dismissed ones, so they say which one is meant. Others can
    /// cause some of them, so there is room for some hundreds: seen ones go first, then what there is most
    /// of.
    /// @param parts  What the stars of the kind's sentence stand for, devices and spaces by their
    /// identifiers.
    Status tell(NoticeKind kind, const std::vector<std::string>& parts);
    /// Oldest first.
    Result<std::vector<Notice>> open();
    /// @param upTo  The `id` of the newest that was seen.
    Status dismiss(std::int64_t upTo);

private:
    Result<std::int64_t> surplusOne();

    Core& core_;
};

}  // namespace teren::store
