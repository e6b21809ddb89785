# SPDX-License-Identifier: EUPL-1.2
# Run by cmake -P: writes OUTPUT, a .cpp that defines teren::domain::schemaFiles() from the files in INPUTS
# (joined by '|', since a list does not survive a command line).

string(REPLACE "|" ";" inputs "${INPUTS}")
set(entries "")
foreach(input IN LISTS inputs)
  get_filename_component(name "${input}" NAME)
  file(READ "${input}" text)
  # A bracket would end the raw string only together with this delimiter, which no schema contains.
  string(APPEND entries "    {\"${name}\", R\"__json__(${text})__json__\"},\n")
endforeach()
file(WRITE "${OUTPUT}.new" "// Written by EmbedText.cmake. Do not edit.
#include \"app/domain/schema_files.h\"

namespace teren::domain {
namespace {

constexpr SchemaFile kFiles[] = {
${entries}};

}  // namespace

std::span<const SchemaFile> schemaFiles()
{
    return kFiles;
}

}  // namespace teren::domain
")
file(RENAME "${OUTPUT}.new" "${OUTPUT}")
