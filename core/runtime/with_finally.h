#pragma once
// try/finally around awaits: C++ has no finally, and no handler may await.
#include "core/runtime/body.h"
#include "core/runtime/task.h"

namespace awaitscope::runtime {

/// `co_await with_finally([&]() -> Task<int> { ...try... }, [&]() -> Task<void> { ...finally... });`  The clean-up runs on
/// every path and may await; an error of it replaces the body's, else the body's goes on (rules C10, C14).
template <SafeBody Body, SafeBody Cleanup>
auto with_finally(Body body, Cleanup cleanup, Place at = Place::current()) -> std::invoke_result_t<Body&> {
  using T = typename std::invoke_result_t<Body&>::value_type;
  Held<T> held;
  std::exception_ptr error;
  try {
    if constexpr (std::is_void_v<T>) co_await body().at(at);
    else held.value.emplace(co_await body().at(at));
  } catch (...) { error = std::current_exception(); }
  co_await cleanup().at(at);
  if (error) std::rethrow_exception(std::exchange(error, {}));
  if constexpr (!std::is_void_v<T>) co_return std::move(*held.value);
}

}  // namespace awaitscope::runtime
