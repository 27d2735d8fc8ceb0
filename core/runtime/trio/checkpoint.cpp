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
  if (turn_->cancelled()) Seat::of(*task_).throw_cancelled();
  turn_->check();
}

void CancelShieldedCheckpoint::await_suspend(std::coroutine_handle<> frame) {
  Loop& loop = Loop::running();
  task_ = loop.current_task();
  Seat::of(*task_);
  task_->yield(frame, loop.site(at_));
}

namespace {
class Alarm final : public runtime::Timer {
 public:
  explicit Alarm(Ref<FutureBase> turn) : turn_(std::move(turn)) {}
  void fire(Loop&) override {
    if (!turn_->done()) turn_->set_finished();
  }

 private:
  Ref<FutureBase> turn_;
};
}  // namespace

void SleepUntil::await_suspend(std::coroutine_handle<> frame) {
  Blocked::await_suspend(frame);
  if (!deadline_) return;
  Seat& seat = Seat::of(*task_);
  node_ = new CancelStatus(nullptr, seat.status());
  seat.move_to(node_.get());
  Loop& loop = Loop::running();
  if (*deadline_ <= loop.now()) return turn_->set_finished();
  timer_ = new Alarm(turn_);
  timer_->when = *deadline_;
  timer_->use = TimerUse::sleep;
  timer_->site = loop.site(at_);
  timer_->at_poll = true;
  loop.call_at(timer_);
}

void SleepUntil::await_resume() {
  leave();
  Blocked::await_resume();
  // trio sleeps in a scope of its own, whose Cancelled goes on outwards where an outer scope was cancelled meanwhile.
  if (Seat::of(*task_).cancelled()) Seat::of(*task_).throw_cancelled();
}

void SleepUntil::leave() {
  if (timer_ && timer_->queued()) Loop::running().cancel_timer(*timer_);
  timer_ = {};
  const Ref<CancelStatus> node = std::exchange(node_, {});
  if (!node) return;
  if (task_->mode) Seat::of(*task_).move_to(node->parent());  // else the run is over
  node->close();
}

namespace {
/// Waits to be cancelled where the scope is; where it is so no more when the task runs again, nothing happens.
class [[nodiscard]] CancelPoint : public Blocked {
 public:
  explicit CancelPoint(Place at) : Blocked(Wait::scope, 0, at) {}
  void await_resume() {
    task_->resumed(nullptr);
    if (Seat::of(*task_).cancelled()) Seat::of(*task_).throw_cancelled();
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
