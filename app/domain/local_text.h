// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

namespace teren::domain {

/// What people read, in the two languages of the program.
struct LocalText {
    std::string pl;
    std::string en;
};

}  // namespace teren::domain
