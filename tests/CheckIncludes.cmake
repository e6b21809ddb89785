# SPDX-License-Identifier: EUPL-1.2
cmake_minimum_required(VERSION 3.25)

# The layers as data: which folder may include what. Run as the CTest `architecture/includes`:
#
#   cmake -DSOURCE_DIR=<tree> -P CheckIncludes.cmake
#
# One row a folder: folder | folders of ours it may include | libraries it may include.
# A name stands for the files of that row, `name/**` for the folder and all below; a folder may always include
# itself. A file belongs to the row with the longest matching folder. A folder without a row fails, and so does a
# header of a library that no row names: a new dependency is decided here, where it is seen.
set(rows
  "crypto/base   |  | "
  "crypto/process |  | posix"
  "crypto/sign   | crypto/base | sodium"
  "crypto        | crypto/base crypto/sign | sodium"
  "crypto/page   | crypto crypto/base crypto/sign | sodium sqlite3 openssl"
  "sync/sql      | crypto/base | sqlite3"
  "sync/merge    | crypto/base crypto/sign | "
  "sync/segment  | crypto crypto/base crypto/sign sync/wire sync/ledger sync/merge | protobuf zstd"
  "sync/ledger   | crypto/base crypto/sign | protobuf"
  "sync/wire     | crypto/base crypto/sign sync/ledger | protobuf zstd"
  "sync/carrier  | crypto/base crypto/sign sync/ledger sync/wire | protobuf"
  "sync/engine   | crypto crypto/base crypto/sign sync/wire sync/ledger sync/merge sync/segment | protobuf zstd"
  "sync/net      | crypto/base crypto/sign sync/carrier sync/ledger sync/wire sync/engine | asio openssl"
  "sync/server   | crypto/base crypto/process crypto/sign sync/carrier sync/sql sync/wire sync/ledger sync/net | asio openssl cli log posix"
  "app/domain    | crypto/base sync/merge | json utf8proc"
  "app/picture   | crypto/base | image"
  "app/store     | crypto/** sync/sql sync/wire sync/ledger sync/merge sync/segment sync/engine app/domain app/platform | "
  "app/platform  | crypto/base | posix"
  "app/service   | crypto/** sync/carrier sync/wire sync/ledger sync/merge sync/segment sync/engine sync/net app/domain app/picture app/store app/platform | asio json zxcvbn"
  "app/cli       | crypto/base crypto/process crypto/sign app/domain app/service app/platform | cli json log posix"
  "app/viewmodel | crypto/base app/domain app/service app/platform | qt"
  "app           | crypto/base crypto/process crypto/sign app/domain app/service app/viewmodel app/platform | qt cli"
  "tests         | crypto/** sync/** app/** tests/** | sodium sqlite3 protobuf zstd asio openssl argon2 blake2 utf8proc image json cli log posix qt test")

# How a library is known by the header that is included in angle brackets.
set(library_sodium   "^sodium([.]h|/)")
set(library_sqlite3  "^sqlite3(ext)?[.]h$")
set(library_protobuf "^google/protobuf/")
set(library_zstd     "^zstd(_errors)?[.]h$")
set(library_asio     "^asio([.]hpp|/)")
set(library_openssl  "^openssl/")
set(library_utf8proc "^utf8proc[.]h$")
set(library_image    "^(turbojpeg|png)[.]h$")
set(library_json     "^nlohmann/")
set(library_zxcvbn   "^zxcvbn[.]h$")
set(library_argon2   "^argon2[.]h$")
set(library_blake2   "^blake2[.]h$")
set(library_cli      "^CLI/")
set(library_log      "^spdlog/")
set(library_posix    "^(dlfcn|unistd|fcntl|malloc|signal|poll|pwd|termios|ifaddrs|arpa/inet|net/if|netinet/in|netinet/tcp)[.]h$|^sys/")
set(library_qt       "^(Q[A-Z]|Qt)")
set(library_test     "^(catch2/|rapidcheck([.]h|/))")
set(libraries sodium sqlite3 protobuf zstd asio openssl utf8proc image json zxcvbn argon2 blake2 cli log posix qt test)

