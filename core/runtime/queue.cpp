#include "core/runtime/queue.h"

#include "core/runtime/intervened.h"

namespace awaitscope::runtime {

// In a trace `acquired` is the end of a get, or of a put's wait for room; `level` is a put and `released` a task_done.

namespace {
std::size_t limit_of(std::string_view name, std::size_t maxsize) {
  const Intervened* on = Loop::running().intervened();
  return on ? on->queue_limit(name, maxsize) : maxsize;
}
}  // namespace

QueueBase::QueueBase(std::size_t maxsize, std::string_view name, const Place& at)
    : maxsize_(limit_of(name, maxsize)), resource_(ResourceType::queue, static_cast<std::uint32_t>(maxsize_), 0, name, at) {}

void QueueBase::item_put(const Place& at) {
  ++resource_.value;
  ++unfinished_;
  const Seq put = resource_.emit(Kind::level, at);
  Loop::Because because(resource_.loop(), put);
  getters_.wake_one();
}

void QueueBase::item_taken(const Place& at) {
  --resource_.value;
  const Seq taken = resource_.emit(Kind::acquired, at);
  Loop::Because because(resource_.loop(), taken);
  putters_.wake_one();
}

void QueueBase::task_done(Place at) {
  if (unfinished_ == 0) misuse<ValueError>("task_done() called too many times", at);
  --unfinished_;
  const Seq finished = resource_.emit(Kind::released, at);
  Loop::Because because(resource_.loop(), finished);
  if (unfinished_ == 0) joiners_.wake_all();
}

void QueueBase::Turn::await_resume() {
  try {
    turn_.resume();
  } catch (...) {
    const Seq abandoned = queue_.resource_.emit(Kind::acquire_abandoned, at_);
    Loop::Because because(queue_.resource_.loop(), abandoned);
    if (turn_.was_woken() && !in_vain()) line().wake_one();
    throw;
  }
  if (in_vain()) queue_.resource_.emit(Kind::acquire_abandoned, at_);  // somebody was faster; it gets in line again
  else if (wait_ == Wait::queue_put) queue_.resource_.emit(Kind::acquired, at_);
}

void QueueBase::Join::await_resume() {
  if (!turn_.was_parked()) return;
  try {
    turn_.resume();
  } catch (...) {
    queue_.resource_.emit(Kind::acquire_abandoned, at_);
    throw;
  }
  queue_.resource_.emit(Kind::acquired, at_);
}

}  // namespace awaitscope::runtime
