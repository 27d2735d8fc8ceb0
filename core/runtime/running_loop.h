#pragma once
// asyncio.get_running_loop() and what it is asked for from where it must not be: run_until_complete, and
// run_coroutine_threadsafe(...).result() on the loop's own thread (rules R1, R5).
#include "core/runtime/task.h"

namespace awaitscope::runtime {

/// What get_running_loop returns.
class RunningLoop {
 public:
  explicit RunningLoop(Loop& loop) : slow_callback_duration(loop.slow_callback_duration), loop_(loop) {}
  /// asyncio's debug mode, from the next handle on: what holds the loop for `slow_callback_duration` is reported (rule N6).
  void set_debug(bool on) { loop_.debug = on; }
  /// An attribute, as in Python: there is no function that sets it.
  Duration& slow_callback_duration;
  /// loop.run_until_complete: RuntimeError at once, since this loop runs already; the coroutine never starts (rule R1).
  template <class T>
  void run_until_complete(Task<T>, Place at = Place::current()) {
    refuse(at);
  }

 private:
  static void refuse(const Place& at);
  Loop& loop_;
};

/// RuntimeError where no loop runs on this thread.
RunningLoop get_running_loop();

namespace detail {
/// Waits with the loop's own thread for what only the loop could finish: the run ends here, as a hang (rule R5).
[[noreturn]] void wait_on_the_loops_thread(std::string_view function, const Place& at);

/// The callback of run_coroutine_threadsafe: it makes the task, in the next iteration.
template <class T>
class Submitted final : public Counted {
 public:
  Submitted(Task<T> coroutine, Place at) : coroutine_(std::move(coroutine)), at_(at) {}
  void start() {
    task = create_task(std::move(coroutine_), {}, at_);
    task.base()->add_done_callback(
        {[](Counted& self, FutureBase&) { static_cast<Submitted&>(self).done = true; }, Ref<Counted>(this)});
  }
  TaskHandle<T> task;
  bool done = false;  ///< from the iteration after the task's end on

 private:
  Task<T> coroutine_;
  Place at_;
};
void call_soon_threadsafe(const Ref<Counted>& call, void (*run)(Loop&, Handle&));
}  // namespace detail

/// What run_coroutine_threadsafe returns: a concurrent.futures.Future, which is waited for with the thread, not awaited.
template <class T>
class ThreadFuture {
 public:
  ThreadFuture(Ref<detail::Submitted<T>> call, std::string function) : call_(std::move(call)), function_(std::move(function)) {}
  bool done() const { return call_->done; }
  /// Takes the thread until there is a result.  On the loop's own thread nothing can make one any more.
  T result(Place at = Place::current()) const {
    if (!done()) detail::wait_on_the_loops_thread(function_, at);
    return call_->task.result(at);
  }

 private:
  Ref<detail::Submitted<T>> call_;
  std::string function_;
};

/// asyncio.run_coroutine_threadsafe, made for other threads.  Here it is for the loop's own, where `result()` is the mistake
/// to show; workers cannot call it.
template <class T>
ThreadFuture<T> run_coroutine_threadsafe(Task<T> coroutine, RunningLoop, Place at = Place::current()) {
  std::string function(coroutine.function());
  const Ref<detail::Submitted<T>> call(new detail::Submitted<T>(std::move(coroutine), at));
  detail::call_soon_threadsafe(call, [](Loop&, Handle& handle) { static_cast<detail::Submitted<T>&>(*handle.object).start(); });
  return ThreadFuture<T>(call, std::move(function));
}

}  // namespace awaitscope::runtime
