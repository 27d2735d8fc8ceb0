#include "core/runtime/sleep.h"

#include "core/runtime/intervened.h"
#include "core/runtime/workers.h"

namespace awaitscope::runtime {

namespace {
class Wake final : public Timer {
 public:
  explicit Wake(Ref<FutureBase> future) : future_(std::move(future)) {}
  void fire(Loop&) override {
    if (!future_->done()) future_->set_finished();
  }
  const FutureBase* finishes() const override { return future_.get(); }

 private:
  Ref<FutureBase> future_;
};

void take_thread(Duration length, std::string_view what, bool cpu, const Place& at) {
  Loop& loop = Loop::running();
  if (Intervened* on = loop.intervened(); on && on->to_worker(length, what, cpu, at)) return;
  loop.block(length, what, cpu, at);
}
}  // namespace

void SleepAwaiter::await_suspend(std::coroutine_handle<> frame) {
  Loop& loop = Loop::running();
  task_ = loop.current_task();
  const SiteId site = loop.site(at_);
  if (delay_.count() <= 0) return task_->yield(frame, site);
  done_ = new FutureBase;
  done_->wait = wait_;
  done_->object = object_;
  timer_ = new Wake(done_);
  timer_->when = loop.now() + delay_;
  timer_->use = wait_ == Wait::sleep ? TimerUse::sleep : TimerUse::external;
  timer_->site = site;
  loop.call_at(timer_);
  task_->wait_for(frame, *done_, site);
}

void SleepAwaiter::await_resume() {
  if (timer_ && timer_->queued()) Loop::running().cancel_timer(*timer_);  // interrupted
  timer_ = {};
  task_->resumed(done_.get());
  if (done_) done_->check();
}

void block_for(Duration length, std::string_view what, Place at) {
  if (Job* job = this_thread().job) job->occupy(length);
  else take_thread(length, what, false, at);
}

void compute_for(Duration length, std::string_view what, Place at) {
  if (Job* job = this_thread().job) job->compute(length);
  else take_thread(length, what, true, at);
}

SleepAwaiter::~SleepAwaiter() {
  if (timer_ && timer_->queued()) Loop::running().cancel_timer(*timer_);
}

}  // namespace awaitscope::runtime
