#pragma once
// asyncio.timeout and timeout_at: a deadline on a block (rules D1 to D10).
#include <variant>

#include "core/runtime/body.h"
#include "core/runtime/task.h"

namespace awaitscope::runtime {

/// A deadline on a block of the current task.  A handle, good also after its block.
class Timeout {
 public:
  /// Begins a block; with_timeout is how programs do it.  `when`: none for no deadline yet.
  Timeout(std::optional<Instant> when, ScopeType type, Place at);

  /// Moves the deadline, or takes it away; RuntimeError once it has struck or the block is left (rule D6).
  void reschedule(std::optional<Instant> when, Place at = Place::current());
  /// The moment of the deadline, if there is one.
  std::optional<Instant> when() const;
  /// Whether the deadline has struck.
  bool expired() const;

  /// What leaving the block does with `error`: throws TimeoutError where the deadline's own request ended the block
  /// (rules D1, U4), rethrows any other error, returns if there was none.
  void leave(std::exception_ptr error);

 private:
  class State;
  State& state() const;
  Ref<Counted> state_;
};

namespace detail {
std::optional<Instant> after(std::optional<Duration> delay);

template <class Body>
auto with_timeout(std::optional<Instant> when, Body body, Place at) -> BodyTask<Body, Timeout> {
  using T = typename BodyTask<Body, Timeout>::value_type;
  Timeout timeout(when, ScopeType::timeout, at);
  Held<T> held;
  std::exception_ptr error;
  try {
    if constexpr (std::is_void_v<T>) co_await start_body(body, timeout).at(at);
    else held.value.emplace(co_await start_body(body, timeout).at(at));
  } catch (...) { error = std::current_exception(); }
  timeout.leave(std::exchange(error, {}));
  if constexpr (!std::is_void_v<T>) co_return std::move(*held.value);
}
}  // namespace detail

/// `co_await with_timeout(2s, [&]() -> Task<int> { ... });`  is `async with asyncio.timeout(2):`.  The body may take the
/// `Timeout&` to move its deadline.  Throws TimeoutError when the deadline ended the block.  `delay`: none for no deadline;
/// zero or less strikes at the first suspension (rule D7).
template <SafeBody Body>
auto with_timeout(std::optional<Duration> delay, Body body, Place at = Place::current()) {
  return detail::with_timeout(detail::after(delay), body, at);
}
/// The same with the deadline itself, on the loop's clock: asyncio.timeout_at.
template <SafeBody Body>
auto with_timeout_at(std::optional<Instant> when, Body body, Place at = Place::current()) {
  return detail::with_timeout(when, body, at);
}

/// What asyncio spells `try: async with timeout(..): ... except TimeoutError: pass`: an empty optional where the deadline
/// ended the block.
template <SafeBody Body>
auto move_on_after(std::optional<Duration> delay, Body body, Place at = Place::current())
    -> Task<std::optional<std::conditional_t<std::is_void_v<typename detail::BodyTask<Body, Timeout>::value_type>,
                                             std::monostate, typename detail::BodyTask<Body, Timeout>::value_type>>> {
  using T = typename detail::BodyTask<Body, Timeout>::value_type;
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

}  // namespace awaitscope::runtime
