# SPDX-License-Identifier: EUPL-1.2
# The rules of the tree as CTests. The quick ones run with every test run; those with the configuration `Gate`
# cost minutes and run by `ctest --preset gates`, which .ci/run calls.

if(TEREN_SANITIZE)
  return()  # The rules are about the sources, and one build has checked them.
endif()

function(teren_add_gate name)
  add_test(NAME ${name} ${ARGN} WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}")
  set_tests_properties(${name} PROPERTIES LABELS gate TIMEOUT 1500)
endfunction()

set(check "${CMAKE_COMMAND}" "-DSOURCE_DIR=${PROJECT_SOURCE_DIR}")
teren_add_gate(architecture/includes COMMAND ${check} -P "${CMAKE_CURRENT_LIST_DIR}/CheckIncludes.cmake")
teren_add_gate(gate/spdx COMMAND ${check} -P "${CMAKE_CURRENT_LIST_DIR}/CheckSpdx.cmake")
teren_add_gate(gate/tests COMMAND ${check} -P "${CMAKE_CURRENT_LIST_DIR}/CheckTests.cmake")
teren_add_gate(gate/format COMMAND ${check} -P "${CMAKE_CURRENT_LIST_DIR}/CheckFormat.cmake")
teren_add_gate(gate/translations COMMAND ${check} -P "${CMAKE_CURRENT_LIST_DIR}/CheckTranslations.cmake")
teren_add_gate(gate/planted
  COMMAND ${check} "-DWORK_DIR=${CMAKE_CURRENT_BINARY_DIR}/planted" -P "${CMAKE_CURRENT_LIST_DIR}/CheckGates.cmake")
teren_add_gate(gate/scripts
  COMMAND shellcheck -x .ci/run packaging/bench packaging/run packaging/sample_office packaging/setup packaging/sim packaging/story
    packaging/test packaging/lib/office.bash packaging/lib/store_peers packaging/lib/sync_peers)

# What the server must never be able to do, it cannot even link: open contents, merge them, know their model.
if(TARGET teren-server)
  teren_forbid_link(teren-server
    teren_seal teren_page teren_segment teren_merge teren_engine teren_domain teren_store teren_service)
endif()

# Qt and Asio files are left out: half a minute each, nearly all of it spent in headers that are not ours.
teren_add_gate(gate/tidy CONFIGURATIONS Gate
  COMMAND run-clang-tidy-19 -quiet -j 2 -p "${PROJECT_BINARY_DIR}"
    "^${PROJECT_SOURCE_DIR}/(crypto|sync/(sql|merge|ledger|wire|segment|engine)|app/(domain|picture|store|service|cli))/.*[.]cpp$")
if(TARGET all_qmllint)
  teren_add_gate(gate/qmllint CONFIGURATIONS Gate
    COMMAND "${CMAKE_COMMAND}" --build "${PROJECT_BINARY_DIR}" --target all_qmllint)
endif()
