// SPDX-License-Identifier: EUPL-1.2
#pragma once

// Debian 12 ships Catch2 2.13, one header. When the project moves to version 3, this is the edit.
#include <catch2/catch.hpp>
