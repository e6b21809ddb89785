# SPDX-License-Identifier: EUPL-1.2
cmake_minimum_required(VERSION 3.25)

# Layout is not discussed in review: it is run. The CTest `gate/format`:
#
#   cmake -DSOURCE_DIR=<tree> -P CheckFormat.cmake          check
#   cmake -DSOURCE_DIR=<tree> -DFIX=ON -P CheckFormat.cmake rewrite
find_program(clang_format NAMES clang-format-19)
find_program(qmlformat NAMES qmlformat PATHS /usr/lib/qt6/bin NO_DEFAULT_PATH)
if(NOT clang_format OR NOT qmlformat)
  message(FATAL_ERROR "clang-format-19 or qmlformat is missing: run packaging/setup test")
endif()

set(cpp_files "")
set(qml_files "")
foreach(top crypto sync app qml tests)
  file(GLOB_RECURSE found RELATIVE "${SOURCE_DIR}" "${SOURCE_DIR}/${top}/*.h" "${SOURCE_DIR}/${top}/*.cpp")
  list(APPEND cpp_files ${found})
  file(GLOB_RECURSE found RELATIVE "${SOURCE_DIR}" "${SOURCE_DIR}/${top}/*.qml")
  list(APPEND qml_files ${found})
endforeach()
set(files ${cpp_files} ${qml_files})
list(LENGTH files count)
if(count EQUAL 0)
  message(FATAL_ERROR "no sources under '${SOURCE_DIR}': nothing was checked")
endif()

set(ill "")
if(cpp_files)
  set(how --dry-run -Werror)
  if(FIX)
    set(how -i)
  endif()
  execute_process(
    COMMAND "${clang_format}" --style=file ${how} ${cpp_files}
    WORKING_DIRECTORY "${SOURCE_DIR}" RESULT_VARIABLE failed ERROR_VARIABLE report)
  if(failed)
    string(REGEX MATCHALL "[^\n:]+:[0-9]+:[0-9]+: error" ill "${report}")
    list(TRANSFORM ill REPLACE ":.*$" "")
    list(REMOVE_DUPLICATES ill)
  endif()
endif()

# qmlformat has no dry run: what it writes is compared.
foreach(file IN LISTS qml_files)
  set(how "")
  if(FIX)
    set(how -i)
  endif()
  execute_process(
    COMMAND "${qmlformat}" ${how} "${file}"
    WORKING_DIRECTORY "${SOURCE_DIR}" RESULT_VARIABLE failed OUTPUT_VARIABLE formatted ERROR_QUIET)
  file(READ "${SOURCE_DIR}/${file}" text)
  if(failed OR (NOT FIX AND NOT formatted STREQUAL text))
    list(APPEND ill "${file}")
  endif()
endforeach()

if(ill)
  list(JOIN ill "\n" ill)
  message("${ill}")
  message(FATAL_ERROR "not formatted; to fix: cmake -DSOURCE_DIR=. -DFIX=ON -P tests/CheckFormat.cmake")
endif()
message(STATUS "${count} files are formatted")
