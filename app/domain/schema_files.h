// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <span>
#include <string_view>

namespace teren::domain {

/// A file of app/domain/schemas or app/domain/code_lists as the build found it.
struct SchemaFile {
    std::string_view name;
    std::string_view text;
};

/// In the order of app/CMakeLists.txt. The definition is written by the build.
std::span<const SchemaFile> schemaFiles();
std::span<const SchemaFile> codeListFiles();

}  // namespace teren::domain
