#include "core/runtime/semaphore.h"

namespace awaitscope::runtime {

Semaphore::Semaphore(int permits, std::string_view name, Place at)
    : loop_(Loop::running()), id_(loop_.next_resource_id()), value_(permits) {
  if (permits < 0) throw ValueError("Semaphore initial value must be >= 0");
  loop_.emit(Kind::resource_created, loop_.site(at), loop_.cause(),
             {.a = id_.value,
              .b = static_cast<std::uint32_t>(permits),
              .c = static_cast<std::uint8_t>(ResourceType::semaphore),
              .d = loop_.recorder().text(name).value});
}

Semaphore::~Semaphore() {
  if (!loop_.closing()) loop_.emit(Kind::resource_destroyed, {}, loop_.cause(), {.a = id_.value});
}

Seq Semaphore::emit(Kind kind, const Place& at) {
  return loop_.emit(
      kind, loop_.site(at), loop_.cause(),
      {.a = id_.value, .b = static_cast<std::uint32_t>(value_), .d = static_cast<std::uint32_t>(waiters_.size())});
}

bool Semaphore::locked() const {
  if (value_ == 0) return true;
  for (const auto& waiter : waiters_)  // a woken one counts until it has resumed (rules P1, P3)
    if (!waiter->cancelled()) return true;
  return false;
}

bool Semaphore::wake_next() {
  for (const auto& waiter : waiters_) {
    if (waiter->done()) continue;
    --value_;
    waiter->set_finished();
    return true;
  }
  return false;
}

void Semaphore::release(Place at) {
  ++value_;
  const Seq released = emit(Kind::released, at);
  Loop::Because because(loop_, released);
  wake_next();
}

bool Semaphore::Acquire::await_ready() {
  if (semaphore_.locked()) return false;
  --semaphore_.value_;
  semaphore_.emit(Kind::acquired, at_);
  return true;
}

void Semaphore::Acquire::await_suspend(std::coroutine_handle<> frame) {
  task_ = semaphore_.loop_.current_task();
  turn_ = new FutureBase;
  turn_->wait = Wait::semaphore;
  turn_->object = semaphore_.id_.value;
  place_ = semaphore_.waiters_.insert(semaphore_.waiters_.end(), turn_);
  semaphore_.emit(Kind::acquire_begin, at_);
  task_->wait_for(frame, *turn_, semaphore_.loop_.site(at_));
}

void Semaphore::Acquire::leave_queue() {
  if (!turn_) return;
  semaphore_.waiters_.erase(place_);
  turn_ = {};
}

void Semaphore::Acquire::await_resume() {
  if (!turn_) return;
  const Ref<FutureBase> turn = turn_;
  leave_queue();
  try {
    task_->resumed(turn.get());
    turn->check();
  } catch (...) {  // rule P4: a permit that was handed over goes on to the next
    if (turn->done() && !turn->cancelled()) ++semaphore_.value_;
    semaphore_.emit(Kind::acquire_abandoned, at_);
    while (semaphore_.value_ > 0 && semaphore_.wake_next()) {}
    throw;
  }
  while (semaphore_.value_ > 0 && semaphore_.wake_next()) {}
  semaphore_.emit(Kind::acquired, at_);
}

Semaphore::Acquire::~Acquire() { leave_queue(); }

}  // namespace awaitscope::runtime
