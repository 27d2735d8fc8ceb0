#pragma once
// asyncio.wait: several tasks at once, without touching them (rules A1 to A3).
#include "core/runtime/task.h"

namespace awaitscope::runtime {

enum class When : std::uint8_t { all_completed, first_completed, first_exception };

template <class T>
struct Waited {
  std::vector<TaskHandle<T>> done, pending;  ///< both in argument order
};

namespace detail {
Task<void> wait(std::vector<Ref<FutureBase>> futures, When when, std::optional<Duration> timeout, Place at);

template <class T>
Task<Waited<T>> wait_for_handles(std::vector<TaskHandle<T>> tasks, When when, std::optional<Duration> timeout, Place at) {
  std::vector<Ref<FutureBase>> futures;
  for (const auto& task : tasks) futures.emplace_back(task.state().get());
  co_await wait(std::move(futures), when, timeout, at);
  Waited<T> out;
  for (const auto& task : tasks) (task.done() ? out.done : out.pending).push_back(task);
  co_return out;
}
}  // namespace detail

/// `auto waited = co_await wait(tasks, When::first_completed, 2s);`  Suspends even if everything is done already (rule I2);
/// neither its timeout nor its own cancellation touches the tasks, and it throws none of their errors.
template <class T>
Task<Waited<T>> wait(std::vector<TaskHandle<T>> tasks, When when = When::all_completed,
                     std::optional<Duration> timeout = std::nullopt, Place at = Place::current()) {
  return detail::wait_for_handles(std::move(tasks), when, timeout, at);
}

}  // namespace awaitscope::runtime
