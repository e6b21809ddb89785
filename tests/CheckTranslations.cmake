# SPDX-License-Identifier: EUPL-1.2
cmake_minimum_required(VERSION 3.25)

# Every text of the windows has words in Polish, and every number in English its plurals. The CTest
# `gate/translations`:
#
#   cmake -DSOURCE_DIR=<tree> -P CheckTranslations.cmake
#
# lupdate reads the sources into copies of the translators' files: what it finds there without words was forgotten.
find_program(lupdate NAMES lupdate PATHS /usr/lib/qt6/bin NO_DEFAULT_PATH)
if(NOT lupdate)
  message(FATAL_ERROR "lupdate is missing: run packaging/setup test")
endif()
if(NOT EXISTS "${SOURCE_DIR}/qml")
  message(FATAL_ERROR "no qml under '${SOURCE_DIR}': nothing was checked")
endif()
execute_process(COMMAND mktemp -d OUTPUT_VARIABLE work OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
set(folders "")
foreach(folder app/viewmodel qml)
  if(EXISTS "${SOURCE_DIR}/${folder}")
    list(APPEND folders ${folder})
  endif()
endforeach()

set(missing 0)
foreach(language pl en)
  set(copy "${work}/teren_${language}.ts")
  if(EXISTS "${SOURCE_DIR}/qml/i18n/teren_${language}.ts")
    file(COPY "${SOURCE_DIR}/qml/i18n/teren_${language}.ts" DESTINATION "${work}")
  endif()
  set(only "-no-obsolete")
  if(language STREQUAL "en")
    set(only "-pluralonly")
  endif()
  execute_process(
    COMMAND "${lupdate}" -silent -I . -locations none -target-language ${language} ${only} ${folders} -ts "${copy}"
    WORKING_DIRECTORY "${SOURCE_DIR}" RESULT_VARIABLE failed OUTPUT_QUIET ERROR_VARIABLE report)
  if(failed)
    message(FATAL_ERROR "lupdate failed: ${report}")
  endif()
  file(READ "${copy}" texts)
  # Lists and CMake's own characters would part the texts.
  string(REGEX REPLACE "[][;]" "" texts "${texts}")
  string(REGEX MATCHALL "<source>[^<]*</source>[^<]*(<comment>[^<]*</comment>[^<]*)?<translation type=.unfinished."
    found "${texts}")
  foreach(one IN LISTS found)
    string(REGEX REPLACE "^<source>([^<]*)<.*$" "\\1" text "${one}")
    message("no words in '${language}' for: ${text}")
    math(EXPR missing "${missing} + 1")
  endforeach()
endforeach()
file(REMOVE_RECURSE "${work}")
if(missing GREATER 0)
  message(FATAL_ERROR "${missing} text(s) without words: qml/CMakeLists.txt says how to add them")
endif()
message(STATUS "every text has words")
