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
void submit(const Ref<Job>& job, FutureBase& result, std::string_view name, Place at);

template <class R, class F, class... A>
Future<R> start_call(std::string_view name, Place at, F function, A... arguments) {
  Ref<Call<R>> job(new Call<R>);
  auto shared = std::make_shared<std::tuple<F, A...>>(std::move(function), std::move(arguments)...);
  job->function = [shared] { return std::apply([](F& f, A&... a) { return f(a...); }, *shared); };
  const Ref<FutureState<R>> result = job->result;
  submit(Ref<Job>(job.get()), *result, name, at);
  return Future<R>(result);
}

template <class R, class F, class... A>
Task<R> to_thread(std::string name, F function, A... arguments) {
  const Place at = co_await called_at();
  const Future<R> result = start_call<R>(name, at, std::move(function), std::move(arguments)...);
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
  return detail::start_call<std::invoke_result_t<F&>>("run_in_executor", at, std::move(function));
}

}  // namespace awaitscope::runtime
