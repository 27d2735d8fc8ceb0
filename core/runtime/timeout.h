#pragma once
// asyncio.timeout and wait_for: a deadline on a block (rules D1 to D10, W1 to W7).
#include "core/runtime/task.h"

namespace awaitscope::runtime {

/// One active deadline on the current task.
class Timeout {
 public:
  Timeout(Duration delay, ScopeType type, Place at);
  ~Timeout();
  Timeout(const Timeout&) = delete;
  Timeout& operator=(const Timeout&) = delete;

  /// Moves the deadline to `when`; RuntimeError once it has fired or the block is left (rule D6).
  void reschedule(Instant when);
  /// Whether the deadline has struck.
  bool expired() const { return state_ == State::expiring || state_ == State::expired; }

  /// What leaving the block does with `error`: throws TimeoutError where the deadline's own request ended the block,
  /// rethrows any other error, returns if there was none.
  void leave(std::exception_ptr error);

 private:
  enum class State : std::uint8_t { entered, expiring, expired, exited };
  class Deadline;
  void strike(Loop& loop);

  Loop& loop_;
  Ref<TaskBase> task_;
  Place at_;
  ScopeId scope_;
  State state_ = State::entered;
  int requests_at_entry_;
  Ref<Deadline> deadline_;
};

namespace detail {
template <class Body>
auto with_timeout(Duration delay, Body body, Place at) -> std::invoke_result_t<Body, Timeout&> {
  using T = typename std::invoke_result_t<Body, Timeout&>::value_type;
  Timeout timeout(delay, ScopeType::timeout, at);
  Held<T> held;
  std::exception_ptr error;
  try {
    if constexpr (std::is_void_v<T>) co_await body(timeout).at(at);
    else held.value.emplace(co_await body(timeout).at(at));
  } catch (...) { error = std::current_exception(); }
  timeout.leave(std::exchange(error, {}));
  if constexpr (!std::is_void_v<T>) co_return std::move(*held.value);
}
template <class Body>
auto with_timeout(Duration delay, Body body, Place at) -> std::invoke_result_t<Body> {
  using T = typename std::invoke_result_t<Body>::value_type;
  Timeout timeout(delay, ScopeType::timeout, at);
  Held<T> held;
  std::exception_ptr error;
  try {
    if constexpr (std::is_void_v<T>) co_await body().at(at);
    else held.value.emplace(co_await body().at(at));
  } catch (...) { error = std::current_exception(); }
  timeout.leave(std::exchange(error, {}));
  if constexpr (!std::is_void_v<T>) co_return std::move(*held.value);
}
template <class T>
Task<T> wait_for(Task<T> awaitable, Duration delay, Place at) {
  Timeout timeout(delay, ScopeType::wait_for, at);
  Held<T> held;
  std::exception_ptr error;
  try {
    if constexpr (std::is_void_v<T>) co_await std::move(awaitable).at(at);
    else held.value.emplace(co_await std::move(awaitable).at(at));
  } catch (...) { error = std::current_exception(); }
  timeout.leave(std::exchange(error, {}));
  if constexpr (!std::is_void_v<T>) co_return std::move(*held.value);
}
template <class Body>
auto move_on_after(Duration delay, Body body, Place at)
    -> Task<std::optional<std::conditional_t<std::is_void_v<typename std::invoke_result_t<Body>::value_type>, std::monostate,
                                             typename std::invoke_result_t<Body>::value_type>>> {
  using T = typename std::invoke_result_t<Body>::value_type;
  std::optional<std::conditional_t<std::is_void_v<T>, std::monostate, T>> out;
  try {
    if constexpr (std::is_void_v<T>) {
      co_await with_timeout(delay, body, at);
      out.emplace();
    } else {
      out.emplace(co_await with_timeout(delay, body, at));
    }
  } catch (const TimeoutError&) {}
  co_return out;
}
template <class Body>
concept SafeBody = std::is_trivially_destructible_v<std::remove_cvref_t<Body>>;
}  // namespace detail

/// `co_await with_timeout(2s, [&]() -> Task<int> { ... });`  is `async with asyncio.timeout(2):`.  The body may take the
/// `Timeout&` to move its deadline.  Throws TimeoutError when the deadline ended the block.
template <detail::SafeBody Body>
auto with_timeout(Duration delay, Body body, Place at = Place::current()) {
  if constexpr (std::is_invocable_v<Body, Timeout&>) return detail::with_timeout(delay, body, at);
  else return detail::with_timeout(delay, body, at);
}

/// asyncio.wait_for as of Python 3.12: the coroutine runs inline under a deadline.
template <class T>
Task<T> wait_for(Task<T> awaitable, Duration delay, Place at = Place::current()) {
  return detail::wait_for(std::move(awaitable), delay, at);
}

/// trio.move_on_after: an empty optional where the deadline ended the block.
template <detail::SafeBody Body>
auto move_on_after(Duration delay, Body body, Place at = Place::current()) {
  return detail::move_on_after(delay, body, at);
}

}  // namespace awaitscope::runtime
