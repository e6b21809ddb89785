# SPDX-License-Identifier: EUPL-1.2
cmake_minimum_required(VERSION 3.25)

# Layout is not discussed in review: it is run. The CTest `gate/format`:
#
#   cmake -DSOURCE_DIR=<tree> -P CheckFormat.cmake          check
#   cmake -DSOURCE_DIR=<tree> -DFIX=ON -P CheckFormat.cmake rewrite
find_program(clang_format NAMES clang-format-19)
if(NOT clang_format)
  message(FATAL_ERROR "clang-format-19 is missing: run packaging/setup test")
endif()

set(files "")
foreach(top crypto sync app tests)
  file(GLOB_RECURSE found RELATIVE "${SOURCE_DIR}" "${SOURCE_DIR}/${top}/*.h" "${SOURCE_DIR}/${top}/*.cpp")
  list(APPEND files ${found})
endforeach()
list(LENGTH files count)
if(count EQUAL 0)
  message(FATAL_ERROR "no sources under '${SOURCE_DIR}': nothing was checked")
endif()

set(how --dry-run -Werror)
if(FIX)
  set(how -i)
endif()
execute_process(
  COMMAND "${clang_format}" --style=file ${how} ${files}
  WORKING_DIRECTORY "${SOURCE_DIR}"
  RESULT_VARIABLE failed
  ERROR_VARIABLE report)
if(failed)
  # One line a file: the layout itself is what `-DFIX=ON` writes.
  string(REGEX MATCHALL "[^\n:]+:[0-9]+:[0-9]+: error" places "${report}")
  list(TRANSFORM places REPLACE ":.*$" "")
  list(REMOVE_DUPLICATES places)
  list(JOIN places "\n" places)
  message("${places}")
  message(FATAL_ERROR "not formatted; to fix: cmake -DSOURCE_DIR=. -DFIX=ON -P tests/CheckFormat.cmake")
endif()
message(STATUS "${count} files are formatted")
