// SPDX-License-Identifier: EUPL-1.2
#pragma once

namespace teren {

/// Keeps what the program holds in memory, and the files it makes, from others: no core dump is written when
/// it crashes, no other program of the same user may look into it (Linux: not dumpable, prctl(2)), and nobody
/// else may read a file that it makes (umask 0077). To be called before anything else in `main`, and before
/// any thread.
void keepProcessPrivate();

}  // namespace teren
