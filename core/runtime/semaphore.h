#pragma once
// asyncio.Semaphore and BoundedSemaphore: a number of permits and a FIFO line (rules P1 to P5).
#include "core/runtime/hold.h"
#include "core/runtime/parking_lot.h"

namespace awaitscope::runtime {

class Semaphore {
 public:
  /// `permits` may be taken at once; ValueError if negative (rule P5).  `name` is how traces call it.
  explicit Semaphore(int permits = 1, std::string_view name = "semaphore", Place at = Place::current());
  Semaphore(const Semaphore&) = delete;
  Semaphore& operator=(const Semaphore&) = delete;

  class Acquire;
  /// Takes a permit, waiting in line for one; without suspension where one is free and nobody waits (rule P1).
  [[nodiscard]] Acquire acquire(Place at = Place::current());
  /// `auto permit = co_await semaphore.hold();` is `async with semaphore:`; the permit returns itself.
  [[nodiscard]] Hold<Semaphore> hold(Place at = Place::current());
  /// Gives a permit back and hands it to the first in line (rule P2).  More than were there at first is allowed, but of a
  /// BoundedSemaphore a ValueError (rule P5).
  void release(Place at = Place::current());
  /// True if acquire() would suspend: also where a permit is free but somebody was woken for it (rule P3).
  bool locked() const { return resource_.value == 0 || line_.busy(); }
  /// The end of a block.  A permit too many is reported: a destructor cannot throw.
  void give_back(const Place& at) noexcept;
  int permits_left() const { return static_cast<int>(resource_.value); }

 protected:
  /// `type`: what the trace calls it, where the permits stand for something (the connections of a pool).
  Semaphore(int permits, std::optional<int> most, std::string_view name, Place at, ResourceType type = ResourceType::semaphore);
  Resource& resource() { return resource_; }

 private:
  /// Takes free permits for those in line, and says how many to wake when that is recorded (rule P3).
  std::size_t set_aside();
  bool full() const { return most_ && permits_left() >= *most_; }

  Resource resource_;  // value: permits left
  std::optional<int> most_;
  ParkingLot line_;
};

/// A semaphore that never has more permits than at first (rule P5).
class BoundedSemaphore : public Semaphore {
 public:
  explicit BoundedSemaphore(int permits = 1, std::string_view name = "semaphore", Place at = Place::current())
      : Semaphore(permits, permits, name, at) {}
};

// ------------------------------------------------------------------------------------------------ awaiters

class [[nodiscard]] Semaphore::Acquire {
 public:
  Acquire(Semaphore& semaphore, Place at)
      : semaphore_(semaphore), at_(at), turn_(semaphore.line_, semaphore.resource_, Wait::semaphore, at) {}
  bool await_ready();
  void await_suspend(std::coroutine_handle<> frame) { turn_.suspend(frame); }
  /// Cancelled after a permit was handed to it: gives the permit to the next in line (rule P4).
  void await_resume();

 private:
  Semaphore& semaphore_;
  Place at_;
  Parked turn_;
};

inline Semaphore::Acquire Semaphore::acquire(Place at) { return {*this, at}; }
inline Hold<Semaphore> Semaphore::hold(Place at) { return {*this, at}; }

}  // namespace awaitscope::runtime
