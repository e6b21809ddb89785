// SPDX-License-Identifier: EUPL-1.2
// Asio's own code, compiled once (ASIO_SEPARATE_COMPILATION).
#include <asio/impl/src.hpp>
#include <asio/ssl/impl/src.hpp>
