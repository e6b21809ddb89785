# SPDX-License-Identifier: EUPL-1.2
cmake_minimum_required(VERSION 3.25)

# A gate that cannot fail guards nothing: each one is run on small trees with a fault planted in them, and must
# name it, and on the same tree without the fault, and must pass. The CTest `gate/planted`:
#
#   cmake -DSOURCE_DIR=<tree> -DWORK_DIR=<scratch> -P CheckGates.cmake
set(licence "// SPDX-License-Identifier: EUPL-1.2\n")
set(sound "${licence}#include \"crypto/base/bytes.h\"\n\n#include <vector>\n")

# expect(<gate> <file> <text> <pattern>): the gate, run on a tree that holds `file` with `text`, writes `pattern`.
# An empty pattern means that the gate passes.
function(expect gate file text pattern)
  file(REMOVE_RECURSE "${WORK_DIR}")
  file(WRITE "${WORK_DIR}/crypto/base/bytes.h" "${licence}#pragma once\n")
  file(WRITE "${WORK_DIR}/tests/CMakeLists.txt"
    "# ${licence}teren_add_test(wire SOURCES unit/frame_test.cpp) # unit/hub_test.cpp\n")
  file(WRITE "${WORK_DIR}/${file}" "${text}")
  configure_file("${SOURCE_DIR}/.clang-format" "${WORK_DIR}/.clang-format" COPYONLY)
  configure_file("${SOURCE_DIR}/.qmlformat.ini" "${WORK_DIR}/.qmlformat.ini" COPYONLY)
  execute_process(
    COMMAND "${CMAKE_COMMAND}" "-DSOURCE_DIR=${WORK_DIR}" -P "${SOURCE_DIR}/tests/${gate}.cmake"
    RESULT_VARIABLE failed OUTPUT_VARIABLE output ERROR_VARIABLE report)
  if(pattern STREQUAL "" AND failed)
    message(SEND_ERROR "${gate} refuses ${file}, in which nothing is wrong:\n${report}")
  elseif(NOT pattern STREQUAL "" AND (NOT failed OR NOT report MATCHES "${pattern}"))
    message(SEND_ERROR "${gate} does not say '${pattern}' of ${file}:\n${output}${report}")
  endif()
endfunction()

expect(CheckIncludes sync/wire/frame.cpp "${sound}" "")
expect(CheckIncludes sync/server/hub.cpp "${sound}#include \"crypto/aead.h\"\n"
  "sync/server/hub.cpp: sync/server may not include \"crypto/aead.h\"")
expect(CheckIncludes sync/server/hub.cpp "${sound}#include \"sync/engine/client.h\"\n"
  "sync/server may not include \"sync/engine/client.h\"")
expect(CheckIncludes sync/merge/text.cpp "${sound}#include \"app/domain/schema.h\"\n"
  "sync/merge may not include \"app/domain/schema.h\"")
expect(CheckIncludes app/viewmodel/list.h "${sound}#include <sqlite3.h>\n"
  "app/viewmodel may not include <sqlite3.h>")
expect(CheckIncludes app/service/cases.h "${sound}#include <QString>\n" "app/service may not include <QString>")
expect(CheckIncludes app/viewmodel/list.h "${sound}#include <QString>\n#include \"list.moc\"\n" "")
expect(CheckIncludes sync/wire/frame.cpp "${sound}#  include \"bytes.h\"\n" "may not include \"bytes.h\"")
expect(CheckIncludes sync/wire/frame.cpp "${sound}#include <boost/asio.hpp>\n" "may not include <boost/asio.hpp>")
expect(CheckIncludes app/store/unix/lock.cpp "${sound}#include <fcntl.h>\n" "app/store may not include <fcntl.h>")
expect(CheckIncludes sync/courier/usb.cpp "${sound}" "no row")

expect(CheckSpdx crypto/seal.cpp "${sound}" "")
expect(CheckSpdx crypto/seal.cpp "#include <vector>\n" "crypto/seal.cpp: no line")
expect(CheckSpdx packaging/tool "#!/bin/sh\ntrue\n" "packaging/tool: no line")
expect(CheckSpdx packaging/tool.xyz "${licence}" "does not know")

expect(CheckTests tests/unit/frame_test.cpp "${sound}" "")
expect(CheckTests tests/unit/hub_test.cpp "${sound}" "tests/unit/hub_test.cpp: tests/CMakeLists.txt does not name it")
expect(CheckTests tests/frame_test.cpp "${sound}" "tests/frame_test.cpp: tests/CMakeLists.txt does not name it")
expect(CheckTests tests/unit/frame.cpp "${sound}" "no tests")

expect(CheckTranslations qml/Page.qml "${licence}import QtQuick\n\nText {\n    text: \"42\"\n}\n" "")
expect(CheckTranslations qml/Page.qml "${licence}import QtQuick\n\nText {\n    text: qsTr(\"New [text]; here\")\n}\n"
  "no words in 'pl' for: New text here")
expect(CheckTranslations app/viewmodel/page.cpp "${licence}" "no qml")

expect(CheckFormat crypto/seal.cpp "${licence}int seal(int value)\n{\n    return value;\n}\n" "")
expect(CheckFormat crypto/seal.cpp "${licence}int  seal( int value ) {return value;}\n" "crypto/seal.cpp")
expect(CheckFormat qml/Page.qml "${licence}import QtQuick\n\nItem {\n    width: 3; height: 4 // \\; [a]\n}\n"
  "qml/Page.qml")
expect(CheckFormat qml/Page.qml
  "${licence}import QtQuick\n\nItem {\n    width: 3 // why; [not]\n    height: [1, 2][0]\n}\n" "")

# expect_link(<uses> <pattern>): a program that links <uses> and must not link teren_seal configures to <pattern>.
function(expect_link uses pattern)
  file(REMOVE_RECURSE "${WORK_DIR}")
  file(WRITE "${WORK_DIR}/CMakeLists.txt" "
    cmake_minimum_required(VERSION 3.25)
    project(Planted LANGUAGES NONE)
    include(${SOURCE_DIR}/packaging/cmake/TerenTargets.cmake)
    foreach(name seal store wire)
      add_library(teren_\${name} INTERFACE)
      add_library(teren::\${name} ALIAS teren_\${name})
    endforeach()
    target_link_libraries(teren_store INTERFACE teren::wire $<LINK_ONLY:teren::seal>)
    file(TOUCH main.cpp)
    add_executable(program main.cpp)
    target_link_libraries(program PRIVATE ${uses})
    teren_forbid_link(program teren_seal)
    message(STATUS \"nothing forbidden\")
  ")
  execute_process(
    COMMAND "${CMAKE_COMMAND}" -G Ninja -S "${WORK_DIR}" -B "${WORK_DIR}/build"
    OUTPUT_VARIABLE output ERROR_VARIABLE report)
  if(NOT "${output}${report}" MATCHES "${pattern}")
    message(SEND_ERROR "teren_forbid_link does not say '${pattern}' of a program that uses ${uses}:\n${report}")
  endif()
endfunction()

expect_link(teren::wire "nothing forbidden")
expect_link(teren::seal "program must not link teren_seal")
expect_link(teren::store "program must not link teren_seal")
file(REMOVE_RECURSE "${WORK_DIR}")
