#pragma once
// Async context managers: a block with an entry and an exit that may await (rules Y6, Y7).
//
// C++ has no `async with`, and a destructor cannot await; so the block is a function and the exit is awaited after it.
#include <variant>

#include "core/runtime/body.h"
#include "core/runtime/task.h"

namespace awaitscope::runtime {

/// What async_with takes: `enter()` runs before the block; `exit(error)` runs after it, on every path, with the error that
/// leaves the block (null for none).  An exit that returns true swallows the error; one that throws replaces it.
template <class Manager>
concept AsyncContextManager = requires(Manager& manager, std::exception_ptr error) {
  manager.enter();
  manager.exit(error);
};

namespace detail {
template <class Manager>
using Entered = typename decltype(std::declval<Manager&>().enter())::value_type;
template <class Manager>
constexpr bool swallows = !std::is_void_v<typename decltype(std::declval<Manager&>().exit(nullptr))::value_type>;
template <class Manager, class Body>
struct WithTask {
  using type = std::invoke_result_t<Body&, Entered<Manager>>;
};
template <class Manager, class Body>
requires std::is_void_v<Entered<Manager>>
struct WithTask<Manager, Body> {
  using type = std::invoke_result_t<Body&>;
};
template <class Manager, class Body>
using WithResult = typename WithTask<Manager, std::remove_cvref_t<Body>>::type::value_type;
/// A block whose error may be swallowed has no value then.
template <class Manager, class Body>
using WithValue = std::conditional_t<
    std::is_void_v<WithResult<Manager, Body>> || !swallows<Manager>, WithResult<Manager, Body>,
    std::optional<std::conditional_t<std::is_void_v<WithResult<Manager, Body>>, std::monostate, WithResult<Manager, Body>>>>;
}  // namespace detail

/// `co_await async_with(connection, [&](Cursor cursor) -> Task<int> { ... });`  is `async with connection as cursor:`.  The
/// body takes what enter() gave, if it gave anything, and its value is the block's; an empty optional where an exit that can
/// swallow did.  If enter() throws, neither body nor exit runs.  A second cancel may interrupt an exit that awaits; the exits
/// of outer blocks still run (rule Y7).
template <AsyncContextManager Manager, SafeBody Body>
auto async_with(Manager& manager, Body body, Place at = Place::current()) -> Task<detail::WithValue<Manager, Body>> {
  using T = detail::WithResult<Manager, Body>;
  Held<T> held;
  std::exception_ptr error;
  if constexpr (std::is_void_v<detail::Entered<Manager>>) {
    co_await manager.enter().at(at);
    try {
      if constexpr (std::is_void_v<T>) co_await body().at(at);
      else held.value.emplace(co_await body().at(at));
    } catch (...) { error = std::current_exception(); }
  } else {
    auto entered = co_await manager.enter().at(at);
    try {
      if constexpr (std::is_void_v<T>) co_await body(std::move(entered)).at(at);
      else held.value.emplace(co_await body(std::move(entered)).at(at));
    } catch (...) { error = std::current_exception(); }
  }
  bool swallowed = false;
  if constexpr (detail::swallows<Manager>) swallowed = co_await manager.exit(error).at(at);
  else co_await manager.exit(error).at(at);
  if (error && !swallowed) std::rethrow_exception(std::exchange(error, {}));
  if constexpr (!std::is_void_v<T>) {
    if constexpr (detail::swallows<Manager>) co_return std::move(held.value);
    else co_return std::move(*held.value);
  }
}

}  // namespace awaitscope::runtime
