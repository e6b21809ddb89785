// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QString>

namespace teren {

/// Prints a recovery code on a sheet of paper, on the default printer. The print job is called "Teren" and
/// nothing else; no file of ours is written, but a printer's queue may keep the page for a while.
/// @return false if there is no printer, or it did not take the job.
bool printRecoverySheet(const QString& code);

}  // namespace teren
