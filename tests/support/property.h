// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "tests/support/catch.h"

#include <rapidcheck.h>

#include <cstdlib>
#include <sstream>

namespace teren::test {

/// Checks a law on generated examples with RapidCheck, which prints the smallest counterexample it finds.
///
/// The same examples on every run and machine. To look further, set RC_PARAMS, for example
/// RC_PARAMS="seed=7 max_success=2000"; to replay a failure, set it to what the failure printed.
template <typename Law>
void checkLaw(Law&& law, int examples = 200)
{
    rc::detail::TestParams params = rc::detail::configuration().testParams;
    if (std::getenv("RC_PARAMS") == nullptr) {
        params.seed = 20'261'122;
        params.maxSuccess = examples;
    }
    const auto result = rc::detail::checkTestable(std::forward<Law>(law), rc::detail::TestMetadata{}, params);
    std::ostringstream message;
    rc::detail::printResultMessage(result, message);
    INFO(message.str());
    CHECK(result.template is<rc::detail::SuccessResult>());
}

}  // namespace teren::test
