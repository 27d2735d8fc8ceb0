#include "core/runtime/trio/sync.h"

#include <algorithm>

namespace awaitscope::trio {

using runtime::misuse;
using runtime::RuntimeError;
using runtime::ValueError;

void ParkingLot::Park::await_suspend(std::coroutine_handle<> frame) {
  lot_.line_.push_back(this);
  parked_ = true;
  ++lot_.resource_.waiters;
  lot_.resource_.emit(Kind::acquire_begin, at_);
  Blocked::await_suspend(frame);
}

void ParkingLot::Park::await_resume() {
  leave();
  try {
    Blocked::await_resume();
  } catch (...) {
    lot_.resource_.emit(Kind::acquire_abandoned, at_);
    throw;
  }
  lot_.resource_.emit(Kind::acquired, at_);
}

void ParkingLot::Park::leave() {
  if (!std::exchange(parked_, false)) return;
  const Loop* loop = Loop::running_or_null();
  if (!loop || loop->closed()) return;  // the run is over, and the lot may be gone before those in it
  std::erase(lot_.line_, this);
  --lot_.resource_.waiters;
}

ParkingLot::Park::~Park() { leave(); }

bool ParkingLot::empty() const {
  return std::all_of(line_.begin(), line_.end(), [](const Park* park) { return park->turn_->done(); });
}

TaskId ParkingLot::unpark() {
  for (Park* park : line_) {
    if (park->turn_->done()) continue;
    park->turn_->set_finished();
    return park->task_->id();
  }
  return {};
}

void ParkingLot::unpark_all() {
  while (unpark()) {}
}

// ------------------------------------------------------------------------------------------------ Event

Event::Event(std::string_view name, Place at) : resource_(ResourceType::event, 0, 0, name, at), lot_(resource_, Wait::event) {
  resource_.offer({this, [](void* self) { return static_cast<Event*>(self)->is_set() ? "it is set already" : nullptr; },
                   [](void* self) { static_cast<Event*>(self)->set(Place{}); }, Hand::What::set});
}

Task<void> Event::wait(Place at) {
  if (!is_set()) {
    co_await lot_.park(at);
    co_return;
  }
  resource_.emit(Kind::acquired, at);
  co_await checkpoint(at);
}

void Event::set(Place at) {
  if (is_set()) return;
  resource_.value = 1;
  Loop::Because because(resource_.loop(), resource_.emit(Kind::level, at));
  lot_.unpark_all();
}

// ------------------------------------------------------------------------------------------------ Semaphore

namespace {
std::uint32_t checked(int value, std::optional<int> most, const Place& at) {
  if (value < 0) misuse<ValueError>("initial value must be >= 0", at);
  if (most && *most < value) misuse<ValueError>("max_values must be >= initial_value", at);
  return static_cast<std::uint32_t>(value);
}
}  // namespace

Semaphore::Semaphore(int initial_value, std::optional<int> max_value, std::string_view name, Place at)
    : resource_(ResourceType::semaphore, checked(initial_value, max_value, at), checked(initial_value, max_value, at), name,
                at),
      max_value_(max_value),
      lot_(resource_, Wait::semaphore) {
  resource_.offer({this, [](void* self) { return static_cast<Semaphore*>(self)->full() ? "it has all its permits" : nullptr; },
                   [](void* self) { static_cast<Semaphore*>(self)->release(Place{}); }, Hand::What::release});
}

void Semaphore::acquire_nowait(Place at) {
  if (resource_.value == 0) throw WouldBlock();
  --resource_.value;
  resource_.emit(Kind::acquired, at);
}

Task<void> Semaphore::acquire(Place at) {
  co_await checkpoint_if_cancelled(at);
  if (resource_.value == 0) {
    co_await lot_.park(at);
    co_return;
  }
  acquire_nowait(at);
  co_await cancel_shielded_checkpoint(at);
}

void Semaphore::release(Place at) {
  if (full()) misuse<ValueError>("semaphore released too many times", at);
  if (lot_.empty()) ++resource_.value;  // else the permit is the first one's, and never free
  Loop::Because because(resource_.loop(), resource_.emit(Kind::released, at));
  lot_.unpark();
}

// ------------------------------------------------------------------------------------------------ Lock

Lock::Lock(std::string_view name, Place at) : resource_(ResourceType::lock, 1, 1, name, at), lot_(resource_, Wait::lock) {}

void Lock::acquire_nowait(Place at) {
  const TaskId task = Loop::running().current_id();
  if (owner_ == task) misuse<RuntimeError>("attempt to re-acquire an already held Lock", at);
  if (owner_ || !lot_.empty()) throw WouldBlock();
  owner_ = task;
  resource_.value = 0;
  resource_.emit(Kind::acquired, at);
}

Task<void> Lock::acquire(Place at) {
  co_await checkpoint_if_cancelled(at);
  bool taken = true;
  try {
    acquire_nowait(at);
  } catch (const WouldBlock&) { taken = false; }
  if (taken) co_await cancel_shielded_checkpoint(at);
  else co_await lot_.park(at);
}

void Lock::release(Place at) {
  if (owner_ != Loop::running().current_id()) misuse<RuntimeError>("can't release a Lock you don't own", at);
  resource_.value = lot_.empty();
  Loop::Because because(resource_.loop(), resource_.emit(Kind::released, at));
  owner_ = lot_.unpark();
}

}  // namespace awaitscope::trio
