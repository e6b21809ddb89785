// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/domain/schema_files.h"

namespace teren::domain {

/// Those of app/domain/wordings, in the order of app/CMakeLists.txt. The definition is written by the build.
std::span<const SchemaFile> wordingFiles();

}  // namespace teren::domain
