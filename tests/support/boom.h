#pragma once
// The exception of test programs, and the spelling of errors that the tests share with their Python oracles.
#include <string>

#include "core/runtime/errors.h"

namespace awaitscope::testing {

/// The only exception of user code in test programs.
struct Boom : std::runtime_error {
  using runtime_error::runtime_error;
};

/// Boom:text, CancelledError[:msg], else the type's name; ExceptionGroup[a, b].  None for null.
std::string ex(const std::exception_ptr& error);

}  // namespace awaitscope::testing
