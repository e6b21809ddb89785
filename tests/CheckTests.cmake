# SPDX-License-Identifier: EUPL-1.2
cmake_minimum_required(VERSION 3.25)

# A test that no program compiles cannot fail: every tests/**/*_test.cpp is named in tests/CMakeLists.txt, outside
# its comments. The CTest `gate/tests`:
#
#   cmake -DSOURCE_DIR=<tree> -P CheckTests.cmake
file(READ "${SOURCE_DIR}/tests/CMakeLists.txt" named)
string(REGEX REPLACE "#[^\n]*" "" named "${named}")
string(REGEX REPLACE "[() \t\r\n]+" ";" named "${named}")

file(GLOB_RECURSE files RELATIVE "${SOURCE_DIR}/tests" "${SOURCE_DIR}/tests/*_test.cpp")
list(LENGTH files count)
if(count EQUAL 0)
  message(FATAL_ERROR "no tests under '${SOURCE_DIR}/tests': nothing was checked")
endif()
set(violations 0)
foreach(file IN LISTS files)
  if(NOT file IN_LIST named)
    message("tests/${file}: tests/CMakeLists.txt does not name it, so nothing compiles it")
    math(EXPR violations "${violations} + 1")
  endif()
endforeach()
if(violations GREATER 0)
  message(FATAL_ERROR "${violations} of ${count} tests are compiled by nothing")
endif()
message(STATUS "${count} tests are named")
