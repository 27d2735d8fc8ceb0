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
inline std::string ex(const std::exception_ptr& error) {
  if (!error) return "None";
  try {
    std::rethrow_exception(error);
  } catch (const Boom& e) {
    return *e.what() ? std::string("Boom:") + e.what() : "Boom";
  } catch (const runtime::CancelledError& e) {
    return e.message().empty() ? "CancelledError" : "CancelledError:" + e.message();
  } catch (const runtime::ExceptionGroup& group) {
    std::string out;
    for (const auto& member : group.errors()) out += (out.empty() ? "" : ", ") + ex(member);
    return "ExceptionGroup[" + out + "]";
  } catch (...) {
    const std::string text = runtime::describe(std::current_exception());
    return text.substr(0, text.find(':'));
  }
}

}  // namespace awaitscope::testing
