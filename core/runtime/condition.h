#pragma once
// asyncio.Condition: a lock, and a line of tasks that wait for news about what it guards (rules P9 to P11, P14).
#include <optional>

#include "core/runtime/lock.h"

namespace awaitscope::runtime {

class Condition {
 public:
  /// With a lock of its own, which traces call "`name`.lock".
  explicit Condition(std::string_view name = "condition", Place at = Place::current());
  /// With a lock that others use too; it outlives the condition.
  explicit Condition(Lock& lock, std::string_view name = "condition", Place at = Place::current());
  Condition(const Condition&) = delete;
  Condition& operator=(const Condition&) = delete;

  /// The lock's own operations.
  [[nodiscard]] Lock::Acquire acquire(Place at = Place::current()) { return lock_.acquire(at); }
  [[nodiscard]] Hold<Lock> hold(Place at = Place::current()) { return lock_.hold(at); }
  void release(Place at = Place::current()) { lock_.release(at); }
  bool locked() const { return lock_.locked(); }

  /// Frees the lock, waits to be notified, and returns holding the lock again (rule P9); RuntimeError where it is free.
  /// Cancelled, it takes the lock back first, then throws (rule P11), and a notification that may have been meant for it
  /// goes on to the next: others can wake for nothing and must look again (rule P14).
  Task<void> wait(Place at = Place::current());
  /// Waits until `predicate()` holds and returns its value.  It is asked before waiting and after each wake-up, under the
  /// lock (rule P10).
  template <class Predicate>
  auto wait_for(Predicate predicate, Place at = Place::current()) -> Task<std::invoke_result_t<Predicate&>>;

  /// Wakes the `n` who have waited longest; each goes on once it has the lock (rule P9).  RuntimeError where it is free.
  void notify(std::size_t n = 1, Place at = Place::current());
  void notify_all(Place at = Place::current()) { notify(line_.asleep(), at); }

 private:
  void wake(std::size_t n, const Place& at);
  /// One wait to be notified, without the lock.
  class Notified;

  std::optional<Lock> own_;
  Lock& lock_;
  Resource resource_;  // value: notified and not yet awake
  ParkingLot line_;
};

// ------------------------------------------------------------------------------------------------ templates

template <class Predicate>
auto Condition::wait_for(Predicate predicate, Place at) -> Task<std::invoke_result_t<Predicate&>> {
  static_assert(
      std::is_trivially_destructible_v<Predicate>,
      "name the lambda first, or capture by reference: g++ 12 destroys such a temporary twice in a co_await expression");
  auto result = predicate();
  while (!result) {
    co_await wait(at);
    result = predicate();
  }
  co_return result;
}

}  // namespace awaitscope::runtime
