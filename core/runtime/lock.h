#pragma once
// asyncio.Lock: one holder at a time, a FIFO line, no owner (rules P4, P6, P7).
#include "core/runtime/hold.h"
#include "core/runtime/parking_lot.h"

namespace awaitscope::runtime {

class Lock {
 public:
  /// Free at first.  `name` is how traces call it.
  explicit Lock(std::string_view name = "lock", Place at = Place::current());
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

  class Acquire;
  /// Takes the lock, waiting in line for it; without suspension where it is free and nobody waits (rule P6).  Not
  /// re-entrant: a holder that asks again waits for itself (rule P7).
  [[nodiscard]] Acquire acquire(Place at = Place::current());
  /// `auto permit = co_await lock.hold();` is `async with lock:`; the permit gives the lock back itself.
  [[nodiscard]] Hold<Lock> hold(Place at = Place::current());
  /// Frees the lock, whoever holds it, and wakes the first in line.  RuntimeError if it is free (rule P7).
  void release(Place at = Place::current());
  bool locked() const { return resource_.value == 0; }
  /// The end of a block.  Where another task has freed the lock meanwhile, Python raises; a destructor can only report it.
  void give_back(const Place& at) noexcept;

 private:
  Resource resource_;  // value: 1 while it is free
  ParkingLot line_;
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

inline Lock::Acquire Lock::acquire(Place at) { return {*this, at}; }
inline Hold<Lock> Lock::hold(Place at) { return {*this, at}; }

}  // namespace awaitscope::runtime
