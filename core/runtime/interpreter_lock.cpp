#include "core/runtime/interpreter_lock.h"

#include <algorithm>
#include <thread>

namespace awaitscope::runtime {

void InterpreterLock::compute(const Ref<Job>& job, Duration length, std::function<void()> done) {
  Work work{job, length, std::move(done)};
  if (!holder_) {
    holder_ = std::move(work);
    return begin_turn();
  }
  job->cause = loop_.emit_for({}, Kind::job_paused, {}, job->cause, {.a = job->id.value, .b = holder_->job->id.value});
  waiting_.push_back(std::move(work));
  if (!alone_) return;
  // From now on the holder is no longer undisturbed.
  holder_->left -= loop_.now() - since_;
  begin_turn();
}

void InterpreterLock::begin_turn() {
  since_ = loop_.now();
  alone_ = waiting_.empty();
  const ThreadOptions& how = loop_.threads();
  const Duration work = alone_ ? holder_->left : std::min(holder_->left, how.switch_interval);
  const double slower = alone_ ? 1 : 1 + how.contention;
  const Duration takes{static_cast<std::int64_t>(static_cast<double>(work.count()) * slower + 0.5)};
  loop_.external_at(since_ + takes, [this, turn = ++turns_, work] {
    if (turn == turns_) end_turn(work);
  });
}

void InterpreterLock::end_turn(Duration got_done) {
  holder_->left -= got_done;
  if (holder_->left.count() > 0) {
    Job& job = *holder_->job;
    job.cause = loop_.emit_for({}, Kind::job_paused, {}, job.cause, {.a = job.id.value, .b = waiting_.front().job->id.value});
    waiting_.push_back(std::move(*holder_));
    return hand_over();
  }
  const Work finished = std::move(*holder_);
  holder_.reset();
  finished.done();
  if (!holder_ && !waiting_.empty()) hand_over();
}

void InterpreterLock::hand_over() {
  holder_ = std::move(waiting_.front());
  waiting_.pop_front();
  Job& job = *holder_->job;
  job.cause = loop_.emit_for({}, Kind::job_resumed, {}, job.cause, {.a = job.id.value});
  begin_turn();
}

void InterpreterLock::really_hold(Duration length) {
  for (Duration left = length; left.count() > 0;) {
    const Duration turn = std::min(left, loop_.threads().switch_interval);
    {
      const std::lock_guard lock(real_);
      std::this_thread::sleep_for(turn);
    }
    std::this_thread::yield();
    left -= turn;
  }
}

}  // namespace awaitscope::runtime
