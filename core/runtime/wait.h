#pragma once
// asyncio.wait: several tasks or futures at once, without touching them (rules A1 to A3).
#include <algorithm>

#include "core/runtime/listener.h"

namespace awaitscope::runtime {

/// What wait() gives: both lists in argument order, each thing once.
template <class Awaited>
struct Waited {
  std::vector<Awaited> done, pending;
};

namespace detail {
template <class Awaited>
Task<Waited<Awaited>> wait(std::vector<Awaited> awaited, When when, std::optional<Duration> timeout, Place at) {
  if (awaited.empty()) misuse<ValueError>("Set of Tasks/Futures is empty.", at);
  std::vector<Awaited> once;
  std::vector<Ref<FutureBase>> futures;
  for (Awaited& one : awaited) {
    const auto same = [&](const auto& other) { return other.get() == one.base().get(); };
    if (std::any_of(futures.begin(), futures.end(), same)) continue;
    futures.push_back(one.base());
    once.push_back(std::move(one));
  }
  Listener listener(std::move(futures), when, timeout, ScopeType::wait, at);
  co_await listener.heard();
  Waited<Awaited> out;
  for (Awaited& one : once) (one.done() ? out.done : out.pending).push_back(std::move(one));
  co_return out;
}
}  // namespace detail

/// `auto waited = co_await wait(tasks, When::first_completed, 2s);`  Suspends even if everything is done already (rule I2);
/// neither its timeout nor its own cancellation touches the tasks, and it throws none of their errors.  ValueError for an
/// empty list.
template <class T>
Task<Waited<TaskHandle<T>>> wait(std::vector<TaskHandle<T>> tasks, When when = When::all_completed,
                                 std::optional<Duration> timeout = std::nullopt, Place at = Place::current()) {
  return detail::wait(std::move(tasks), when, timeout, at);
}
template <class T>
Task<Waited<Future<T>>> wait(std::vector<Future<T>> futures, When when = When::all_completed,
                             std::optional<Duration> timeout = std::nullopt, Place at = Place::current()) {
  return detail::wait(std::move(futures), when, timeout, at);
}
/// The same for one task or future: waits for its end without throwing its error.
template <class T>
Task<Waited<Future<T>>> wait(const Future<T>& future, std::optional<Duration> timeout = std::nullopt,
                             Place at = Place::current()) {
  return detail::wait(std::vector<Future<T>>(1, future), When::all_completed, timeout, at);
}

}  // namespace awaitscope::runtime
