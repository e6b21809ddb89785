# SPDX-License-Identifier: EUPL-1.2

# teren_add_protobuf(<name> <file.proto>...)
#
# A static library `teren_<name>`, known as `teren::<name>`, of what protoc writes. Its code is not ours: no
# warnings, and its headers are system headers to whoever includes them as "sync/<folder>/<file>.pb.h".
function(teren_add_protobuf name)
  set(out "${PROJECT_BINARY_DIR}/generated")
  set(generated "")
  foreach(proto IN LISTS ARGN)
    set(source "${CMAKE_CURRENT_SOURCE_DIR}/${proto}")
    file(RELATIVE_PATH path "${PROJECT_SOURCE_DIR}" "${source}")
    string(REGEX REPLACE "[.]proto$" ".pb" stem "${out}/${path}")
    add_custom_command(
      OUTPUT "${stem}.cc" "${stem}.h"
      COMMAND "${CMAKE_COMMAND}" -E make_directory "${out}"
      COMMAND protobuf::protoc "--proto_path=${PROJECT_SOURCE_DIR}" "--cpp_out=${out}" "${path}"
      DEPENDS "${source}" protobuf::protoc
      COMMENT "Generating ${path}"
      VERBATIM)
    list(APPEND generated "${stem}.cc" "${stem}.h")
  endforeach()
  add_library(teren_${name} STATIC ${generated})
  add_library(teren::${name} ALIAS teren_${name})
  target_include_directories(teren_${name} SYSTEM PUBLIC "${out}")
  target_link_libraries(teren_${name} PUBLIC protobuf::libprotobuf-lite)
  target_compile_features(teren_${name} PUBLIC cxx_std_23)
  target_compile_options(teren_${name} PRIVATE -w)
  if(TEREN_SANITIZE)
    target_compile_options(teren_${name} PRIVATE
      -fsanitize=${TEREN_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  endif()
endfunction()
