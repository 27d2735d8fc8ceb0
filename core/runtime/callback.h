#pragma once
// Plain callbacks of the loop: loop.call_soon, call_later, call_at (rules L2, L4, T2, T3).
#include <functional>

#include "core/runtime/task.h"

namespace awaitscope::runtime {

/// What call_soon, call_later and call_at return.
class CallHandle {
 public:
  class Call;
  /// Of no call; only to be assigned to.
  CallHandle() = default;
  explicit CallHandle(const Ref<Call>& call);
  /// It is not called, if it was not yet; its place in the queue stays (rule L4).  May be called again.
  void cancel();
  bool cancelled() const;

 private:
  Ref<Counted> call_;
};

/// Calls `function` in the next iteration, behind everything that is ready.  What it throws is reported and the loop goes on
/// (rule L5).
CallHandle call_soon(std::function<void()> function, Place at = Place::current());
/// Calls it `delay` from now; a delay of zero or less is due at the next poll, behind what is ready by then (rule T2).
CallHandle call_later(Duration delay, std::function<void()> function, Place at = Place::current());
/// Calls it at a moment of the loop's clock.
CallHandle call_at(Instant when, std::function<void()> function, Place at = Place::current());

/// The loop's clock: loop.time(), as a moment.
inline Instant now() { return Loop::running().now(); }

}  // namespace awaitscope::runtime
