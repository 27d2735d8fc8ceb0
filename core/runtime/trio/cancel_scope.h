#pragma once
// trio's cancel scopes: level-triggered cancellation (rules O3 to O7).
//
// A scope that is cancelled stays so until it is left: every checkpoint inside throws Cancelled, again and again.  Compare
// with asyncio, where a cancel is one exception, delivered once.
#include <variant>

#include "core/runtime/body.h"
#include "core/runtime/task.h"

namespace awaitscope::trio {

using namespace std::chrono_literals;
using runtime::Awaiter;
using runtime::Place;
using runtime::Task;

/// What a checkpoint throws in a cancelled scope.  The scope that is meant catches it; let it pass.
using Cancelled = runtime::CancelledError;
/// A fail_after or fail_at ran out of time (rule O4).
struct TooSlowError : std::runtime_error {
  TooSlowError() : runtime_error("TooSlowError") {}
};

/// A region that can be cancelled as a whole: `trio.CancelScope`.  A handle, good also after the region:
///
///     trio::CancelScope scope = trio::move_on_after(2s);
///     co_await trio::with(scope, [&]() -> Task<void> { co_await trio::sleep(5s); });
///     if (scope.cancelled_caught()) log("too slow");
class CancelScope {
 public:
  /// `deadline`: the moment at which it cancels itself; none for never.  `shield`: what is outside cannot cancel what is
  /// inside.
  explicit CancelScope(std::optional<Instant> deadline = std::nullopt, bool shield = false);

  /// Cancels everything inside, from now until it is left (rule O3).  May be called again, and before it is entered.
  void cancel(Place at = Place::current()) const;
  /// Whether it was cancelled, by a call or by its deadline (rule O4).
  bool cancel_called() const;
  /// Whether it has swallowed a Cancelled when it was left (rule O4).
  bool cancelled_caught() const;

  std::optional<Instant> deadline() const;
  /// Moves the deadline; a scope that is cancelled stays so (rule O6).
  void set_deadline(std::optional<Instant> deadline, Place at = Place::current()) const;
  bool shield() const;
  /// A shielded scope is immune to cancels from outside, not to its own (rule O5).
  void set_shield(bool shield, Place at = Place::current()) const;

  // --- for with() and nurseries
  class State;
  /// Makes it the current task's innermost scope.  RuntimeError if it was entered before.
  void enter(ScopeType type, Place at) const;
  /// Leaves it; gives back what is left of `error` when its own Cancelled is taken out, null for nothing.
  std::exception_ptr close(std::exception_ptr error) const;
  State& state() const;

 private:
  runtime::Ref<runtime::Counted> state_;
};

/// A scope that is cancelled at a moment, or after `delay` from now (not from its entry); ValueError if that is negative.
inline CancelScope move_on_at(Instant deadline) { return CancelScope(deadline); }
CancelScope move_on_after(Duration delay, Place at = Place::current());
/// trio.current_time().
Instant current_time();

namespace detail {
template <class Body>
using BodyTask = typename runtime::detail::BodyTask<Body, CancelScope>;
template <class T>
using Maybe =
    std::conditional_t<std::is_void_v<T>, void, std::optional<std::conditional_t<std::is_void_v<T>, std::monostate, T>>>;

template <class Body>
auto with(CancelScope scope, Body body, Place at) -> Task<Maybe<typename BodyTask<Body>::value_type>> {
  using T = typename BodyTask<Body>::value_type;
  runtime::Held<T> held;
  scope.enter(ScopeType::cancel_scope, at);
  std::exception_ptr error;
  try {
    if constexpr (std::is_void_v<T>) co_await runtime::detail::start_body(body, scope).at(at);
    else held.value.emplace(co_await runtime::detail::start_body(body, scope).at(at));
  } catch (...) { error = std::current_exception(); }
  error = scope.close(std::exchange(error, {}));
  if (error) std::rethrow_exception(std::exchange(error, {}));
  if constexpr (!std::is_void_v<T>) co_return std::move(held.value);
}
template <class Body>
auto fail_at(CancelScope scope, Body body, Place at) -> BodyTask<Body> {
  using T = typename BodyTask<Body>::value_type;
  if constexpr (std::is_void_v<T>) {
    co_await detail::with(scope, body, at);
    if (scope.cancelled_caught()) throw TooSlowError();
  } else {
    auto value = co_await detail::with(scope, body, at);
    if (scope.cancelled_caught()) throw TooSlowError();
    co_return std::move(*value);
  }
}
}  // namespace detail

/// `co_await with(scope, [&]() -> Task<T> { ... });`  is `with scope:`.  The body may take the `CancelScope&`.  Its value, none
/// where the scope was cancelled and caught that.
template <runtime::SafeBody Body>
auto with(const CancelScope& scope, Body body, Place at = Place::current()) {
  return detail::with(scope, body, at);
}
/// `with trio.move_on_after(delay) as scope:` in one call: its value, none where the deadline came first.
template <runtime::SafeBody Body>
auto move_on_after(Duration delay, Body body, Place at = Place::current()) {
  return detail::with(move_on_after(delay, at), body, at);
}
/// The same, but a deadline that ends the block throws TooSlowError (rule O4).
template <runtime::SafeBody Body>
auto fail_after(Duration delay, Body body, Place at = Place::current()) {
  return detail::fail_at(move_on_after(delay, at), body, at);
}
template <runtime::SafeBody Body>
auto fail_at(Instant deadline, Body body, Place at = Place::current()) {
  return detail::fail_at(move_on_at(deadline), body, at);
}

}  // namespace awaitscope::trio
