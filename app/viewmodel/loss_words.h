// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/left_out.h"
#include "app/viewmodel/trouble.h"

#include <vector>

/// What a person is told of attachments that are lost: how many, which, and what to do.
namespace teren::wording {

/// A backup was made of a profile that has not all of its attachments.
Trouble backedUpWithout(const std::vector<service::LostAttachment>& lost);
/// A backup was checked that has not all of its attachments, and is whole otherwise. @param opened  If not,
/// what is known are files, of which an attachment may have two.
Trouble backupWithout(const std::vector<service::LostAttachment>& lost, bool opened);
/// A profile was brought back without them.
Trouble restoredWithout(const std::vector<service::LostAttachment>& lost);

}  // namespace teren::wording
