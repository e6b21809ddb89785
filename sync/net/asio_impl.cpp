// SPDX-License-Identifier: EUPL-1.2
// Asio's own code, compiled once (ASIO_SEPARATE_COMPILATION).
//
// Asio 1.22 decides by macros of the standard library, which it does not include before it looks. It must
// decide here as in every other file, so a standard header comes first.
#include <version>

#include <asio/impl/src.hpp>
#include <asio/ssl/impl/src.hpp>
