# SPDX-License-Identifier: EUPL-1.2
# What every target of this project has in common. Nothing here is global state.

set(TEREN_WARNINGS
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
  -Wnon-virtual-dtor -Woverloaded-virtual -Wswitch-enum)
if(TEREN_WARNINGS_AS_ERRORS)
  list(APPEND TEREN_WARNINGS -Werror)
endif()

# teren_add_library(<name> SOURCES <file>... [USES <target>...])
#
# A static library `teren_<name>`, known to others as `teren::<name>`. USES is the whole list of what its
# headers or sources may include, and the list is its place in the architecture: see README.md.
function(teren_add_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;USES")
  if(NOT arg_SOURCES OR arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "teren_add_library(${name}): SOURCES is required; unknown: ${arg_UNPARSED_ARGUMENTS}")
  endif()
  add_library(teren_${name} STATIC ${arg_SOURCES})
  add_library(teren::${name} ALIAS teren_${name})
  target_link_libraries(teren_${name} PUBLIC ${arg_USES})
  teren_apply_defaults(teren_${name})
endfunction()

# teren_add_program(<name> SOURCES <file>... [USES <target>...])
function(teren_add_program name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;USES")
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_USES})
  teren_apply_defaults(${name})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
endfunction()

# Language level, warnings and sanitizers, the same for libraries, programs and tests.
function(teren_apply_defaults target)
  target_compile_features(${target} PUBLIC cxx_std_23)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
  target_include_directories(${target} PUBLIC "${PROJECT_SOURCE_DIR}")
  # On our own files only: moc, qmlcachegen and protoc write code that does not pass.
  get_target_property(sources ${target} SOURCES)
  list(FILTER sources INCLUDE REGEX "^[^/].*[.]cpp$")
  set_source_files_properties(${sources} PROPERTIES COMPILE_OPTIONS "${TEREN_WARNINGS}")
  if(TEREN_SANITIZE)
    target_compile_options(${target} PUBLIC
      -fsanitize=${TEREN_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(${target} PUBLIC -fsanitize=${TEREN_SANITIZE})
  endif()
endfunction()

# teren_add_qml_module(<name> URI <uri> [SOURCES <file>...] [QML_FILES <file>...] [RESOURCES <file>...]
#                      [USES <target>...])
#
# The same, and a QML module as well. Its plugin is `teren_<name>plugin`; a program links both and
# names the plugin once with Q_IMPORT_QML_PLUGIN. The resource prefix is the one that is on the
# default import path of every Qt 6, and the output folder is where qmllint looks for the types.
function(teren_add_qml_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "URI" "SOURCES;QML_FILES;RESOURCES;USES")
  qt_add_library(teren_${name} STATIC ${arg_SOURCES})
  add_library(teren::${name} ALIAS teren_${name})
  set_target_properties(teren_${name} PROPERTIES AUTOMOC ON QT_QMLCACHEGEN_ARGUMENTS "--only-bytecode")
  foreach(file IN LISTS arg_QML_FILES)
    get_filename_component(alias "${file}" NAME)
    set_source_files_properties("${file}" PROPERTIES QT_RESOURCE_ALIAS "${alias}")
    if(alias STREQUAL "Theme.qml")
      set_source_files_properties("${file}" PROPERTIES QT_QML_SINGLETON_TYPE TRUE)
    endif()
  endforeach()
  string(REPLACE "." "/" path "${arg_URI}")
  qt_add_qml_module(teren_${name}
    URI ${arg_URI}
    VERSION 1.0
    RESOURCE_PREFIX /qt-project.org/imports
    OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/qmlmodules/${path}"
    IMPORT_PATH "${PROJECT_BINARY_DIR}/qmlmodules"
    DEPENDENCIES QtQuick  # A type of ours that is an item is resolved through it.
    QML_FILES ${arg_QML_FILES}
    RESOURCES ${arg_RESOURCES})
  target_link_libraries(teren_${name} PUBLIC ${arg_USES})
  # qmltyperegistrar of Qt 6.4 includes the headers by their bare names.
  foreach(source IN LISTS arg_SOURCES)
    get_filename_component(folder "${source}" DIRECTORY)
    target_include_directories(teren_${name} PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}/${folder}")
  endforeach()
  teren_apply_defaults(teren_${name})
endfunction()

# teren_forbid_link(<target> <forbidden>...)
#
# Stops the configuration if <target> links a forbidden target, however indirectly.
function(teren_forbid_link target)
  set(queue ${target})
  set(seen "")
  while(queue)
    list(POP_FRONT queue next)
    if(NOT TARGET ${next} OR next IN_LIST seen)
      continue()
    endif()
    list(APPEND seen ${next})
    get_target_property(real ${next} ALIASED_TARGET)
    if(real)
      list(APPEND queue ${real})
      continue()
    endif()
    if(next IN_LIST ARGN)
      message(FATAL_ERROR "${target} must not link ${next}: see README.md, 'Who may open what'.")
    endif()
    # A program has its libraries in the first property only, an imported library in the second only.
    foreach(property LINK_LIBRARIES INTERFACE_LINK_LIBRARIES)
      get_target_property(links ${next} ${property})
      if(links)
        list(TRANSFORM links REPLACE "^[$]<LINK_ONLY:(.*)>$" "\\1")
        list(APPEND queue ${links})
      endif()
    endforeach()
  endwhile()
endfunction()
