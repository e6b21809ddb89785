# SPDX-License-Identifier: EUPL-1.2
cmake_minimum_required(VERSION 3.25)

# Every file that can carry a comment names its licence in its first three lines. The CTest `gate/spdx`:
#
#   cmake -DSOURCE_DIR=<tree> -P CheckSpdx.cmake
#
# A file that cannot (JSON, pictures, golden bytes, what lupdate rewrites) is named below by its ending; a kind
# that is named nowhere fails, so that it is decided once.
set(licence_line "SPDX-License-Identifier: EUPL-1.2")
set(with_comment "[.](cpp|h|qml|m?js|cmake|proto|md|py|sh|bash|yml|service|ini|desktop|batch|supp|xml|frag|vert)$|(^|/)(CMakeLists[.]txt|[.]clang-(format|tidy)|[.]editorconfig|[.]gitignore|qmldir)$")
set(without_comment "[.](json|ts|png|svg|ttf|otf|txt|hex|bin)$|(^|/)LICENSE$|^tests/(vectors|fuzz)/")

set(files "")
foreach(top app crypto packaging qml sync tests .ci)
  file(GLOB_RECURSE found RELATIVE "${SOURCE_DIR}" "${SOURCE_DIR}/${top}/*")
  list(APPEND files ${found})
endforeach()
file(GLOB found LIST_DIRECTORIES FALSE RELATIVE "${SOURCE_DIR}" "${SOURCE_DIR}/*")
list(APPEND files ${found})
list(FILTER files EXCLUDE REGEX "[.](swp|orig)$|(^|/)__pycache__/|^[.]git$|~$")
list(LENGTH files count)
if(count EQUAL 0)
  message(FATAL_ERROR "no files under '${SOURCE_DIR}': nothing was checked")
endif()

set(violations 0)
foreach(file IN LISTS files)
  file(STRINGS "${SOURCE_DIR}/${file}" head LIMIT_COUNT 3 LIMIT_INPUT 400)
  if(file MATCHES "${with_comment}" OR head MATCHES "^#!")
    if(NOT head MATCHES "${licence_line}")
      message("${file}: no line '${licence_line}' at the top")
      math(EXPR violations "${violations} + 1")
    endif()
  elseif(NOT file MATCHES "${without_comment}")
    message("${file}: a kind of file that tests/CheckSpdx.cmake does not know")
    math(EXPR violations "${violations} + 1")
  endif()
endforeach()
if(violations GREATER 0)
  message(FATAL_ERROR "${violations} of ${count} files do not name their licence")
endif()
message(STATUS "${count} files name their licence or cannot")
