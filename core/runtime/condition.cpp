#include "core/runtime/condition.h"

namespace awaitscope::runtime {

Condition::Condition(std::string_view name, Place at)
    : own_(std::in_place, std::string(name) + ".lock", at), lock_(*own_), resource_(ResourceType::condition, 0, 0, name, at) {}

Condition::Condition(Lock& lock, std::string_view name, Place at)
    : lock_(lock), resource_(ResourceType::condition, 0, 0, name, at) {}

class [[nodiscard]] Condition::Notified {
 public:
  Notified(Condition& condition, Place at)
      : condition_(condition), at_(at), turn_(condition.line_, condition.resource_, Wait::condition, at) {}
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> frame) { turn_.suspend(frame); }
  void await_resume() {
    if (turn_.was_woken()) --condition_.resource_.value;
    try {
      turn_.resume();
    } catch (...) {
      condition_.resource_.emit(Kind::acquire_abandoned, at_);
      throw;
    }
    condition_.resource_.emit(Kind::acquired, at_);
  }

 private:
  Condition& condition_;
  Place at_;
  Parked turn_;
};

Task<void> Condition::wait(Place at) {
  if (!locked()) misuse<RuntimeError>("cannot wait on un-acquired lock", at);
  lock_.release(at);
  std::exception_ptr error;
  try {
    co_await Notified(*this, at);
  } catch (...) { error = std::current_exception(); }
  for (bool holds = false; !holds;) {  // rule P11: the lock comes first, and the latest request wins
    try {
      co_await lock_.acquire(at);
      holds = true;
    } catch (const CancelledError&) { error = std::current_exception(); }
  }
  if (!error) co_return;
  wake(1, at);  // rule P14
  std::rethrow_exception(std::exchange(error, {}));
}

void Condition::notify(std::size_t n, Place at) {
  if (!locked()) misuse<RuntimeError>("cannot notify on un-acquired lock", at);
  wake(n, at);
}

void Condition::wake(std::size_t n, const Place& at) {
  const std::size_t woken = std::min(n, line_.asleep());
  if (woken == 0) return;
  resource_.value += static_cast<std::uint32_t>(woken);
  const Seq notified = resource_.emit(Kind::level, at);
  Loop::Because because(resource_.loop(), notified);
  line_.wake(woken);
}

}  // namespace awaitscope::runtime
