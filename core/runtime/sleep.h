#pragma once
// asyncio.sleep and time.sleep.
#include "core/runtime/task.h"

namespace awaitscope::runtime {

using namespace std::chrono_literals;

/// Suspends the task for `delay`; sleep(0ms) lets everything that is ready run once (rules K3, T2, T6).
class [[nodiscard]] SleepAwaiter {
 public:
  SleepAwaiter(Duration delay, Place at) : delay_(delay), at_(at) {}
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> frame);
  void await_resume();
  ~SleepAwaiter();
  SleepAwaiter(SleepAwaiter&&) = default;
  /// What the wait is for, where sleeping only stands for it: a request on its way.
  SleepAwaiter&& as(Wait wait, std::uint32_t object) && {
    wait_ = wait;
    object_ = object;
    return std::move(*this);
  }

 private:
  Duration delay_;
  Place at_;
  Wait wait_ = Wait::sleep;
  std::uint32_t object_ = 0;
  TaskBase* task_ = nullptr;
  Ref<FutureBase> done_;
  Ref<Timer> timer_;
};
inline SleepAwaiter sleep(Duration delay, Place at = Place::current()) { return {delay, at}; }

/// Occupies the thread for `length`, as time.sleep does: no other task runs, no timer fires (rule V3).  In a function that
/// to_thread runs it is the worker's thread.  `what` names the call.
void block_for(Duration length, std::string_view what = "time.sleep", Place at = Place::current());
/// The same for work that computes: it costs processor time, so a thread helps against the lag but not the total.
void compute_for(Duration length, std::string_view what = "compute", Place at = Place::current());

}  // namespace awaitscope::runtime
