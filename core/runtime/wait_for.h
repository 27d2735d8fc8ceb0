#pragma once
// asyncio.wait_for: a deadline on one awaitable (rules W1 to W7).
#include "core/runtime/timeout.h"

namespace awaitscope::runtime {

namespace detail {
/// Cancels `future` and waits until it has ended, however long that takes.
Task<void> cancel_and_wait(Ref<FutureBase> future, Place at);
/// What follows cancel_and_wait: the result if it has one after all, TimeoutError where it was cancelled.
template <class T>
T result_after_cancel(const Future<T>& future) {
  try {
    return future.result();
  } catch (const CancelledError&) { throw TimeoutError(); }
}

template <class T, class Awaitable>
Task<T> wait_for_limited(Awaitable awaitable, Duration delay, Place at) {
  Timeout timeout(after(delay), ScopeType::wait_for, at);
  Held<T> held;
  std::exception_ptr error;
  try {
    if constexpr (std::is_void_v<T>) co_await std::move(awaitable);
    else held.value.emplace(co_await std::move(awaitable));
  } catch (...) { error = std::current_exception(); }
  timeout.leave(std::exchange(error, {}));
  if constexpr (!std::is_void_v<T>) co_return std::move(*held.value);
}
template <class T, class Awaitable>
Task<T> wait_for_nothing(Awaitable awaitable, Place at) {  // rule W4
  const Future<T> future = ensure_future(std::move(awaitable), at);
  if (future.done()) co_return future.result(at);
  co_await cancel_and_wait(future.base(), at).at(at);
  co_return result_after_cancel(future);
}
template <class T>
Task<T> wait_for_ever(Future<T> future, Place at) {
  co_return co_await FutureAwaiter<T>(future, at);
}

/// An awaiter (lock.acquire(), gather(...)) as a coroutine.
template <Awaiter A>
auto as_coroutine(A awaiter, Place) -> Task<decltype(awaiter.await_resume())> {
  co_return co_await std::move(awaiter);
}

/// wait_for as Python 3.11 had it: a waiter beside the task, and a race between the two that can lose a cancel.  True if the
/// future is done, false after it was cancelled at the deadline.
Task<bool> wait_3_11(Ref<FutureBase> future, Duration delay, Place at);

template <class T, class Awaitable>
Task<T> wait_for_3_11(Awaitable awaitable, Duration delay, Place at) {
  const Future<T> future = ensure_future(std::move(awaitable), at);
  const bool done = co_await wait_3_11(future.base(), delay, at).at(at);
  if (done) co_return future.result(at);
  co_return result_after_cancel(future);
}
}  // namespace detail

/// Waits for a coroutine, which runs inline in this task, at most for `delay`; then cancels it, waits for its end and throws
/// TimeoutError (rules W1, W2).  What it makes of the cancel is respected: a late value is returned (rule W3).  `delay`: none
/// waits for ever; zero or less never starts it (rule W4).
template <class T>
Task<T> wait_for(Task<T> awaitable, std::optional<Duration> delay, Place at = Place::current()) {
  if (!delay) return awaitable;
  if (delay->count() <= 0) return detail::wait_for_nothing<T>(std::move(awaitable), at);
  return detail::wait_for_limited<T>(std::move(awaitable).at(at), *delay, at);
}
/// The same for a task or future, which is cancelled at the deadline.
template <class T>
Task<T> wait_for(const Future<T>& future, std::optional<Duration> delay, Place at = Place::current()) {
  if (!delay) return detail::wait_for_ever<T>(future, at);
  if (delay->count() <= 0) return detail::wait_for_nothing<T>(future, at);
  return detail::wait_for_limited<T>(FutureAwaiter<T>(future, at), *delay, at);
}
/// The same for what the runtime's functions return: wait_for(lock.acquire(), 1s), wait_for(gather(a, b), 1s).
template <Awaiter A>
auto wait_for(A awaiter, std::optional<Duration> delay, Place at = Place::current()) -> Task<decltype(awaiter.await_resume())> {
  return wait_for(detail::as_coroutine(std::move(awaiter), at), delay, at);
}

/// wait_for of Python 3.11 and before: makes a task, needs two more iterations, and loses a cancel that comes in the moment
/// of completion (rules W1, W6, W7).  For lessons that show it; programs use wait_for.
template <class T>
Task<T> wait_for_3_11(Task<T> awaitable, Duration delay, Place at = Place::current()) {
  if (delay.count() <= 0) return wait_for(std::move(awaitable), delay, at);
  return detail::wait_for_3_11<T>(std::move(awaitable), delay, at);
}
template <class T>
Task<T> wait_for_3_11(const Future<T>& future, Duration delay, Place at = Place::current()) {
  if (delay.count() <= 0) return wait_for(future, delay, at);
  return detail::wait_for_3_11<T>(future, delay, at);
}

}  // namespace awaitscope::runtime
