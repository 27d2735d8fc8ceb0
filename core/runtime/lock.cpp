#include "core/runtime/lock.h"

namespace awaitscope::runtime {

Lock::Lock(std::string_view name, Place at) : resource_(ResourceType::lock, 1, 1, name, at) {}

void Lock::release(Place at) {
  if (!locked()) misuse<RuntimeError>("Lock is not acquired.", at);
  resource_.value = 1;
  const Seq released = resource_.emit(Kind::released, at);
  Loop::Because because(resource_.loop(), released);
  line_.wake_front();
}

void Lock::give_back(const Place& at) noexcept {
  if (locked()) release(at);
  else record_misuse("Lock is not acquired.", at);
}

bool Lock::Acquire::await_ready() {
  if (lock_.locked() || lock_.line_.busy()) return false;
  lock_.resource_.value = 0;
  lock_.resource_.emit(Kind::acquired, at_);
  return true;
}

void Lock::Acquire::await_resume() {
  if (!turn_.was_parked()) return;
  try {
    turn_.resume();
  } catch (...) {
    const Seq abandoned = lock_.resource_.emit(Kind::acquire_abandoned, at_);
    Loop::Because because(lock_.resource_.loop(), abandoned);
    if (!lock_.locked()) lock_.line_.wake_front();
    throw;
  }
  lock_.resource_.value = 0;
  lock_.resource_.emit(Kind::acquired, at_);
}

}  // namespace awaitscope::runtime