# Sets `<prefix>_name`, `<prefix>_folders` and `<prefix>_libraries` from the row of `folder`, or an empty name.
function(find_row folder prefix)
  set(best "")
  foreach(row IN LISTS rows)
    string(REPLACE "|" ";" parts "${row}")
    list(TRANSFORM parts STRIP)
    list(GET parts 0 name)
    string(FIND "${folder}/" "${name}/" at)
    string(LENGTH "${name}" length)
    string(LENGTH "${best}" best_length)
    if(at EQUAL 0 AND length GREATER best_length)
      set(best "${name}")
      list(GET parts 1 folders)
      list(GET parts 2 allowed)
      string(REGEX REPLACE " +" ";" folders "${folders}")
      string(REGEX REPLACE " +" ";" allowed "${allowed}")
    endif()
  endforeach()
  set(${prefix}_name "${best}" PARENT_SCOPE)
  set(${prefix}_folders "${folders}" PARENT_SCOPE)
  set(${prefix}_libraries "${allowed}" PARENT_SCOPE)
endfunction()

# Sets `allowed`: whether the row `row` lets a file include the header `path` of ours.
function(may_include_ours path)
  get_filename_component(folder "${path}" DIRECTORY)
  find_row("${folder}" target)
  set(allowed FALSE)
  foreach(entry IN LISTS row_folders row_name)
    if(entry MATCHES "^(.*)/[*][*]$")
      string(FIND "${folder}/" "${CMAKE_MATCH_1}/" at)
      if(at EQUAL 0)
        set(allowed TRUE)
      endif()
    elseif(target_name AND target_name STREQUAL entry)
      set(allowed TRUE)
    endif()
  endforeach()
  set(allowed ${allowed} PARENT_SCOPE)
endfunction()

# Sets `allowed` for a header in angle brackets: the standard library, or a library of the current row.
function(may_include_library header)
  set(allowed FALSE)
  if(header MATCHES "^[a-z_0-9]+$")
    set(allowed TRUE)
  endif()
  foreach(library IN LISTS libraries)
    if(header MATCHES "${library_${library}}" AND library IN_LIST row_libraries)
      set(allowed TRUE)
    endif()
  endforeach()
  set(allowed ${allowed} PARENT_SCOPE)
endfunction()

# Writes one line for a violation and counts it.
function(complain text)
  message("${text}")
  set_property(GLOBAL APPEND PROPERTY violations "${text}")
endfunction()

function(check_file file)
  get_filename_component(folder "${file}" DIRECTORY)
  find_row("${folder}" row)
  if(NOT row_name)
    complain("${file}: its folder has no row in tests/CheckIncludes.cmake")
    return()
  endif()
  file(STRINGS "${SOURCE_DIR}/${file}" lines REGEX "^[ \t]*#[ \t]*include[ \t]*[<\"]")
  foreach(line IN LISTS lines)
    if(line MATCHES "include[ \t]*\"([^\"]+)\"")
      set(header "${CMAKE_MATCH_1}")
      may_include_ours("${header}")
      # moc output is included by its bare name; every other path starts at the root of the tree.
      if(NOT allowed AND NOT header MATCHES "^[a-z_0-9]+[.]moc$")
        complain("${file}: ${row_name} may not include \"${header}\"")
      endif()
    elseif(line MATCHES "include[ \t]*<([^>]+)>")
      set(header "${CMAKE_MATCH_1}")
      may_include_library("${header}")
      if(NOT allowed)
        complain("${file}: ${row_name} may not include <${header}>")
      endif()
    endif()
  endforeach()
endfunction()

set(files "")
foreach(top crypto sync app qml tests)
  file(GLOB_RECURSE found RELATIVE "${SOURCE_DIR}" "${SOURCE_DIR}/${top}/*.h" "${SOURCE_DIR}/${top}/*.cpp")
  list(APPEND files ${found})
endforeach()
list(LENGTH files count)
if(count EQUAL 0)
  message(FATAL_ERROR "no sources under '${SOURCE_DIR}': nothing was checked")
endif()
foreach(file IN LISTS files)
  check_file("${file}")
endforeach()
get_property(violations GLOBAL PROPERTY violations)
list(LENGTH violations violation_count)
if(violation_count GREATER 0)
  message(FATAL_ERROR "${violation_count} includes break the layers of README.md, in ${count} files checked")
endif()
message(STATUS "${count} files checked against the layers")
