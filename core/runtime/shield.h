#pragma once
// asyncio.shield: cancelling the awaiter leaves the awaited task alone (rules S1 to S4).
#include "core/runtime/task.h"

namespace awaitscope::runtime {

namespace detail {
/// The outer future of a shield around `inner`; `inner` itself where it is done (rule S4).
Ref<FutureBase> shield_future(const Ref<FutureBase>& inner, Place at);
}  // namespace detail

template <class T>
class [[nodiscard]] ShieldAwaiter : public Waiting {
 public:
  ShieldAwaiter(const Future<T>& inner, Place at) : Waiting(detail::shield_future(inner.base(), at), at), inner_(inner) {}
  T await_resume() {
    Waiting::await_resume();
    return inner_.held().take();
  }

 private:
  Future<T> inner_;
};

/// `co_await shield(task)`: cancelling the caller ends this wait with CancelledError while the task runs on; keep a handle to
/// it.  A coroutine is made a task (rule S1).
template <class T>
ShieldAwaiter<T> shield(const Future<T>& future, Place at = Place::current()) {
  return {future, at};
}
template <class T>
ShieldAwaiter<T> shield(Task<T> coroutine, Place at = Place::current()) {
  return {ensure_future(std::move(coroutine), at), at};
}

}  // namespace awaitscope::runtime
