# SPDX-License-Identifier: EUPL-1.2
# Zxcvbn::Zxcvbn, the estimate of how easily a passphrase is guessed. Debian's package says nothing to pkg-config.
find_path(Zxcvbn_INCLUDE_DIR zxcvbn.h)
find_library(Zxcvbn_LIBRARY zxcvbn)
if(NOT Zxcvbn_INCLUDE_DIR OR NOT Zxcvbn_LIBRARY)
  message(FATAL_ERROR "libzxcvbn is missing: packaging/setup build")
endif()
mark_as_advanced(Zxcvbn_INCLUDE_DIR Zxcvbn_LIBRARY)
add_library(Zxcvbn::Zxcvbn UNKNOWN IMPORTED GLOBAL)
set_target_properties(Zxcvbn::Zxcvbn PROPERTIES
  IMPORTED_LOCATION "${Zxcvbn_LIBRARY}" INTERFACE_INCLUDE_DIRECTORIES "${Zxcvbn_INCLUDE_DIR}")
