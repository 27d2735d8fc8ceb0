#include "core/runtime/semaphore.h"

namespace awaitscope::runtime {
namespace {
std::uint32_t checked(int permits, const Place& at) {
  if (permits < 0) misuse<ValueError>("Semaphore initial value must be >= 0", at);
  return static_cast<std::uint32_t>(permits);
}
}  // namespace

Semaphore::Semaphore(int permits, std::string_view name, Place at) : Semaphore(permits, std::nullopt, name, at) {}

Semaphore::Semaphore(int permits, std::optional<int> most, std::string_view name, Place at)
    : resource_(ResourceType::semaphore, checked(permits, at), checked(permits, at), name, at), most_(most) {}

void Semaphore::give_back(const Place& at) noexcept {
  if (full()) record_misuse("BoundedSemaphore released too many times", at);
  else release(at);
}

void Semaphore::release(Place at) {
  if (full()) misuse<ValueError>("BoundedSemaphore released too many times", at);
  ++resource_.value;
  const Seq released = resource_.emit(Kind::released, at);
  Loop::Because because(resource_.loop(), released);
  if (line_.wake_one()) --resource_.value;
}

void Semaphore::hand_on() {
  while (resource_.value > 0 && line_.wake_one()) --resource_.value;
}

bool Semaphore::Acquire::await_ready() {
  if (semaphore_.locked()) return false;
  --semaphore_.resource_.value;
  semaphore_.resource_.emit(Kind::acquired, at_);
  return true;
}

void Semaphore::Acquire::await_resume() {
  if (!turn_.was_parked()) return;
  Resource& resource = semaphore_.resource_;
  try {
    turn_.resume();
  } catch (...) {
    if (turn_.was_woken()) ++resource.value;
    const Seq abandoned = resource.emit(Kind::acquire_abandoned, at_);
    Loop::Because because(resource.loop(), abandoned);
    semaphore_.hand_on();
    throw;
  }
  semaphore_.hand_on();  // others may have got in line while permits were free (rule P3)
  resource.emit(Kind::acquired, at_);
}

}  // namespace awaitscope::runtime
