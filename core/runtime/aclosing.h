#pragma once
// contextlib.aclosing: a block at whose end an async generator is closed, however the block is left.
#include "core/runtime/async_generator.h"
#include "core/runtime/body.h"

namespace awaitscope::runtime {

namespace detail {
template <class T, class Body>
auto aclosing(AsyncGenerator<T> generator, Body body, Place at) -> std::invoke_result_t<Body&> {
  using Result = typename std::invoke_result_t<Body&>::value_type;
  Held<Result> held;
  std::exception_ptr error;
  try {
    if constexpr (std::is_void_v<Result>) co_await body().at(at);
    else held.value.emplace(co_await body().at(at));
  } catch (...) { error = std::current_exception(); }
  co_await generator.aclose(at).at(at);
  if (error) std::rethrow_exception(std::exchange(error, {}));
  if constexpr (!std::is_void_v<Result>) co_return std::move(*held.value);
}
}  // namespace detail

/// `co_await aclosing(chunks, [&]() -> Task<void> { ... });`  is `async with aclosing(chunks):`.
template <class T, SafeBody Body>
auto aclosing(const AsyncGenerator<T>& generator, Body body, Place at = Place::current()) {
  return detail::aclosing(generator, body, at);
}

}  // namespace awaitscope::runtime
