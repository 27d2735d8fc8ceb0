#pragma once
// asyncio.Lock: one holder at a time, a FIFO line, no owner (rules P4, P6, P7).
#include "core/runtime/parking_lot.h"

namespace awaitscope::runtime {

class Lock {
 public:
  /// Free at first.  `name` is how traces call it.
  explicit Lock(std::string_view name = "lock", Place at = Place::current());
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

  class Acquire;
  class Hold;
  class Permit;
  /// Takes the lock, waiting in line for it; without suspension where it is free and nobody waits (rule P6).  Not
  /// re-entrant: a holder that asks again waits for itself (rule P7).
  [[nodiscard]] Acquire acquire(Place at = Place::current());
  /// `auto permit = co_await lock.hold();` is `async with lock:`; the permit gives the lock back itself.
  [[nodiscard]] Hold hold(Place at = Place::current());
  /// Frees the lock, whoever holds it, and wakes the first in line.  RuntimeError if it is free (rule P7).
  void release(Place at = Place::current());
  bool locked() const { return resource_.value == 0; }

 private:
  void give_back(const Place& at) noexcept;

  Resource resource_;  // value: 1 while it is free
  ParkingLot line_;
};

/// The end of a block that holds the lock; move-only.
class [[nodiscard]] Lock::Permit {
 public:
  Permit(Lock* lock, Place at) : lock_(lock), at_(at) {}
  Permit(Permit&& other) noexcept : lock_(std::exchange(other.lock_, nullptr)), at_(other.at_) {}
  Permit& operator=(Permit&&) = delete;
  /// Where another task has freed the lock meanwhile, Python raises here; a destructor can only report it.
  ~Permit() {
    if (lock_) lock_->give_back(at_);
  }

 private:
  Lock* lock_;
  Place at_;
};

// ------------------------------------------------------------------------------------------------ awaiters

class [[nodiscard]] Lock::Acquire {
 public:
  Acquire(Lock& lock, Place at) : lock_(lock), at_(at), turn_(lock.line_, lock.resource_, Wait::lock, at) {}
  bool await_ready();
  void await_suspend(std::coroutine_handle<> frame) { turn_.suspend(frame); }
  /// Cancelled while in line: leaves it, and hands a lock that was meant for it to the next (rule P4).
  void await_resume();

 private:
  Lock& lock_;
  Place at_;
  Parked turn_;
};

class [[nodiscard]] Lock::Hold {
 public:
  Hold(Lock& lock, Place at) : acquire_(lock, at), lock_(&lock), at_(at) {}
  bool await_ready() { return acquire_.await_ready(); }
  void await_suspend(std::coroutine_handle<> frame) { acquire_.await_suspend(frame); }
  Permit await_resume() {
    acquire_.await_resume();
    return {lock_, at_};
  }

 private:
  Acquire acquire_;
  Lock* lock_;
  Place at_;
};

inline Lock::Acquire Lock::acquire(Place at) { return {*this, at}; }
inline Lock::Hold Lock::hold(Place at) { return {*this, at}; }

}  // namespace awaitscope::runtime
