// SPDX-License-Identifier: EUPL-1.2
#pragma once

namespace teren {

/// Opens /dev/null in the place of each standard stream that the program was started without. Otherwise the
/// first files it opens, its vault or its store, would take those places, and what it prints would be written
/// into them. To be called before anything else in `main`.
void keepStandardStreams();

}  // namespace teren
