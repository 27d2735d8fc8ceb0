#include "core/runtime/semaphore.h"

namespace awaitscope::runtime {
namespace {
std::uint32_t checked(int permits, const Place& at) {
  if (permits < 0) misuse<ValueError>("Semaphore initial value must be >= 0", at);
  return static_cast<std::uint32_t>(permits);
}
}  // namespace

Semaphore::Semaphore(int permits, std::string_view name, Place at) : Semaphore(permits, std::nullopt, name, at) {}

Semaphore::Semaphore(int permits, std::optional<int> most, std::string_view name, Place at, ResourceType type)
    : resource_(type, checked(permits, at), checked(permits, at), name, at), most_(most) {
  if (type != ResourceType::semaphore) return;
  resource_.offer({this, [](void* self) { return static_cast<Semaphore*>(self)->full() ? "it has all its permits" : nullptr; },
                   [](void* self) { static_cast<Semaphore*>(self)->release(Place{}); }, Hand::What::release});
}

void Semaphore::give_back(const Place& at) noexcept {
  if (full()) record_misuse("BoundedSemaphore released too many times", at);
  else release(at);
}

void Semaphore::release(Place at) {
  if (full()) misuse<ValueError>("BoundedSemaphore released too many times", at);
  const bool handed = line_.anyone_asleep();  // rule P2: the permit is the first one's, and never free
  if (!handed) ++resource_.value;
  const Seq released = resource_.emit(Kind::released, at);
  Loop::Because because(resource_.loop(), released);
  if (handed) line_.wake_one();
}

std::size_t Semaphore::set_aside() {
  if (resource_.value == 0) return 0;
  const std::size_t count = std::min<std::size_t>(resource_.value, line_.asleep());
  resource_.value -= static_cast<std::uint32_t>(count);
  return count;
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
  const auto record = [&](Kind kind) {
    const std::size_t others = semaphore_.set_aside();
    Loop::Because because(resource.loop(), resource.emit(kind, at_));
    semaphore_.line_.wake(others);
  };
  try {
    turn_.resume();
  } catch (...) {
    if (turn_.was_woken()) ++resource.value;  // rule P4
    record(Kind::acquire_abandoned);
    throw;
  }
  record(Kind::acquired);
}

}  // namespace awaitscope::runtime
