#pragma once
// Plain callbacks of the loop: loop.call_soon and loop.call_later (rules L2, L4, T2, T3).
#include <functional>

#include "core/runtime/task.h"

namespace awaitscope::runtime {

/// What call_soon and call_later return.
class CallHandle {
 public:
  class Call;
  explicit CallHandle(Ref<Call> call);
  CallHandle(const CallHandle&);
  CallHandle& operator=(const CallHandle&);
  ~CallHandle();
  /// It is not called, if it was not yet; its place in the queue stays (rule L4).  May be called again.
  void cancel();
  bool cancelled() const;

 private:
  Ref<Call> call_;
};

/// Calls `function` in the next iteration, behind everything that is ready.  What it throws is reported and the loop goes on
/// (rule L5).
CallHandle call_soon(std::function<void()> function, Place at = Place::current());
/// Calls it `delay` from now; a delay of zero or less is due at the next poll, behind what is ready by then (rule T2).
CallHandle call_later(Duration delay, std::function<void()> function, Place at = Place::current());

}  // namespace awaitscope::runtime
