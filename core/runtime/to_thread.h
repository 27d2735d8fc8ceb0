#pragma once
// asyncio.to_thread: a blocking call on a worker, so that the loop runs on (rules X1 to X4).
#include "core/runtime/workers.h"

namespace awaitscope::runtime {

namespace detail {
template <class R>
class Call final : public Job {
 public:
  std::function<R()> function;
  Ref<FutureState<R>> result{new FutureState<R>};
  Held<R> held;
  std::exception_ptr error;

  void call() noexcept override {
    try {
      if constexpr (std::is_void_v<R>) function();
      else held.value.emplace(function());
    } catch (...) {
      error = std::current_exception();
      raised = true;
    }
  }
  void deliver() override {
    if (result->done()) return;  // its awaiter was cancelled: the call ran to its end unobserved
    if (error) return result->set_error(error);
    result->held = std::move(held);
    result->set_finished();
  }
};
/// `pool` null: the loop's own workers.
void submit(const Ref<Job>& job, FutureBase& result, std::string_view name, Place at, Workers* pool);

template <class R, class F, class... A>
Future<R> start_call(std::string_view name, Place at, Workers* pool, F function, A... arguments) {
  Ref<Call<R>> job(new Call<R>);
  auto shared = std::make_shared<std::tuple<F, A...>>(std::move(function), std::move(arguments)...);
  job->function = [shared] { return std::apply([](F& f, A&... a) { return f(a...); }, *shared); };
  const Ref<FutureState<R>> result = job->result;
  submit(Ref<Job>(job.get()), *result, name, at, pool);
  return Future<R>(result);
}

template <class R, class F, class... A>
Task<R> to_thread(std::string name, F function, A... arguments) {
  const Place at = co_await called_at();
  const Future<R> result = start_call<R>(name, at, nullptr, std::move(function), std::move(arguments)...);
  co_return co_await FutureAwaiter<R>(result, at);
}
}  // namespace detail

/// Runs `function(arguments...)` on a worker: simulated in virtual time (block_for inside it takes the worker's time), a real
/// thread on the steady clock.  Give it a function and arguments, never a lambda that captures.
template <class F, class... A>
auto to_thread(F function, A... arguments) -> Task<std::invoke_result_t<F&, A&...>> {
  static_assert(std::is_trivially_destructible_v<F>,
                "pass a function and its arguments: g++ 12 destroys a temporary closure twice in a co_await expression");
  return detail::to_thread<std::invoke_result_t<F&, A&...>>("to_thread", std::move(function), std::move(arguments)...);
}

/// loop.run_in_executor: the same call as a future, handed in at once, for done callbacks and several awaiters.
template <class F>
auto run_in_executor(F function, Place at = Place::current()) -> Future<std::invoke_result_t<F&>> {
  static_assert(std::is_trivially_destructible_v<F>,
                "pass a function: g++ 12 destroys a temporary closure twice in a co_await expression");
  return detail::start_call<std::invoke_result_t<F&>>("run_in_executor", at, nullptr, std::move(function));
}

/// ThreadPoolExecutor(n) or ProcessPoolExecutor(n): workers of its own, beside those of to_thread.  The run owns them and
/// does not wait for them at its end.
class Executor {
 public:
  enum class Of : std::uint8_t { threads, processes };
  Executor(Of of, int workers) : workers_(&Loop::running().make_pool(static_cast<std::size_t>(workers), of == Of::processes)) {}

  /// An executor with the place that hands it a call.
  struct Here {
    Here(const Executor& executor, Place at = Place::current()) : workers(executor.workers_), at(at) {}
    Workers* workers;
    Place at;
  };

 private:
  Workers* workers_;
};

/// loop.run_in_executor(executor, function, arguments...)
template <class F, class... A>
auto run_in_executor(Executor::Here executor, F function, A... arguments) -> Future<std::invoke_result_t<F&, A&...>> {
  static_assert(std::is_trivially_destructible_v<F>,
                "pass a function and its arguments: g++ 12 destroys a temporary closure twice in a co_await expression");
  return detail::start_call<std::invoke_result_t<F&, A&...>>("run_in_executor", executor.at, executor.workers,
                                                             std::move(function), std::move(arguments)...);
}

}  // namespace awaitscope::runtime
