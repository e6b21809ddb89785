// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/base/error.h"

#include <expected>
#include <string>
#include <utility>

namespace teren {

/// A value, or the reason there is none.
template <typename T>
using Result = std::expected<T, Error>;

/// An operation that only succeeds or fails.
using Status = std::expected<void, Error>;

/// Ends a function with an error: `return fail(Errc::NotFound, "no such record");`
inline std::unexpected<Error> fail(Errc code, std::string detail = {})
{
    return std::unexpected(Error{code, std::move(detail)});
}

}  // namespace teren

#define TEREN_JOIN_(a, b) a##b
#define TEREN_JOIN(a, b) TEREN_JOIN_(a, b)

/// Declares `target` from a `Result`, or returns its error. Use: TEREN_TRY(auto key, loadKey(id));
#define TEREN_TRY(target, ...)                                                                               \
    auto TEREN_JOIN(tried, __LINE__) = (__VA_ARGS__);                                                        \
    if (!TEREN_JOIN(tried, __LINE__).has_value())                                                            \
        return std::unexpected(std::move(TEREN_JOIN(tried, __LINE__)).error());                              \
    target = *std::move(TEREN_JOIN(tried, __LINE__))

/// Returns the error of a `Status`, or carries on.
#define TEREN_CHECK(...)                                                                                     \
    if (auto TEREN_JOIN(checked, __LINE__) = (__VA_ARGS__); !TEREN_JOIN(checked, __LINE__).has_value())      \
    return std::unexpected(std::move(TEREN_JOIN(checked, __LINE__)).error())
