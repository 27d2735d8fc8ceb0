#include "core/runtime/trio/checkpoint.h"

namespace awaitscope::trio {

void Blocked::await_suspend(std::coroutine_handle<> frame) {
  Loop& loop = Loop::running();
  task_ = loop.current_task();
  Seat::of(*task_);
  turn_ = new FutureBase;
  turn_->wait = wait_;
  turn_->object = object_;
  task_->wait_for(frame, *turn_, loop.site(at_));
}

void Blocked::await_resume() {
  task_->resumed(turn_.get());
  if (turn_->cancelled()) Seat::of(*task_).throw_cancelled(at_);
  turn_->check();
}

void CancelShieldedCheckpoint::await_suspend(std::coroutine_handle<> frame) {
  Loop& loop = Loop::running();
  task_ = loop.current_task();
  Seat::of(*task_);
  task_->yield(frame, loop.site(at_));
}

void SleepUntil::await_suspend(std::coroutine_handle<> frame) {
  if (deadline_) {
    scope_ = new CancelScope::State(deadline_, false, true);
    scope_->enter(ScopeType::cancel_scope, at_);
  }
  Blocked::await_suspend(frame);
}

void SleepUntil::await_resume() {
  if (!scope_) return Blocked::await_resume();
  task_->resumed(turn_.get());
  // Whatever woke it was a Cancelled, of its own scope or of one outside.
  if (scope_->close(std::make_exception_ptr(Cancelled()))) Seat::of(*task_).throw_cancelled(at_);
}

namespace {
/// Waits to be cancelled where the scope is; where it is so no more when the task runs again, nothing happens.
class [[nodiscard]] CancelPoint : public Blocked {
 public:
  explicit CancelPoint(Place at) : Blocked(Wait::scope, 0, at) {}
  void await_resume() {
    task_->resumed(nullptr);
    if (Seat::of(*task_).cancelled()) Seat::of(*task_).throw_cancelled(at_);
  }
};
}  // namespace

Task<void> checkpoint(Place at) {
  co_await cancel_shielded_checkpoint(at);
  if (!Seat::current().cancelled()) co_return;
  co_await CancelPoint(at);
}

Task<void> checkpoint_if_cancelled(Place at) {
  if (!Seat::current().cancelled()) co_return;
  co_await checkpoint(at);
  throw AssertionError();
}

Task<void> sleep(Duration delay, Place at) {
  if (delay.count() < 0) runtime::misuse<runtime::ValueError>("duration must be non-negative", at);
  if (delay.count() == 0) co_await checkpoint(at);
  else co_await sleep_until(current_time() + delay, at);
}

}  // namespace awaitscope::trio
