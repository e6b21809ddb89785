# SPDX-License-Identifier: EUPL-1.2
# Run by cmake -P: writes OUTPUT, a .cpp that defines the function that HEADER declares,
#
#   std::span<const TYPE> teren::domain::FUNCTION();
#
# with the name and the text of each file in INPUTS (joined by '|', since a list does not survive a command line).

string(REPLACE "|" ";" inputs "${INPUTS}")
set(entries "")
foreach(input IN LISTS inputs)
  get_filename_component(name "${input}" NAME)
  file(READ "${input}" text)
  # A bracket would end the raw string only together with this delimiter, which no such file contains.
  string(APPEND entries "    {\"${name}\", R\"__json__(${text})__json__\"},\n")
endforeach()
file(WRITE "${OUTPUT}.new" "// Written by EmbedText.cmake. Do not edit.
#include \"${HEADER}\"

namespace teren::domain {
namespace {

constexpr ${TYPE} kFiles[] = {
${entries}};

}  // namespace

std::span<const ${TYPE}> ${FUNCTION}()
{
    return kFiles;
}

}  // namespace teren::domain
")
file(RENAME "${OUTPUT}.new" "${OUTPUT}")
