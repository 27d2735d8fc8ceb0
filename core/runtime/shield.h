#pragma once
// asyncio.shield: cancelling the awaiter leaves the awaited task alone (rules S1 to S4).
#include "core/runtime/task.h"

namespace awaitscope::runtime {

/// The outer future of a shield.
class ShieldFuture final : public FutureBase {
 public:
  ShieldFuture(TaskBase& inner, Place at);
  /// Cancels this side only, and the trace says so.
  bool cancel(const CancelCall& call) override;
  /// Connects both sides; apart from the constructor, since callbacks share in it.
  void connect();

 private:
  void inner_done();
  void end(Outcome how);
  Ref<TaskBase> inner_;
  Place at_;
  ScopeId scope_;
};

template <class T>
class [[nodiscard]] ShieldAwaiter {
 public:
  ShieldAwaiter(Ref<TaskState<T>> inner, Place at) : inner_(std::move(inner)), at_(at) {
    if (inner_->done()) return;  // then it is that thing itself (rule S4)
    outer_ = new ShieldFuture(*inner_, at);
    outer_->connect();
  }
  bool await_ready() const noexcept { return !outer_ || outer_->done(); }
  void await_suspend(std::coroutine_handle<> frame) {
    Loop& loop = Loop::running();
    waited_ = loop.current_task();
    waited_->wait_for(frame, *outer_, loop.site(at_));
  }
  T await_resume() {
    if (waited_) waited_->resumed(outer_.get());
    if (outer_) outer_->check();
    inner_->check();
    if constexpr (!std::is_void_v<T>) return inner_->held.take();
  }

 private:
  Ref<TaskState<T>> inner_;
  Place at_;
  Ref<ShieldFuture> outer_;
  TaskBase* waited_ = nullptr;
};

/// `co_await shield(task)`: cancelling the caller ends this wait with CancelledError while the task runs on; keep a handle to
/// it.  A coroutine is made a task (rule S1).
template <class T>
ShieldAwaiter<T> shield(const TaskHandle<T>& task, Place at = Place::current()) {
  return {task.state(), at};
}
template <class T>
ShieldAwaiter<T> shield(Task<T> coroutine, Place at = Place::current()) {
  return {create_task(std::move(coroutine), {}, ScopeId{}, at).state(), at};
}

}  // namespace awaitscope::runtime
