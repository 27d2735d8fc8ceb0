#pragma once
// trio's checkpoints: where a task lets others run and notices that it is cancelled (rules O3, O8).
#include "core/runtime/trio/cancel_status.h"

namespace awaitscope::trio {

/// Suspends the current task until its `turn` is finished by somebody, or cancelled by a scope: wait_task_rescheduled.
class [[nodiscard]] Blocked {
 public:
  Blocked(Wait wait, std::uint32_t object, Place at) : wait_(wait), object_(object), at_(at) {}
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> frame);
  /// Throws Cancelled if that is why it runs again.
  void await_resume();
  const Ref<FutureBase>& turn() const { return turn_; }

 protected:
  Wait wait_;
  std::uint32_t object_;
  Place at_;
  TaskBase* task_ = nullptr;
  Ref<FutureBase> turn_;
};

/// Lets everybody who is ready run once; no cancel is noticed: cancel_shielded_checkpoint.
class [[nodiscard]] CancelShieldedCheckpoint {
 public:
  explicit CancelShieldedCheckpoint(Place at) : at_(at) {}
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> frame);
  void await_resume() { task_->resumed(nullptr); }

 private:
  Place at_;
  TaskBase* task_ = nullptr;
};
inline CancelShieldedCheckpoint cancel_shielded_checkpoint(Place at = Place::current()) { return CancelShieldedCheckpoint(at); }

/// Waits until a moment: as in trio a scope of its own with a deadline, within which it waits for ever.
class [[nodiscard]] SleepUntil : public Blocked {
 public:
  SleepUntil(std::optional<Instant> deadline, Place at) : Blocked(Wait::sleep, 0, at), deadline_(deadline) {}
  void await_suspend(std::coroutine_handle<> frame);
  void await_resume();

 private:
  std::optional<Instant> deadline_;
  Ref<CancelScope::State> scope_;
};

/// A checkpoint and no more: lets others run, then throws Cancelled if the current scope is cancelled (rule O8).
Task<void> checkpoint(Place at = Place::current());
/// trio's own: a shield was put up in the one turn between noticing a cancel and delivering it.
struct AssertionError : std::logic_error {
  AssertionError() : logic_error("this should never happen") {}
};
/// A checkpoint only if the current scope is cancelled: what every operation that may not wait begins with.
Task<void> checkpoint_if_cancelled(Place at = Place::current());
/// Waits for `delay`; zero is a checkpoint, less a ValueError.
Task<void> sleep(Duration delay, Place at = Place::current());
/// Waits until a moment, which may be past.
inline SleepUntil sleep_until(Instant deadline, Place at = Place::current()) { return {deadline, at}; }
/// Waits until it is cancelled.
inline SleepUntil sleep_forever(Place at = Place::current()) { return {std::nullopt, at}; }

}  // namespace awaitscope::trio
