#include "core/runtime/parking_lot.h"

namespace awaitscope::runtime {

Resource::Resource(ResourceType type, std::uint32_t capacity, std::uint32_t value, std::string_view name, const Place& at)
    : value(value), loop_(Loop::running()), id_(loop_.next_resource_id()) {
  loop_.emit(Kind::resource_created, loop_.site(at), loop_.cause(),
             {.a = id_.value, .b = capacity, .c = static_cast<std::uint8_t>(type), .d = loop_.recorder().text(name).value});
}

Resource::~Resource() {
  if (Loop::running_or_null() != &loop_) return;
  loop_.emit(Kind::resource_destroyed, {}, loop_.cause(), {.a = id_.value});
  if (Hands* hands = loop_.hands()) hands->withdraw(id_);
}

Seq Resource::emit(Kind kind, const Place& at) {
  return loop_.emit(kind, loop_.site(at), loop_.cause(), {.a = id_.value, .b = value, .d = waiters});
}

bool ParkingLot::busy() const {
  for (const Parked* turn = first_; turn; turn = turn->after_)
    if (!turn->turn_->cancelled()) return true;
  return false;
}

bool ParkingLot::anyone_asleep() const {
  const Parked* turn = first_;
  while (turn && turn->turn_->done()) turn = turn->after_;
  return turn != nullptr;
}

std::size_t ParkingLot::asleep() const {
  std::size_t count = 0;
  for (const Parked* turn = first_; turn; turn = turn->after_) count += !turn->turn_->done();
  return count;
}

std::size_t ParkingLot::wake(std::size_t count) {
  std::size_t woken = 0;
  for (Parked* turn = first_; turn && woken < count; turn = turn->after_) {
    if (turn->turn_->done()) continue;
    turn->turn_->set_finished();
    ++woken;
  }
  return woken;
}

void ParkingLot::wake_front() {
  if (first_ && !first_->turn_->done()) first_->turn_->set_finished();
}

void Parked::suspend(std::coroutine_handle<> frame) {
  Loop& loop = resource_.loop();
  task_ = loop.current_task();
  turn_ = new FutureBase;
  turn_->wait = wait_;
  turn_->object = resource_.id().value;
  before_ = lot_.last_;
  (before_ ? before_->after_ : lot_.first_) = this;
  lot_.last_ = this;
  in_line_ = true;
  ++resource_.waiters;
  resource_.emit(Kind::acquire_begin, at_);
  task_->wait_for(frame, *turn_, loop.site(at_));
}

void Parked::resume() {
  leave();
  task_->resumed(turn_.get());
  turn_->check();
}

void Parked::leave() noexcept {
  if (!std::exchange(in_line_, false)) return;
  const Loop* loop = Loop::running_or_null();
  if (!loop || loop->closed()) return;  // the run is over, and the primitive may be gone before its waiters
  (before_ ? before_->after_ : lot_.first_) = after_;
  (after_ ? after_->before_ : lot_.last_) = before_;
  --resource_.waiters;
}

}  // namespace awaitscope::runtime
